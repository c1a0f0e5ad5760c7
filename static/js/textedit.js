// @ts-check
/**
 * Editing a text block by block: links and stress on chosen words, keys that press the buttons
 * of a block. What a button does is done by the server; here words get signs around them.
 */
import { announce } from "./announce.js";
import { toolSheet } from "./toolsheet.js";
import { part, word } from "./words.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form#edit"));
const STARS = { emphasis: "*", strong: "**" };
const KEYS = { k: "link", i: "emphasis", b: "strong" };
const ADDRESS = /^(https?:\/\/[^\s()/][^\s()]*(\([^\s()]*\)[^\s()]*)*|mailto:[^\s()@]+@[^\s()@]+)$/i;

if (form) {
  for (const tools of document.querySelectorAll("[data-mark]")) /** @type {HTMLElement} */ (tools).hidden = false;
  for (const tools of form.querySelectorAll(".edited-tools")) keepChoice(/** @type {HTMLElement} */ (tools));
  form.addEventListener("click", onClick);
  form.addEventListener("keydown", onKey);
  toolSheet();
  placeCaret(form);
}

/**
 * Let a press on the tools leave the words in the field chosen, on touch too.
 * @param {HTMLElement} tools
 * @returns {void}
 */
function keepChoice(tools) {
  tools.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-mark]")) event.preventDefault();
  });
}

/**
 * Put the caret where two blocks were joined; the server counts in code points.
 * @param {HTMLFormElement} within
 * @returns {void}
 */
function placeCaret(within) {
  const field = /** @type {HTMLTextAreaElement | null} */ (within.querySelector("textarea[data-caret]"));
  if (!field) return;
  const at = [...field.value].slice(0, Number(field.dataset.caret)).join("").length;
  field.focus();
  field.setSelectionRange(at, at);
  field.scrollIntoView({ block: "nearest", behavior: "auto" });
}

/**
 * @param {MouseEvent} event
 * @returns {void}
 */
function onClick(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-mark]") : null;
  const field = button?.closest(".edited-block")?.querySelector("textarea");
  if (field) mark(field, button?.getAttribute("data-mark") ?? "");
}

/**
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function onKey(event) {
  const block = event.target instanceof Element ? event.target.closest(".edited-block") : null;
  if (!block || event.isComposing || event.shiftKey) return;
  if (event.target instanceof HTMLSelectElement) return; // its own keys open it
  const field = event.target instanceof HTMLTextAreaElement ? event.target : null;
  const kind = KEYS[/** @type {keyof typeof KEYS} */ (event.key.toLowerCase())];
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowUp") press(block, "up", event);
    else if (event.key === "ArrowDown") press(block, "down", event);
  } else if (field && kind && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault();
    mark(field, kind);
  } else if (field && event.key === "Backspace" && !event.repeat && field.selectionEnd === 0) {
    press(block, "join", event);
  }
}

/**
 * Press the button of the block that does `step`, if it has one.
 * @param {Element} block
 * @param {string} step
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function press(block, step, event) {
  const button = /** @type {HTMLElement | null} */ (block.querySelector(`button[value^="${step}-"]`));
  if (!button) return;
  event.preventDefault();
  button.click();
}

/**
 * Mark the words that are chosen in `field`, without the blanks at both ends.
 * @param {HTMLTextAreaElement} field
 * @param {string} kind
 * @returns {void}
 */
function mark(field, kind) {
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd);
  const start = field.selectionStart + chosen.length - chosen.trimStart().length;
  const end = start + chosen.trim().length;
  if (start >= end) {
    announce(word("choose_words"));
    field.focus();
    return;
  }
  field.focus();
  field.setSelectionRange(start, end);
  if (kind === "link") askForAddress(field);
  else stress(field, STARS[/** @type {keyof typeof STARS} */ (kind)]);
}

/**
 * Put asterisks around the chosen words, or take away those that are there.
 * @param {HTMLTextAreaElement} field
 * @param {string} stars
 * @returns {void}
 */
function stress(field, stars) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end);
  const before = /\**$/.exec(value.slice(0, start))?.[0].length ?? 0;
  const after = /^\**/.exec(value.slice(end))?.[0].length ?? 0;
  const around = Math.min(before, after);
  if (around === stars.length || around === 3) {
    field.setSelectionRange(start - stars.length, end + stars.length);
    put(field, words, 0);
  } else put(field, `${stars}${words}${stars}`, stars.length);
}

/**
 * Write `words` over what is chosen in `field`, so that it can be undone by the usual key; what
 * stands between the first and the last `margin` of them is chosen then.
 * @param {HTMLTextAreaElement} field
 * @param {string} words
 * @param {number} margin
 * @param {number} [tail]
 * @returns {void}
 */
function put(field, words, margin, tail = margin) {
  const start = field.selectionStart;
  field.focus();
  // Deprecated, but the only way that keeps what can be undone in the field.
  if (!document.execCommand("insertText", false, words)) field.setRangeText(words);
  field.setSelectionRange(start + margin, start + words.length - tail);
}

/**
 * Ask where the chosen words of `field` lead, and link them. The question is there at once: what is
 * typed while it came would be written over the words.
 * @param {HTMLTextAreaElement} field
 * @returns {void}
 */
function askForAddress(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const dialog = /** @type {HTMLDialogElement} */ (part("address-part"));
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const reason = /** @type {HTMLElement} */ (dialog.querySelector("[data-reason]"));
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = input.value.trim();
    if (!ADDRESS.test(address)) {
      reason.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    dialog.close();
    const words = field.value.slice(start, end);
    field.focus();
    field.setSelectionRange(start, end);
    put(field, `[${words}](${address})`, 1, address.length + 3);
    announce(word("linked"));
  });
  dialog.querySelector("[data-cancel]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    field.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}
