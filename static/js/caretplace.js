// @ts-check
/** Where the caret stands: between places of the text and points of the page, and how it is shown. */
import { elementOf, textNodesOf, textOf } from "./articletext.js";
import { blockAround, byCharacter } from "./textsteps.js";

/** @import { Direction } from "./textsteps.js" */

/** @typedef {{anchor: number, focus: number}} Ends  Of what is chosen, in units of the whole text. */

/** What stands over the words at the edges of the window, in pixels. */
const EDGE = 80;

/**
 * Return the ends of what is chosen now, or null when that is no text of the article.
 * @param {HTMLElement} article
 * @returns {Ends | null}
 */
export function chosenEnds(article) {
  const selection = document.getSelection();
  const anchor = placeOf(article, selection?.anchorNode ?? null, selection?.anchorOffset ?? 0);
  const focus = placeOf(article, selection?.focusNode ?? null, selection?.focusOffset ?? 0);
  return anchor === null || focus === null ? null : { anchor, focus };
}

/**
 * Return the beginning of the paragraph in focus, else of the first in sight.
 * @param {HTMLElement} article
 * @returns {Ends | null}
 */
export function beginning(article) {
  const elements = [...article.querySelectorAll("[data-start]")];
  const focused = document.activeElement?.closest(".bk")?.querySelector("[data-start]");
  const element = focused ?? elements.find((candidate) => candidate.getBoundingClientRect().bottom > EDGE);
  const block = textOf(article).blocks.find(({ id }) => id === element?.id);
  return block ? { anchor: block.units, focus: block.units } : null;
}

/**
 * Return the place of a point of the page, in units of the whole text, or null outside of it.
 * @param {HTMLElement} article
 * @param {Node | null} node
 * @param {number} offset
 * @returns {number | null}
 */
export function placeOf(article, node, offset) {
  const element = (node instanceof Element ? node : node?.parentElement)?.closest("[data-start]");
  const block = textOf(article).blocks.find(({ id }) => id === element?.id);
  if (!element || !block || !node) return null;
  const point = document.createRange();
  point.setStart(node, offset);
  let before = block.units;
  for (const text of textNodesOf(element)) {
    if (text === node) return before + offset;
    if (point.comparePoint(text, 0) >= 0) break;
    before += text.length;
  }
  return before;
}

/**
 * Return the point of the page for the place `at`: inside a text, so that a caret has a line.
 * @param {HTMLElement} article
 * @param {number} at
 * @returns {[Text, number]}
 */
export function pointAt(article, at) {
  const block = blockAround(textOf(article), at);
  const nodes = textNodesOf(elementOf(article, block));
  let before = block.units;
  for (const node of nodes) {
    if (at < before + node.length || node === nodes[nodes.length - 1]) return [node, Math.min(at - before, node.length)];
    before += node.length;
  }
  throw new Error("A block has no words.");
}

/**
 * Return where an arrow to the left or right leads in `element`, undefined for other keys: in a
 * text that runs to the left, left is forward.
 * @param {string} key
 * @param {Element} element
 * @returns {Direction | undefined}
 */
export function directionOf(key, element) {
  if (key !== "ArrowRight" && key !== "ArrowLeft") return undefined;
  const isToTheLeft = getComputedStyle(element).direction === "rtl";
  return (key === "ArrowRight") === isToTheLeft ? -1 : 1;
}

/**
 * Paint the character after the caret, for text that cannot be edited shows none; keep it in sight.
 * @param {HTMLElement} article
 * @param {number} at
 * @returns {void}
 */
export function showCaret(article, at) {
  const text = textOf(article);
  const block = blockAround(text, at);
  const isAtEnd = at >= block.units + block.text.length;
  const from = isAtEnd ? byCharacter(text, at, -1) : at;
  const to = isAtEnd ? at : byCharacter(text, at, 1);
  const range = document.createRange();
  range.setStart(...pointAt(article, from));
  range.setEnd(...pointAt(article, Math.min(to, block.units + block.text.length)));
  if ("highlights" in CSS) CSS.highlights.set("found", new Highlight(range));
  const { top, bottom } = range.getBoundingClientRect();
  if (top < EDGE) window.scrollBy({ top: top - EDGE, behavior: "instant" });
  else if (bottom > window.innerHeight - EDGE) window.scrollBy({ top: bottom - window.innerHeight + EDGE, behavior: "instant" });
}

/**
 * Return two places, the first one first.
 * @param {number} one
 * @param {number} other
 * @returns {[number, number]}
 */
export function inOrder(one, other) {
  return one < other ? [one, other] : [other, one];
}
