// @ts-check
/** What was pressed on the page of a proposed article: where the focus goes, and what is said of it. */
import { announce } from "./announce.js";
import { focusOn } from "./focus.js";
import { actButton, pieceAt } from "./pieces.js";
import { word } from "./words.js";

/**
 * @typedef {object} Pressed  What was pressed, by ids, "" for none: the answer brings new elements.
 * @property {string} piece
 * @property {string} line
 * @property {string} part  the nearest part of the page with an id
 * @property {string} act
 * @property {string} said  name of the words that tell what was done, or the words for "undo"
 */

/**
 * Return what `button` is. A key that undoes is pressed at the piece that has the focus.
 * @param {Element} button
 * @returns {Pressed}
 */
export function pressedOf(button) {
  const act = button.getAttribute("data-act") ?? "";
  const at = act === "undo" ? document.activeElement ?? button : button;
  return {
    piece: at.closest("[data-piece]")?.id ?? "",
    line: at.closest(".raw-line")?.id ?? "",
    part: at.closest("[data-review] [id]")?.id ?? "",
    act,
    said: button.getAttribute("data-said") ?? "",
  };
}

/**
 * Give the focus back to what was decided about, unless it has gone on meanwhile.
 * @param {Pressed} pressed
 * @returns {void}
 */
export function refocus(pressed) {
  const focused = document.activeElement;
  if (focused && focused !== document.body && focused.id !== pressed.piece) return;
  const piece = pieceAt(pressed.piece);
  const target = pressed.act.startsWith("split") ? document.querySelector(".review-bar [rel=next]")
    : pressed.act === "kind" ? actButton(piece, "kind")
    : piece ?? partAt(pressed.part) ?? actButton(null, "undo") ?? document.querySelector(".review-bar");
  if (target instanceof HTMLElement) focusOn(target);
}

/**
 * Say what was done, unless the server said it.
 * @param {Pressed} pressed
 * @returns {void}
 */
export function sayDone(pressed) {
  const fact = document.getElementById(pressed.part)?.closest(".fact:not(:has([aria-invalid]))");
  if (pressed.act === "undo") announce(word("undone", { what: pressed.said }));
  else if (pressed.said) announce(word(pressed.said));
  else if (fact) announce(word("fact_is", { fact: wordsOf(fact, ".fact-name"), value: wordsOf(fact, ".fact-value") }));
  else if (pressed.piece && pressed.act !== "kind") sayPiece(pieceAt(pressed.piece));
}

/**
 * @param {HTMLElement | null} piece
 * @returns {void}
 */
function sayPiece(piece) {
  const kind = piece?.querySelector(".piece-kind")?.firstChild?.textContent ?? "";
  announce(word(piece?.matches("[data-state~=aside]") ? "piece_is_aside" : "piece_is", { kind }));
}

/**
 * @param {string} id
 * @returns {Element | null} what takes the focus of the part with this id
 */
function partAt(id) {
  const part = document.getElementById(id);
  return part?.querySelector("summary") ?? part;
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {string}
 */
function wordsOf(element, selector) {
  return element.querySelector(selector)?.textContent?.trim() ?? "";
}
