// @ts-check
/** Writing in place: a note on chosen words, a change of one, a reply. Nothing typed is lost. */
import { newId, send } from "./api.js";
import { offerAudience, showAudienceOf } from "./audience.js";
import { blocksOf, notesOf } from "./blocks.js";
import { tab } from "./memory.js";
import { paint } from "./painter.js";
import { createHighlight, showFailure, showSaved, storedAt } from "./saving.js";
import { isNarrow } from "./state.js";
import { ACTIVATE, CHANGED, tell } from "./types.js";
import { part, word } from "./words.js";

/** @import { Fields, Passage, Subject } from "./types.js" */

/**
 * @typedef {object} Task  What a composer is for.
 * @property {string} key     under which what is typed is kept until it is saved
 * @property {string} label   name of the field
 * @property {string} text    what stands in it
 * @property {Passage | null} passage the words it is about
 * @property {Element} home   what it is put into
 * @property {boolean} isNote whether it asks who may see it
 * @property {string} [audience] who sees it already
 * @property {(fields: Fields) => Promise<void>} save
 */

/** What is being written, by the key of its draft: the same is not begun twice. @type {Map<string, HTMLTextAreaElement>} */
const begun = new Map();

/**
 * Write a note on `subject`; on the reader's own highlight, change its note.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {void}
 */
export function composeNote(article, { passage, note }) {
  const edit = /** @type {HTMLAnchorElement | null | undefined} */ (note?.querySelector("a[data-action=edit]"));
  if (note && edit) {
    composeEdit(article, note, edit.href);
    return;
  }
  const id = newId();
  tell(article, ACTIVATE, { name: null });
  open(article, {
    key: `${passage.start}-${passage.end}`,
    label: word("note_label"),
    text: "",
    passage,
    home: notesOf(article, passage.blocks[0]),
    isNote: true,
    save: async (fields) => { await createHighlight(article, passage, fields, id); },
  });
}

/**
 * Write a reply below `note`.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @returns {void}
 */
export function composeReply(article, note, url) {
  const id = newId();
  open(article, {
    key: `reply-${note.dataset.annotation}`,
    label: word("reply_label"),
    text: "",
    passage: null,
    home: note,
    isNote: false,
    save: async ({ note: text = "" }) => {
      await showSaved(article, await send(url, { client_id: id, note: text }), blocksOf(note));
    },
  });
}

/**
 * Change the words of `note` (a note or a reply), as its form at `url` has them.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @returns {Promise<void>}
 */
export async function composeEdit(article, note, url) {
  const form = await storedAt(url);
  if (!form) return;
  const { note: text = "", audience, counter = "" } = form;
  open(article, {
    key: `edit-${note.dataset.annotation}-${counter}`,
    label: word("note_label"),
    text,
    passage: null,
    home: note,
    isNote: audience !== undefined,
    ...(audience && { audience }),
    save: async (fields) => {
      await showSaved(article, await send(url, { audience: audience ?? "", ...fields, counter }), blocksOf(note));
    },
  });
}

/**
 * @param {HTMLElement} article
 * @param {Task} task
 * @returns {Promise<void>}
 */
async function open(article, task) {
  const key = `postil:draft:${article.dataset.article}:${task.key}`;
  const writing = begun.get(key);
  if (writing) return writing.focus();
  const form = /** @type {HTMLFormElement} */ (part("composer-part"));
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  begun.set(key, field);
  field.setAttribute("aria-label", task.label);
  field.placeholder = task.label;
  field.value = tab.recall(key) ?? task.text;
  field.required = !task.isNote;
  if (task.audience) showAudienceOf(form, task.audience);
  else if (task.isNote) offerAudience(form);
  else form.querySelector("label:has(select)")?.remove();
  const erase = task.passage ? paint(article, "pending", task.passage) : () => {};
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const close = () => {
    if (!begun.delete(key)) return;
    const isInUse = form.contains(document.activeElement);
    erase();
    form.remove();
    if (isInUse && before?.isConnected) before.focus({ preventScroll: true });
    tell(article, CHANGED);
  };
  listen(article, form, task, key, close);
  await put(article, form, task, close).catch((error) => { close(); throw error; });
  tell(article, CHANGED);
  field.focus();
}

/**
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Task} task
 * @param {string} key
 * @param {() => void} close
 * @returns {void}
 */
function listen(article, form, task, key, close) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  field.addEventListener("input", () => tab.keep(key, field.value));
  form.querySelector("[data-close]")?.addEventListener("click", () => { tab.forget(key); close(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      await task.save(/** @type {Fields} */ (Object.fromEntries(new FormData(form))));
      tab.forget(key);
      close();
    } catch (error) {
      const reason = /** @type {HTMLElement} */ (form.querySelector("[data-reason]"));
      showFailure(reason, error, article, task.passage);
      tell(article, CHANGED);
    } finally {
      form.ariaBusy = null;
    }
  });
}

/**
 * Put `form` where it belongs: into the margin, or on a narrow screen into the sheet.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Task} task
 * @param {() => void} close what puts it away
 * @returns {Promise<void>}
 */
async function put(article, form, task, close) {
  if (task.passage) {
    form.dataset.from = String(task.passage.start);
    form.dataset.to = String(task.passage.end);
  }
  // Inside a note it is a part of that note, not one of its own.
  if (task.home.matches(".note, .reply")) form.className = "composer";
  if (!isNarrow()) return task.home.append(form);
  const sheet = (await import("./sheet.js")).openSheet(article, task.passage?.exact ?? "", form);
  sheet.addEventListener("close", close, { once: true });
}
