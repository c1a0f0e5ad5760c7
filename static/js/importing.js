// @ts-check
/** Giving texts: files and folders dropped on the form, a paste too large for a field; choosing all articles. */
import { droppedFiles, ofPeople } from "./dropping.js";
import { ofReader, tab } from "./memory.js";
import { word } from "./words.js";

/** @import { Taken } from "./dropping.js" */

/** What fields of a form may hold for the server, in UTF-16 units: three bytes each stay below it. */
const LONGEST_PASTE = 600_000;
/** So many of the chosen files are named; of the others their number is. */
const NAMED = 12;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-import]"));
const list = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-candidates]"));

if (form) {
  form.addEventListener("formdata", sendLongPasteAsFile);
  offerDropping(form);
}
if (list) offerChoosingAll(list);
forgetArrived();

/**
 * Keep the words of a form no longer of which the page says that they have arrived.
 * @returns {void}
 */
function forgetArrived() {
  /** @type {HTMLElement | null} */
  const told = document.querySelector("[data-arrived]");
  if (told) tab.forget(ofReader(`postil:draft:${told.dataset.arrived}`));
}

/**
 * Let a text that is longer than fields may be go in as a file, which has no such limit.
 * @param {FormDataEvent} event
 * @returns {void}
 */
function sendLongPasteAsFile({ formData }) {
  const text = String(formData.get("text") ?? "");
  if (text.length <= LONGEST_PASTE) return;
  formData.set("text", "");
  formData.append("files", new File([text], `${word("pasted_text")}.txt`, { type: "text/plain" }));
}

/**
 * Take files and folders that are dropped anywhere on `target` or chosen, and list them.
 * @param {HTMLFormElement} target
 * @returns {void}
 */
function offerDropping(target) {
  const input = /** @type {HTMLInputElement} */ (target.querySelector("input[type=file]"));
  const zone = /** @type {HTMLElement} */ (target.querySelector("[data-drop]"));
  /** @type {HTMLElement} */ (target.querySelector("[data-drop-hint]")).hidden = false;
  let kept = [...(input.files ?? [])];
  const over = (/** @type {boolean} */ isOver) => zone.toggleAttribute("data-over", isOver);
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  target.addEventListener("dragleave", (event) => {
    if (!target.contains(/** @type {Node | null} */ (event.relatedTarget))) over(false);
  });
  target.addEventListener("drop", async (event) => {
    over(false);
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    add(await droppedFiles(event.dataTransfer));
  });
  const add = (/** @type {Taken} */ { files, leftOut }) => {
    input.files = listOf([...kept, ...files]);
    kept = [...(input.files ?? [])];
    showChosen(target, kept, leftOut);
  };
  input.addEventListener("change", () => {
    const chosen = [...(input.files ?? [])];
    if (!input.webkitdirectory) {
      kept = chosen;
      return showChosen(target, kept);
    }
    input.webkitdirectory = false;
    add(ofPeople(chosen));
  });
  input.addEventListener("cancel", () => { input.webkitdirectory = false; });
  const folder = /** @type {HTMLButtonElement} */ (target.querySelector("[data-choose-folder]"));
  folder.hidden = !("webkitdirectory" in input);
  folder.addEventListener("click", () => {
    input.webkitdirectory = true;
    input.click();
  });
}

/**
 * @param {File[]} files
 * @returns {FileList}
 */
function listOf(files) {
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  return all.files;
}

/**
 * List the chosen files with their sizes; of very many the first, and how many there are.
 * @param {HTMLFormElement} target
 * @param {File[]} files
 * @param {number} leftOut so many more are in the folder that was given
 * @returns {void}
 */
function showChosen(target, files, leftOut = 0) {
  const told = files.slice(0, NAMED).map((file) => word("file_size", { name: file.name, size: kilobytes([file]) }));
  if (files.length > NAMED) told.push(word("files_in_all", { count: files.length, size: kilobytes(files) }));
  if (leftOut > 0) told.push(word("files_left_out", { count: leftOut }));
  const items = told.map((words) => {
    const item = document.createElement("li");
    item.textContent = words;
    return item;
  });
  target.querySelector("[data-chosen-files]")?.replaceChildren(...items);
  refuseTooMuch(/** @type {HTMLInputElement} */ (target.querySelector("input[type=file]")), files);
}

/**
 * Let the form not be sent with more than the server takes: it would refuse it after all of it has come.
 * @param {HTMLInputElement} input
 * @param {File[]} files
 * @returns {void}
 */
function refuseTooMuch(input, files) {
  const most = { files: Number(input.dataset.mostFiles), bytes: Number(input.dataset.mostBytes) };
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  let why = "";
  if (files.length > most.files) why = word("too_many_files", { count: files.length, limit: most.files });
  else if (bytes > most.bytes) why = word("too_large_files", { limit: most.bytes / 1024 / 1024 });
  input.setCustomValidity(why);
}

/**
 * @param {File[]} files
 * @returns {number}
 */
function kilobytes(files) {
  return Math.ceil(files.reduce((sum, file) => sum + file.size, 0) / 1000);
}

/**
 * Show the box that chooses every article of the list, and keep it true.
 * @param {HTMLFormElement} target
 * @returns {void}
 */
function offerChoosingAll(target) {
  const label = /** @type {HTMLElement | null} */ (target.querySelector("[data-choose-all]"));
  const all = label?.querySelector("input");
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...target.querySelectorAll("input[name=candidate]")]);
  if (!label || !all) return;
  label.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  target.addEventListener("change", () => {
    const chosen = boxes().filter((box) => box.checked).length;
    all.checked = chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  });
}
