// @ts-check
/** Writing in place: a note on chosen words, a change of one, a reply. Nothing typed is lost. */
import { toast } from "./announce.js";
import { newId } from "./api.js";
import { offerAudience, showAudienceOf } from "./audiencefield.js";
import { homeOf, nameReaders, put, save, showStored, tellWhy } from "./composed.js";
import { forget, keep, keptIn } from "./kept.js";
import { paint } from "./painter.js";
import { storedAt } from "./saving.js";
import { toolSheet } from "./toolsheet.js";
import { ACTIVATE, CHANGED, tell } from "./types.js";
import { drop, showUnsaved } from "./unsaved.js";
import { part, word } from "./words.js";

/** @import { Kept } from "./kept.js" */
/** @import { Fields, Subject } from "./types.js" */

/** What is being written, by its key: the same is not begun twice. @type {Map<string, HTMLTextAreaElement>} */
const begun = new Map();

/**
 * Write a note on `subject`; on the reader's own highlight, change its note.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {Promise<unknown>}
 */
export async function composeNote(article, { passage, note }) {
  const edit = /** @type {HTMLAnchorElement | null | undefined} */ (note?.querySelector("a[data-action=edit]"));
  if (note && edit) return composeEdit(article, note, edit.href);
  tell(article, ACTIVATE, { name: null });
  const version = article.dataset.version ?? "";
  return begin(article, `${version}:${passage.start}-${passage.end}`, { kind: "note", passage, version });
}

/**
 * Write a reply below `note`, which begins with the words in `stored`; null when it is open already.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @param {Fields} [stored]
 * @returns {Promise<HTMLFormElement | null>}
 */
export function composeReply(article, note, url, stored) {
  const { annotation = "" } = note.dataset;
  return begin(article, `reply-${annotation}`, { kind: "reply", annotation, url }, stored);
}

/**
 * Change the words of `note` (a note or a reply), as its form at `url` has them.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @returns {Promise<void>}
 */
export async function composeEdit(article, note, url) {
  const annotation = note.dataset.annotation ?? "";
  const key = `edit-${annotation}`;
  const stored = await storedAt(url);
  if (!stored) return;
  const seen = keptIn(article)[key]?.counter;
  const form = await begin(article, key, { kind: "edit", annotation, url, counter: stored.counter ?? "" }, stored);
  // What is written here was begun on other words.
  if (form && seen && seen !== stored.counter) showStored(form, stored.note ?? "");
}

/**
 * Offer what was being written on `article` when it was left.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function offerUnsaved(article) {
  for (const [key, kept] of Object.entries(keptIn(article))) offer(article, key, kept);
}

/**
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Kept} kept
 * @returns {void}
 */
function offer(article, key, kept) {
  const home = homeOf(article, kept);
  showUnsaved(article, key, home, () => {
    const note = /** @type {HTMLElement | null} */ (home.closest("[data-annotation]"));
    if (note && kept.kind === "edit") composeEdit(article, note, kept.url);
    else begin(article, key, kept);
  });
}

/**
 * Open the form for what is written under `key`, with what is kept of it.
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Partial<Kept> & {kind: Kept["kind"]}} task
 * @param {Fields} [stored] what stands in the fields already
 * @returns {Promise<HTMLFormElement | null>} null when it is open already
 */
async function begin(article, key, task, stored = {}) {
  const writing = begun.get(key);
  if (writing) {
    writing.focus();
    return null;
  }
  article.querySelector(`[data-unsaved="${CSS.escape(key)}"]`)?.remove();
  /** @type {Kept} */
  const kept = { id: newId(), text: stored.note ?? "", url: "", annotation: "", counter: "", passage: null, version: "",
    ...(stored.audience && { audience: stored.audience }), ...keptIn(article)[key], ...task };
  const form = /** @type {HTMLFormElement} */ (part("composer-part"));
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  begun.set(key, field);
  field.ariaLabel = field.placeholder = word(kept.kind === "reply" ? "reply_label" : "note_label");
  field.value = keptIn(article)[key]?.text ?? kept.text;
  field.required = kept.kind === "reply";
  if (kept.kind === "reply" || (kept.kind === "edit" && !kept.audience)) form.querySelector("label:has(select)")?.remove();
  else if (kept.audience) showAudienceOf(form, kept.audience);
  else offerAudience(form);
  const erase = kept.passage ? paint(article, "pending", kept.passage) : () => {};
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const close = () => {
    if (begun.get(key) !== field) return;
    // What is being sent is begun until it is known what came of it, and is not offered meanwhile.
    const isSent = form.ariaBusy === "true";
    if (!isSent) begun.delete(key);
    const isInUse = form.contains(document.activeElement);
    erase();
    form.parentElement?.querySelector(":scope > [data-reactions]")?.remove();
    form.remove();
    const left = keptIn(article)[key];
    if (left && !isSent) offer(article, key, left);
    if (isInUse && before?.isConnected) before.focus({ preventScroll: true });
    tell(article, CHANGED);
  };
  listen(article, form, key, { kept, before: stored.note ?? "", close });
  nameReaders(article, form, kept);
  await toolSheet();
  await put(article, form, kept, close).catch((error) => { close(); throw error; });
  tell(article, CHANGED);
  field.focus();
  return form;
}

/**
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {{kept: Kept, before: string, close: () => void}} work
 * @returns {void}
 */
function listen(article, form, key, { kept, before, close }) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const note = () => {
    const { audience } = /** @type {Fields} */ (Object.fromEntries(new FormData(form)));
    if (field.value.trim() && field.value !== before) keep(article, key, { ...kept, text: field.value, ...(audience && { audience }) });
    else forget(article, key);
  };
  form.addEventListener("input", note);
  form.addEventListener("click", async (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button?.dataset.way) (await import("./preview.js")).turnTo(article, form, button.dataset.way);
    if (!button || !("close" in button.dataset) || form.ariaBusy === "true") return;
    drop(article, key, () => offer(article, key, kept));
    close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    const saved = save(article, form, kept);
    hold(form, true);
    try {
      await saved;
      hold(form, false);
      forget(article, key);
      close();
    } catch (error) {
      hold(form, false);
      note();
      if (form.isConnected) return tellWhy(article, form, kept, error);
      close();
      toast(/** @type {Error} */ (error).message);
    }
  });
}

/**
 * Let nothing be written in `form` while what stands in it is sent, or let it again.
 * @param {HTMLFormElement} form
 * @param {boolean} isSent
 * @returns {void}
 */
function hold(form, isSent) {
  form.ariaBusy = isSent ? "true" : null;
  /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea")).readOnly = isSent;
  const choice = form.querySelector("select");
  if (choice) choice.disabled = isSent;
}
