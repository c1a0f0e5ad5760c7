// @ts-check
/**
 * What is typed into a long form is kept in this tab until it is stored, and offered when the form
 * is opened again. The browser asks before words go that no page of this tab would offer.
 *
 * The form says by which name its words are kept (data-draft), whether the server drew it with
 * words that are not stored (data-unsaved), what the reader stored last (data-stored: once that
 * differs, what was sent has arrived), and which step draws kept words again (data-draft-step:
 * without one they go into its fields).
 */
import { announce, toast } from "./announce.js";
import { GO_ON, rememberLeft } from "./left.js";
import { ofReader, tab } from "./memory.js";
import { part, word } from "./words.js";

/** @typedef {{fields: [string, string][], stored: string, isSent: boolean}} Draft */

/** How long after the last key words are kept, in milliseconds. */
const PAUSE = 300;
/** How long after a press on a link of this site leaving is what it asked for, in milliseconds. */
const LEAVING = 3_000;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-draft]"));
if (form) keepDraft(form, ofReader(`postil:draft:${form.dataset.draft}`));

/**
 * @param {HTMLFormElement} form
 * @param {string} key
 * @returns {void}
 */
function keepDraft(form, key) {
  const stored = form.dataset.stored ?? "";
  const before = "unsaved" in form.dataset ? "" : JSON.stringify(fieldsOf(form, drawn));
  let isKept = false;
  let isLeaving = false;
  let timer = 0;

  const isUnsaved = () => JSON.stringify(fieldsOf(form)) !== before || hasFiles(form);
  const keep = (isSent = false) => {
    clearTimeout(timer);
    if (form.inert) return;
    if (isUnsaved()) isKept = tab.keep(key, JSON.stringify({ fields: fieldsOf(form), stored, isSent }));
    else tab.forget(key);
  };
  const leave = () => {
    isLeaving = true;
    setTimeout(() => { isLeaving = false; }, LEAVING);
  };

  const draft = draftAt(key, stored);
  if ("unsaved" in form.dataset) keep();
  else if (draft && JSON.stringify(draft.fields) !== JSON.stringify(fieldsOf(form))) offer(form, key, draft);

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, PAUSE); });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const step = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value;
    keep(!form.dataset.draftStep || step === "save");
    form.dataset.leaves = "sent";
  });
  window.addEventListener("click", (event) => { if (leadsOn(event)) leave(); });
  window.addEventListener("submit", (event) => { if (!event.defaultPrevented) leave(); });
  window.addEventListener("pageshow", () => { delete form.dataset.leaves; });
  window.addEventListener("beforeunload", (event) => {
    if (form.dataset.leaves || form.inert) return;
    keep();
    if (!isUnsaved()) return;
    if (isLeaving && isKept && !hasFiles(form)) rememberLeft(form);
    else event.preventDefault();
  });
  form.ownerDocument.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-throw-away]")) return;
    form.dataset.leaves = "thrown away";
    tab.forget(key);
  });
}

/**
 * Show that `draft` is kept, and wait for what the reader wants before anything else is typed.
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {Draft} draft
 * @returns {void}
 */
function offer(form, key, draft) {
  if (location.hash === GO_ON) return goOn(form, draft);
  const line = part("draft-part");
  form.inert = true;
  form.before(line);
  const close = () => { line.remove(); form.inert = false; };
  line.querySelector("[data-go-on]")?.addEventListener("click", () => { close(); goOn(form, draft); });
  line.querySelector("[data-drop]")?.addEventListener("click", () => {
    close();
    tab.forget(key);
    form.querySelector("textarea")?.focus();
    toast(word("draft_dropped"), () => { tab.keep(key, JSON.stringify(draft)); offer(form, key, draft); });
  });
  /** @type {HTMLElement | null} */ (line.querySelector("[data-go-on]"))?.focus();
}

/**
 * Put the words of `draft` back: into the fields, or let the server draw the form with them.
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 * @returns {void}
 */
function goOn(form, draft) {
  history.replaceState(null, "", location.pathname + location.search);
  if (form.dataset.draftStep) return sendAgain(form, draft, form.dataset.draftStep);
  for (const [name, value] of draft.fields) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) field.value = value;
  }
  form.querySelector("textarea")?.focus();
  announce(word("draft_back"));
}

/**
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 * @param {string} step
 * @returns {void}
 */
function sendAgain(form, draft, step) {
  const again = /** @type {HTMLFormElement} */ (form.cloneNode(false));
  again.hidden = true;
  const token = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=csrfmiddlewaretoken]"));
  const sent = [...draft.fields, ["csrfmiddlewaretoken", token?.value ?? ""], ["step", step]];
  for (const [name = "", value = ""] of sent) {
    // A field of several lines, for a hidden one would lose them.
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    again.append(field);
  }
  document.body.append(again);
  form.dataset.leaves = "sent";
  again.submit();
}

/**
 * Return what is kept under `key`; what was sent and has arrived is kept no longer.
 * @param {string} key
 * @param {string} stored what the reader stored last, as the page says
 * @returns {Draft | null}
 */
function draftAt(key, stored) {
  const draft = /** @type {Draft | null} */ (JSON.parse(tab.recall(key) ?? "null"));
  if (!draft?.isSent || draft.stored === stored) return draft;
  tab.forget(key);
  return null;
}

/**
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 * @param {HTMLFormElement} form
 * @param {(field: Field) => string} [valueOf]
 * @returns {[string, string][]} names and values of all that is typed, in their order
 */
function fieldsOf(form, valueOf = (field) => field.value) {
  const fields = /** @type {Field[]} */ ([...form.elements]);
  const typed = fields.filter(({ name, type }) => name && name !== "csrfmiddlewaretoken" && !["file", "submit", "fieldset"].includes(type));
  return typed.map((field) => [field.name, valueOf(field)]);
}

/**
 * @param {Field} field
 * @returns {string} what stood in it when it was drawn, before the browser put words back into it
 */
function drawn(field) {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {boolean}
 */
function hasFiles(form) {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=file]"));
  return [...inputs].some(({ files }) => files?.length);
}

/**
 * Say whether a press leads to a page of this site in this tab.
 * @param {MouseEvent} event
 * @returns {boolean}
 */
function leadsOn(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  return link.origin === location.origin && !link.target && !link.download;
}
