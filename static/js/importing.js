// @ts-check
/** Giving texts: files dropped on the form, a paste too large for a field; choosing all articles. */
import { word } from "./words.js";

/** What fields of a form may hold for the server, in UTF-16 units: three bytes each stay below it. */
const LONGEST_PASTE = 600_000;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-import]"));
const list = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-candidates]"));

if (form) {
  form.addEventListener("formdata", sendLongPasteAsFile);
  offerDropping(form);
}
if (list) offerChoosingAll(list);

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
 * Take files that are dropped anywhere on `target`, and list what is chosen.
 * @param {HTMLFormElement} target
 * @returns {void}
 */
function offerDropping(target) {
  const input = /** @type {HTMLInputElement} */ (target.querySelector("input[type=file]"));
  const zone = /** @type {HTMLElement} */ (target.querySelector("[data-drop]"));
  /** @type {HTMLElement} */ (target.querySelector("[data-drop-hint]")).hidden = false;
  const over = (/** @type {boolean} */ isOver) => zone.toggleAttribute("data-over", isOver);
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  target.addEventListener("dragleave", (event) => {
    if (!target.contains(/** @type {Node | null} */ (event.relatedTarget))) over(false);
  });
  target.addEventListener("drop", (event) => {
    const dropped = event.dataTransfer?.files;
    over(false);
    if (!dropped?.length) return;
    event.preventDefault();
    input.files = joined(input.files, dropped);
    showChosen(target, input);
  });
  input.addEventListener("change", () => showChosen(target, input));
}

/**
 * Return the files of both lists, those chosen before first.
 * @param {FileList | null} before
 * @param {FileList} added
 * @returns {FileList}
 */
function joined(before, added) {
  const all = new DataTransfer();
  for (const file of [...(before ?? []), ...added]) all.items.add(file);
  return all.files;
}

/**
 * List the chosen files with their sizes, where there are several.
 * @param {HTMLFormElement} target
 * @param {HTMLInputElement} input
 * @returns {void}
 */
function showChosen(target, input) {
  const names = [...(input.files ?? [])].map((file) => {
    const item = document.createElement("li");
    item.textContent = word("file_size", { name: file.name, size: Math.ceil(file.size / 1000) });
    return item;
  });
  target.querySelector("[data-chosen-files]")?.replaceChildren(...names);
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
