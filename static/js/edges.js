// @ts-check
/** The two ends of chosen words: where they stand on the screen, and where a step takes them. */
import { elementOf, pointsAt, textNodesOf, textOf } from "./articletext.js";
import { rangesOf } from "./selection.js";
import { BLANK, snapToGraphemes, trimBlank } from "./spans.js";

/** @typedef {"start" | "end"} Edge */
/** @typedef {"grapheme" | "word" | "sentence"} Size  of a step, as Intl.Segmenter names it */
/** @typedef {{start: number, end: number}} Span  in UTF-16 units of the whole text */

/**
 * Return `span` with `edge` at `unit` of the whole text: at least one character long, no
 * character cut, no blanks at its ends.
 * @param {HTMLElement} article
 * @param {Span} span
 * @param {Edge} edge
 * @param {number} unit
 * @returns {Span}
 */
export function withEdge(article, span, edge, unit) {
  const { whole } = textOf(article);
  const moved = edge === "start"
    ? { start: Math.min(unit, span.end - 1), end: span.end }
    : { start: span.start, end: Math.max(unit, span.start + 1) };
  const [start, end] = trimBlank(whole, ...snapToGraphemes(whole, moved.start, moved.end));
  return start < end ? { start, end } : span;
}

/**
 * Return where `edge` comes to stand a step of this size on (1) or back (-1) in the text.
 * @param {HTMLElement} article
 * @param {Span} span
 * @param {Edge} edge
 * @param {1 | -1} by
 * @param {Size} size
 * @returns {number}
 */
export function stepped(article, span, edge, by, size) {
  const { whole } = textOf(article);
  const segments = new Intl.Segmenter(article.lang || undefined, { granularity: size }).segment(whole);
  const isGrowing = (edge === "end") === by > 0;
  let unit = span[edge];
  for (;;) {
    const found = segments.containing(by > 0 ? unit : unit - 1);
    if (!found) return unit;
    unit = by > 0 ? found.index + found.segment.length : found.index;
    // Blanks that are left at an end go by themselves; a step that takes in nothing else is none.
    if (!isGrowing || !BLANK.test(found.segment)) return unit;
  }
}

/**
 * Return the unit of the whole text at a point of the window: that of the nearest line when the
 * point is beside the text. Null where there is none, as between two pictures.
 * @param {HTMLElement} article
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function unitAtPoint(article, x, y) {
  const boxes = textOf(article).blocks.map((block) => {
    const element = elementOf(article, block);
    const box = element.getBoundingClientRect();
    return { block, element, box, distance: Math.max(box.top - y, y - box.bottom, 0) };
  });
  const near = boxes.reduce((best, next) => (next.distance < best.distance ? next : best));
  const { left, right, top, bottom } = near.box;
  const place = caretAt(Math.min(Math.max(x, left + 1), right - 1), Math.min(Math.max(y, top + 1), bottom - 1));
  let before = near.block.units;
  for (const node of textNodesOf(near.element)) {
    if (node === place?.node) return before + place.offset;
    before += node.length;
  }
  return null;
}

/**
 * Return the box of the letter at `edge`, in the window, and whether its line runs from the right.
 * @param {HTMLElement} article
 * @param {Span} span
 * @param {Edge} edge
 * @returns {{box: DOMRect, isFromRight: boolean} | null}
 */
export function letterAt(article, span, edge) {
  const { blocks } = textOf(article);
  const [start, end] = [pointsAt(blocks, span.start), pointsAt(blocks, span.end)];
  const range = edge === "start" ? rangesOf(article, start, start + 1)[0] : rangesOf(article, end - 1, end)[0];
  const box = range?.getClientRects()[0];
  const parent = range?.startContainer.parentElement;
  return box && parent ? { box, isFromRight: getComputedStyle(parent).direction === "rtl" } : null;
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, offset: number} | null}
 */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  // Safari knows only this older one.
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
