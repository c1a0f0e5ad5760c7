// @ts-check
/** The pieces of a proposed article on its page: which is meant, and the way from one to another. */
import { announce } from "./announce.js";
import { word } from "./words.js";

/**
 * Return the piece that has the focus, or else the one that is pointed at.
 * @returns {HTMLElement | null}
 */
export function currentPiece() {
  const focused = document.activeElement?.closest("[data-piece]");
  return /** @type {HTMLElement | null} */ (focused ?? document.querySelector("[data-piece]:hover"));
}

/**
 * Return the piece with this id, or the last one that begins before it, once it has gone.
 * @param {string} id "r120"
 * @returns {HTMLElement | null}
 */
export function pieceAt(id) {
  const exact = id ? document.getElementById(id)?.closest("[data-piece]") : null;
  if (exact || !id) return /** @type {HTMLElement | null} */ (exact ?? null);
  const start = (/** @type {Element} */ piece) => Number(piece.id.slice(1));
  const before = [...document.querySelectorAll("[data-piece]")].filter((piece) => start(piece) <= Number(id.slice(1)));
  return /** @type {HTMLElement | null} */ (before[before.length - 1] ?? null);
}

/**
 * Return the button for `act` of `piece`, or of the page.
 * @param {Element | null} piece
 * @param {string} act
 * @returns {HTMLElement | null}
 */
export function actButton(piece, act) {
  return (piece ?? document).querySelector(`[data-act="${act}"]`);
}

/**
 * Press the button for `act` of the piece that is meant.
 * @param {string} act
 * @returns {void}
 */
export function press(act) {
  const piece = currentPiece();
  if (piece) actButton(piece, act)?.click();
}

/**
 * Press the button of the line that has the focus, or else that of the whole piece.
 * @param {string} ofLine the act of a line
 * @param {string} ofPiece
 * @returns {void}
 */
export function pressAtLine(ofLine, ofPiece) {
  const line = document.activeElement?.closest(".raw-line");
  if (line) actButton(line, ofLine)?.click();
  else press(ofPiece);
}

/**
 * Go to the next piece or the one before; at first to the one that is in sight.
 * @param {1 | -1} step
 * @returns {void}
 */
export function walk(step) {
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
 * Light a repair on both sides while one of them is pointed at or has the focus.
 * @param {Element} target
 * @returns {void}
 */
export function light(target) {
  const from = target.closest?.("[data-from]")?.getAttribute("data-from");
  for (const lit of document.querySelectorAll("[data-from][data-lit]")) lit.removeAttribute("data-lit");
  if (!from) return;
  for (const part of document.querySelectorAll(`[data-from="${CSS.escape(from)}"]`)) part.setAttribute("data-lit", "");
}
