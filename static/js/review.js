// @ts-check
/**
 * Checking a proposed article by keys, and quickly: every decision is a button of a form; keys
 * press it. What is pressed while an answer is on its way waits for it, for the answer brings
 * new buttons.
 */
import { toast } from "./announce.js";
import { actButton, light, pieceAt, press, pressAtLine, walk } from "./pieces.js";
import { pressedOf, refocus, sayDone } from "./pressed.js";
import { offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

/** @import { Pressed } from "./pressed.js" */

const life = new AbortController();
const { signal } = life;

/** Acts whose buttons stand in the bar. */
const OF_PAGE = new Set(["undo", "apply"]);

/** @type {Pressed | null} */
let last = null;
/** @type {Pressed[]} */
const waiting = [];
/** @type {Element | null} What offers to undo a split; nothing once anything else was decided. */
let offer = null;
let isBusy = false;
/** Which side a narrow screen shows: the answer brings the choice anew. */
let pane = "";

document.addEventListener("click", hold, { capture: true, signal });
document.addEventListener("toggle", enter, { capture: true, signal });
document.addEventListener("keydown", leave, { signal });
document.body.addEventListener("htmx:configRequest", (event) => addButton(/** @type {CustomEvent} */ (event).detail), { signal });
document.body.addEventListener("htmx:beforeRequest", () => { isBusy = true; }, { signal });
document.body.addEventListener("htmx:beforeSwap", () => { pane = shownPane()?.value ?? ""; }, { signal });
document.body.addEventListener("htmx:afterSwap", showPane, { signal });
document.body.addEventListener("htmx:afterSettle", settle, { signal });
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, () => fail(name), { signal });
}
for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => light(/** @type {Element} */ (event.target)), { signal });
}
if (document.querySelector("#decisions")) {
  offerShortcuts([
    { name: "next-piece", run: () => walk(1) },
    { name: "previous-piece", run: () => walk(-1) },
    { name: "toggle-piece", run: () => pressAtLine("line", "toggle") },
    { name: "kind", run: () => press("kind") },
    { name: "split", run: () => pressAtLine("split-line", "split") },
    { name: "join", run: () => press("join") },
    { name: "undo", run: () => actButton(null, "undo")?.click() },
    { name: "apply", run: () => actButton(null, "apply")?.click() },
  ], signal);
}

/**
 * Remember what was pressed; keep it back while an answer is on its way.
 * @param {MouseEvent} event
 * @returns {void}
 */
function hold(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-review] button, [data-act]") : null;
  if (!button) return;
  const pressed = pressedOf(button);
  if (isBusy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pressed.act) waiting.push(pressed);
    return;
  }
  last = pressed;
}

/**
 * Go into the first field of what was opened.
 * @param {Event} event
 * @returns {void}
 */
function enter({ target }) {
  if (!(target instanceof HTMLDetailsElement) || !target.open || !target.matches("[data-review] *")) return;
  if (!target.querySelector(":scope > summary")?.matches(":focus")) return;
  /** @type {HTMLElement | null} */ (target.querySelector("input:not([type=hidden]), textarea"))?.focus();
}

/**
 * Close with Escape what was opened; what was typed in it stays.
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function leave(event) {
  const at = event.target instanceof Element ? event.target : null;
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  const details = at?.closest("[data-review] details[open]");
  if (details) {
    details.removeAttribute("open");
    details.querySelector("summary")?.focus();
  } else {
    /** @type {HTMLElement | null | undefined} */ (at?.closest("[data-piece]")?.querySelector("[data-act=kind][aria-expanded=true]"))?.click();
  }
}

/**
 * Send the button that was pressed along: htmx only knows those that stand within their form.
 * @param {{parameters: Record<string, string>, path: string, triggeringEvent?: SubmitEvent}} request
 * @returns {void}
 */
function addButton(request) {
  const pressed = request.triggeringEvent?.submitter;
  if (!(pressed instanceof HTMLButtonElement)) return;
  if (pressed.name) request.parameters[pressed.name] = pressed.value;
  if (pressed.hasAttribute("formaction")) request.path = pressed.formAction;
}

/** @returns {HTMLInputElement | null} */
function shownPane() {
  return document.querySelector(".review-panes input:checked");
}

/** Show again the side that was chosen. */
function showPane() {
  const choice = /** @type {HTMLInputElement | null} */ (document.querySelector(`.review-panes input[value="${CSS.escape(pane)}"]`));
  if (choice) choice.checked = true;
}

/** After an answer: the focus stays where it was, what was said is shown, what waited goes on. */
function settle() {
  if (!isBusy) return;
  isBusy = false;
  if (last?.act !== "kind") offer?.remove();
  const messages = document.querySelectorAll("[data-messages] .message");
  for (const said of messages) tell(said);
  if (last) {
    if (!messages.length) sayDone(last);
    refocus(last);
  }
  const next = waiting.shift();
  if (next) actButton(placeOf(next), next.act)?.click();
}

/**
 * @param {Pressed} pressed
 * @returns {Element | null} what holds its button; null for the whole page
 */
function placeOf({ act, line, piece }) {
  return OF_PAGE.has(act) ? null : document.getElementById(line) ?? pieceAt(piece);
}

/**
 * Show what the server said; a split can be undone there.
 * @param {Element} said
 * @returns {void}
 */
function tell(said) {
  const text = said.textContent ?? "";
  if (!last?.act.startsWith("split") || !said.matches("[data-level=success]")) {
    toast(text);
    return;
  }
  toast(text, () => { if (!isBusy) actButton(null, "undo")?.click(); });
  offer = document.querySelector(".toasts > :last-child");
}

/**
 * @param {string} name of the event
 * @returns {void}
 */
function fail(name) {
  isBusy = false;
  waiting.length = 0;
  toast(word(name === "htmx:sendError" ? "offline" : "failed"));
}
