// @ts-check
/** On a narrow screen: notes, and what is being written, in a sheet from the foot of the page. */
import { noteOf } from "./active.js";
import { newId, send } from "./api.js";
import { blocksOf } from "./blocks.js";
import { closeInEachWay, REPLACED } from "./closing.js";
import { forget, keep, keptIn } from "./kept.js";
import { showFailure, showSaved } from "./saving.js";
import { passageOfHighlight } from "./selection.js";
import { CHANGED, hear } from "./types.js";
import { part } from "./words.js";

/** @type {AbortController | null} */
let shown = null;

/**
 * Open the sheet with `content` under the quoted words, in place of one that is open.
 * @param {HTMLElement} article
 * @param {string} quote
 * @param {...HTMLElement} content
 * @returns {HTMLDialogElement}
 */
export function openSheet(article, quote, ...content) {
  shown?.abort(REPLACED);
  const life = new AbortController();
  shown = life;
  const sheet = /** @type {HTMLDialogElement} */ (part("sheet-part"));
  const quoted = /** @type {HTMLElement} */ (sheet.querySelector("blockquote"));
  quoted.textContent = quote;
  quoted.hidden = quote === "";
  quoted.after(...content);
  if (content.some((element) => element.matches("form"))) sheet.querySelector(".reply-form")?.remove();
  article.append(sheet);
  closeInEachWay(sheet, life);
  life.signal.addEventListener("abort", () => { sheet.close(); sheet.remove(); });
  // What was being written leaves the sheet when it is saved or put away: nothing is left to show.
  hear(article, CHANGED, () => { if (!content.some((element) => sheet.contains(element))) life.abort(); }, life.signal);
  sheet.showModal();
  return sheet;
}

/**
 * Open the notes with these names ("h12"), under the words of the first.
 * @param {HTMLElement} article
 * @param {string[]} names
 * @returns {void}
 */
export function openNotes(article, names) {
  const known = names.filter((name) => noteOf(article, name));
  if (known.length === 0) return;
  const isOne = known.length === 1;
  const box = document.createElement("div");
  box.className = "notes";
  const fill = () => {
    const fresh = known.flatMap((name) => shownOf(article, name, isOne));
    unfoldAs(box, fresh);
    // What is alike stays, under the finger that is about to press it.
    const isAlike = fresh.length === box.children.length && fresh.every((element, at) => element.isEqualNode(box.children[at] ?? null));
    if (!isAlike) box.replaceChildren(...fresh);
  };
  fill();
  const sheet = openSheet(article, isOne ? wordsOf(article, known[0] ?? "") : "", box);
  hear(article, CHANGED, () => {
    if (!known.some((name) => noteOf(article, name))) shown?.abort();
    else if (!box.querySelector("form.composer")) fill();
  }, /** @type {AbortController} */ (shown).signal);
  // With several notes in the sheet each has its own link to reply; the field is for one alone.
  if (!isOne) sheet.querySelector(".reply-form")?.remove();
  else offerReply(article, sheet, () => noteOf(article, known[0] ?? null));
}

/**
 * Return what the sheet shows of the highlight `name`: its note and, where it is not the only one,
 * the words that the note is about before it.
 * @param {HTMLElement} article
 * @param {string} name
 * @param {boolean} isOne
 * @returns {HTMLElement[]}
 */
function shownOf(article, name, isOne) {
  const note = noteOf(article, name);
  if (!note) return [];
  if (isOne) return [copyOf(note)];
  const quoted = document.createElement("blockquote");
  quoted.className = "quoted-plain";
  quoted.textContent = wordsOf(article, name);
  return [quoted, copyOf(note)];
}

/**
 * Open in `fresh` notes what the reader opened in those that `box` shows.
 * @param {HTMLElement} box
 * @param {HTMLElement[]} fresh
 * @returns {void}
 */
function unfoldAs(box, fresh) {
  for (const shown of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-note]"))) {
    const folds = fresh.find(({ dataset }) => dataset.note === shown.dataset.note)?.querySelectorAll("details") ?? [];
    for (const [at, fold] of shown.querySelectorAll("details").entries()) folds[at]?.toggleAttribute("open", fold.open);
  }
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {string} the words of the highlight; none where they are not on the page
 */
function wordsOf(article, name) {
  return passageOfHighlight(article, name)?.exact ?? "";
}

/**
 * Let the field at the foot of `sheet` answer the note that `current` returns.
 * @param {HTMLElement} article
 * @param {HTMLElement} sheet
 * @param {() => HTMLElement | null} current
 * @returns {void}
 */
function offerReply(article, sheet, current) {
  const form = /** @type {HTMLFormElement | null} */ (sheet.querySelector("form.reply-form"));
  const url = () => /** @type {HTMLAnchorElement | null | undefined} */ (current()?.querySelector("a[data-action=reply]"))?.href;
  if (!form || !url()) {
    form?.remove();
    return;
  }
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("note"));
  const annotation = current()?.dataset.annotation ?? "";
  const key = `reply-${annotation}`;
  let id = keptIn(article)[key]?.id ?? newId();
  field.value = keptIn(article)[key]?.text ?? "";
  field.addEventListener("input", () => {
    if (!field.value.trim()) return forget(article, key);
    keep(article, key, { kind: "reply", text: field.value, id, url: url() ?? "", annotation, counter: "", passage: null, version: "" });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const note = current();
    if (!note || form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    field.readOnly = true;
    try {
      await showSaved(article, await send(url() ?? "", { client_id: id, note: field.value }), blocksOf(note));
      forget(article, key);
      field.value = "";
      id = newId();
    } catch (error) {
      showFailure(/** @type {HTMLElement} */ (sheet.querySelector("[data-reason]")), error, article, null);
    } finally {
      form.ariaBusy = null;
      field.readOnly = false;
    }
  });
}

/**
 * Return `note` for the sheet: alike, with no id that stands on the page already.
 * @param {HTMLElement} note
 * @returns {HTMLElement}
 */
function copyOf(note) {
  const copy = /** @type {HTMLElement} */ (note.cloneNode(true));
  copy.dataset.note = note.id;
  copy.removeAttribute("hidden");
  copy.setAttribute("data-state", `${note.getAttribute("data-state") ?? ""} active`.trim());
  for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
  return copy;
}
