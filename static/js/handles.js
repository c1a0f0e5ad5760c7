// @ts-check
/** The handles at the two ends of words that are being changed: sliders, for those who hear them. */
import { pointsAt, textOf } from "./articletext.js";
import { letterAt, stepped } from "./edges.js";

/** @import { Edge, Size, Span } from "./edges.js" */

/** So many words at an end are read out. */
const READ_OUT = 5;

/** @type {Record<string, [1 | -1, Size]>} */
const STEPS = {
  ArrowRight: [1, "word"], ArrowLeft: [-1, "word"], ArrowDown: [1, "sentence"], ArrowUp: [-1, "sentence"],
};

/**
 * @param {HTMLElement} handle
 * @returns {Edge}
 */
export function edgeOf(handle) {
  return handle.dataset.edge === "start" ? "start" : "end";
}

/**
 * Return where a key takes the end that `handle` stands at, or null for a key that takes it nowhere:
 * arrows go by words, with Shift or Ctrl by characters, up and down by sentences.
 * @param {HTMLElement} article
 * @param {HTMLElement} handle
 * @param {Span} span
 * @param {KeyboardEvent} event
 * @returns {number | null} in units of the whole text
 */
export function unitByKey(article, handle, span, event) {
  const [by, size] = STEPS[event.key] ?? [];
  if (!by || !size || event.altKey || event.metaKey) return null;
  const edge = edgeOf(handle);
  const isAcross = size !== "sentence" && letterAt(article, span, edge)?.isFromRight;
  const isFine = size === "word" && (event.shiftKey || event.ctrlKey);
  const unit = stepped(article, span, edge, isAcross ? (by > 0 ? -1 : 1) : by, isFine ? "grapheme" : size);
  // A step that would leave nothing is none.
  const isLeft = edge === "start" ? unit < span.end : unit > span.start;
  return isLeft ? unit : span[edge];
}

/**
 * Put `handle` at its end of `span`, and say which words stand there.
 * @param {HTMLElement} article
 * @param {HTMLElement} handle
 * @param {Span} span
 * @returns {void}
 */
export function placeHandle(article, handle, span) {
  const edge = edgeOf(handle);
  sayWords(article, handle, span);
  const letter = letterAt(article, span, edge);
  if (!letter) return;
  const { box, isFromRight } = letter;
  const isRight = (edge === "end") !== isFromRight;
  handle.dataset.side = isRight ? "right" : "left";
  handle.style.setProperty("--x", `${(isRight ? box.right : box.left) + window.scrollX}px`);
  handle.style.setProperty("--y", `${box.top + window.scrollY}px`);
  handle.style.setProperty("--line", `${box.height}px`);
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} handle
 * @param {Span} span
 * @returns {void}
 */
function sayWords(article, handle, { start, end }) {
  const { blocks, whole } = textOf(article);
  const isStart = edgeOf(handle) === "start";
  const words = whole.slice(start, end).split(/\s+/u);
  const read = (isStart ? words.slice(0, READ_OUT) : words.slice(-READ_OUT)).join(" ");
  handle.setAttribute("aria-valuetext", (handle.dataset.says ?? "").replace("{words}", read));
  handle.setAttribute("aria-valuenow", String(pointsAt(blocks, isStart ? start : end)));
  handle.setAttribute("aria-valuemin", String(isStart ? 0 : pointsAt(blocks, start)));
  handle.setAttribute("aria-valuemax", String(pointsAt(blocks, isStart ? end : whole.length)));
}
