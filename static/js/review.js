// @ts-check
/**
 * Checking a proposed article by keys, and quickly: every decision is a button of a form; keys
 * press it. What is pressed while an answer is on its way waits for it, for the answer brings
 * new buttons.
 */
import { announce, toast } from "./announce.js";
import { offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

const life = new AbortController();
const { signal } = life;

/** @typedef {{piece: string, line: string, act: string}} Press  An act on what has these ids, "" for none. */

/** @type {Press | null} */
let last = null;
/** @type {Press[]} */
const waiting = [];
let isBusy = false;

document.addEventListener("click", hold, { capture: true, signal });
document.body.addEventListener("htmx:configRequest", (event) => addButton(/** @type {CustomEvent} */ (event).detail), { signal });
document.body.addEventListener("htmx:beforeRequest", () => { isBusy = true; }, { signal });
document.body.addEventListener("htmx:afterSettle", settle, { signal });
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, () => fail(name), { signal });
}
for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => light(/** @type {Element} */ (event.target)), { signal });
}
if (document.querySelector("#decisions")) {
  offerShortcuts([
    { key: "j", label: "key_next_piece", run: () => walk(1) },
    { key: "k", label: "key_previous_piece", run: () => walk(-1) },
    { key: "x", label: "key_toggle_piece", run: toggle },
    { key: "e", label: "key_kind", run: () => press("kind") },
    { key: "s", label: "key_split", run: split },
    { key: "m", label: "key_join", run: () => press("join") },
    { key: "u", label: "key_undo", run: () => button(null, "undo")?.click() },
    { key: "a", label: "key_apply", run: () => button(null, "apply")?.click() },
  ], signal);
}

/** @returns {HTMLElement | null} */
function current() {
  const focused = document.activeElement?.closest("[data-piece]");
  return /** @type {HTMLElement | null} */ (focused ?? document.querySelector("[data-piece]:hover"));
}

/**
 * Return the button for `act` of `piece`, or of the page.
 * @param {Element | null} piece
 * @param {string} act
 * @returns {HTMLElement | null}
 */
function button(piece, act) {
  return (piece ?? document).querySelector(`[data-act="${act}"]`);
}

/**
 * @param {string} act
 * @returns {void}
 */
function press(act) {
  const piece = current();
  if (piece) button(piece, act)?.click();
}

/** Leave out or take in the line that has the focus, or else the whole piece. */
function toggle() {
  const line = document.activeElement?.closest(".raw-line");
  if (line) button(line, "line")?.click();
  else press("toggle");
}

/** Begin another article at the line that has the focus, or else at the piece. */
function split() {
  const line = document.activeElement?.closest(".raw-line");
  if (line) button(line, "split-line")?.click();
  else press("split");
}

/**
 * Go to the next piece or the one before; at first to the one that is in sight.
 * @param {1 | -1} step
 * @returns {void}
 */
function walk(step) {
  const pieces = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-piece]")]);
  const here = pieces.findIndex((piece) => piece.contains(document.activeElement));
  const seen = pieces.findIndex((piece) => piece.getBoundingClientRect().bottom > innerHeight / 4);
  const next = here < 0 ? pieces[Math.max(seen, 0)] : pieces[here + step];
  if (!next) {
    announce(word(step > 0 ? "last_piece" : "first_piece"));
    return;
  }
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: "auto" });
}

/**
 * Remember what was pressed; keep it back while an answer is on its way.
 * @param {MouseEvent} event
 * @returns {void}
 */
function hold(event) {
  const pressed = event.target instanceof Element ? event.target.closest("[data-review] button, [data-act]") : null;
  if (!pressed) return;
  const piece = pressed.closest("[data-piece]")?.id ?? "";
  const line = pressed.closest(".raw-line")?.id ?? "";
  const asked = { piece, line, act: pressed.getAttribute("data-act") ?? "" };
  if (isBusy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asked.act) waiting.push(asked);
    return;
  }
  last = asked;
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

/** After an answer: the focus stays where it was, what was said is shown, what waited goes on. */
function settle() {
  if (!isBusy) return;
  isBusy = false;
  const isSplit = last?.act.startsWith("split");
  for (const said of document.querySelectorAll("[data-messages] .message")) {
    const undo = isSplit && said.matches("[data-level=success]") ? () => button(null, "undo")?.click() : undefined;
    toast(said.textContent ?? "", undo);
  }
  refocus();
  const next = waiting.shift();
  if (next) button(document.getElementById(next.line) ?? pieceAt(next.piece), next.act)?.click();
}

/** Give the focus back to the piece that was decided about. */
function refocus() {
  if (!last) return;
  if (last.act.startsWith("split")) {
    /** @type {HTMLElement | null} */ (document.querySelector(".review-bar [rel=next]"))?.focus();
  } else if (last.piece) {
    const piece = pieceAt(last.piece);
    const target = last.act === "kind" ? button(piece, "kind") : piece;
    target?.focus({ preventScroll: true });
  }
}

/**
 * Return the piece with this id, or the last one that begins before it, once it has gone.
 * @param {string} id "r120"
 * @returns {HTMLElement | null}
 */
function pieceAt(id) {
  const exact = id ? document.getElementById(id)?.closest("[data-piece]") : null;
  if (exact || !id) return /** @type {HTMLElement | null} */ (exact ?? null);
  const start = (/** @type {Element} */ piece) => Number(piece.id.slice(1));
  const before = [...document.querySelectorAll("[data-piece]")].filter((piece) => start(piece) <= Number(id.slice(1)));
  return /** @type {HTMLElement | null} */ (before[before.length - 1] ?? null);
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

/**
 * Light a repair on both sides while one of them is pointed at or has the focus.
 * @param {Element} target
 * @returns {void}
 */
function light(target) {
  const from = target.closest?.("[data-from]")?.getAttribute("data-from");
  for (const lit of document.querySelectorAll("[data-from][data-lit]")) lit.removeAttribute("data-lit");
  if (!from) return;
  for (const part of document.querySelectorAll(`[data-from="${CSS.escape(from)}"]`)) part.setAttribute("data-lit", "");
}
