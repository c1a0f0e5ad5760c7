// @ts-check
/** Saving highlights: painted at once, sent, then drawn by the server; what fails is kept. */
import { highlightAt, noteOf } from "./active.js";
import { announce, toast } from "./announce.js";
import { Failure, fragment, newId, send } from "./api.js";
import { audience } from "./audience.js";
import { notesOf, refresh } from "./blocks.js";
import { focusOn } from "./focus.js";
import { ofReader, STICKY, tab } from "./memory.js";
import { paint } from "./painter.js";
import { signInAddress } from "./places.js";
import { isNarrow } from "./state.js";
import { ACTIVATE, CHANGED, tell } from "./types.js";
import { part, word } from "./words.js";

/** @import { Answer, Fields, Passage } from "./types.js" */

/**
 * Return what the server wants to know of `passage`; the same `id` makes a repetition harmless.
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @param {string} id
 * @returns {Fields}
 */
export function fieldsOf(article, passage, id) {
  const { start, end, exact, prefix, suffix } = passage;
  const version = article.dataset.version ?? "";
  return { client_id: id, version, start: String(start), end: String(end), exact, prefix, suffix };
}

/**
 * Make a highlight of `passage` with the fields `more` (note, claim, ...), paint it meanwhile and
 * show it. Raises Failure; then nothing but the paint has changed, and that is off again.
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @param {Fields} more
 * @param {string} [id] the same as before when it is tried again
 * @returns {Promise<Answer>}
 */
export async function createHighlight(article, passage, more, id = newId()) {
  const erase = paint(article, "saving", passage);
  try {
    const sticky = tab.recall(ofReader(STICKY)) ? (await import("./sticky.js")).stickyFields() : {};
    /** @type {Fields} */
    const fields = { ...fieldsOf(article, passage, id), audience: audience(), ...sticky, ...more };
    const answer = await send(article.dataset.createUrl ?? "", fields);
    await showSaved(article, answer, passage.blocks);
    if (fields.claim) announce(word("tagged", { claim: fields.claim }));
    return answer;
  } finally {
    erase();
  }
}

/**
 * Show what the server has stored: exchange the blocks, put the highlight in use, say so.
 * @param {HTMLElement} article
 * @param {Answer} answer
 * @param {number[]} blocks to exchange when the answer names none
 * @returns {Promise<void>}
 */
export async function showSaved(article, answer, blocks) {
  announce(answer.message);
  // It is saved; a page that cannot be brought up to date now will be when it is opened again.
  const isShown = await refresh(article, answer.blocks ?? blocks).catch(() => toast(word("saved_not_shown")));
  const name = answer.number ? `h${answer.number}` : null;
  if (!name) return;
  if (isShown && isLeftOut(article, name)) toast(word("saved_left_out"));
  const note = noteOf(article, name);
  // Of a reply the thread is in use.
  tell(article, ACTIVATE, { name: highlightAt(note) ?? name });
  if (note && mayTakeFocus(article)) focusOn(note);
}

/**
 * Say whether the highlight `name` is not on the page, which tells that it leaves some out.
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {boolean}
 */
function isLeftOut(article, name) {
  return Boolean(article.querySelector(".limits > *")) && !noteOf(article, name) && !article.querySelector(`mark[data-h~="${name}"]`);
}

/**
 * Say whether the focus may go to what was saved: not away from a note, from another form that is
 * being filled in, or from what is beside the article.
 * @param {HTMLElement} article
 * @returns {boolean}
 */
function mayTakeFocus(article) {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return true;
  return article.contains(focused) && !focused.closest(".note, dialog, form:not([aria-busy=true])");
}

/**
 * Make a highlight without a note; when that fails keep it in the margin with the reason and
 * "Try again".
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @param {Fields} [more] a claim with its stance
 * @param {string} [id]
 * @returns {Promise<void>}
 */
export async function highlight(article, passage, more = {}, id = newId()) {
  try {
    await createHighlight(article, passage, more, id);
  } catch (error) {
    keepFailed(article, passage, error, () => highlight(article, passage, more, id));
  }
}

/**
 * Put why it failed into `line`, with a way to sign in where that is the reason; where the line
 * was put away meanwhile, show it as a toast.
 * @param {HTMLElement} line
 * @param {unknown} error
 * @param {HTMLElement} article
 * @param {Passage | null} passage to come back to after signing in
 * @returns {void}
 */
export function showFailure(line, error, article, passage) {
  if (!(error instanceof Failure)) throw error;
  if (!line.isConnected) return toast(error.message);
  line.textContent = `${error.message} `;
  line.hidden = false;
  if (error.code !== "sign_in") return;
  const link = document.createElement("a");
  link.href = signInAddress(article, passage);
  link.textContent = word("sign_in");
  line.append(link);
}

/**
 * Return what stands in the form of a note at `url`.
 * @param {string} url
 * @returns {Promise<Fields | null>} null when it could not be read; the reader is told why
 */
export async function storedAt(url) {
  try {
    const page = await fragment(url);
    const field = /** @type {HTMLTextAreaElement | null} */ (page.querySelector("textarea[name=note]"));
    if (field?.form) return /** @type {Fields} */ (Object.fromEntries(new FormData(field.form)));
    location.assign(url);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
  return null;
}

/**
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @param {unknown} error
 * @param {() => void} again
 * @returns {void}
 */
function keepFailed(article, passage, error, again) {
  // A narrow screen has no margin to keep it in.
  if (isNarrow() && error instanceof Failure) {
    if (error.code === "sign_in") return toast(error.message, () => location.assign(signInAddress(article, passage)), word("sign_in"));
    return toast(error.message, again, word("try_again"));
  }
  const erase = paint(article, "failed", passage);
  const note = part("failed-part");
  note.dataset.from = String(passage.start);
  note.dataset.to = String(passage.end);
  const leave = () => { erase(); note.remove(); tell(article, CHANGED); };
  note.addEventListener("click", (event) => {
    const action = /** @type {Element} */ (event.target).closest("button")?.dataset.action;
    if (action) leave();
    if (action === "retry") again();
  });
  notesOf(article, passage.blocks[0]).append(note);
  showFailure(/** @type {HTMLElement} */ (note.querySelector("[data-reason]")), error, article, passage);
  tell(article, CHANGED);
}
