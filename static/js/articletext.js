// @ts-check
/**
 * The plain text of the article on the page, read from its blocks.
 *
 * Only blocks ([data-start]) carry article text, and inside them what has [data-skip] does not.
 */
import { pointsBefore, unitsBefore } from "./spans.js";

/** @import { ArticleText, Block } from "./types.js" */

const SEPARATOR = "\n\n";

/** @type {WeakMap<HTMLElement, ArticleText>} */
const known = new WeakMap();

/**
 * Return the text of `article`, read once: within a version it never changes.
 * @param {HTMLElement} article
 * @returns {ArticleText}
 */
export function textOf(article) {
  const found = known.get(article);
  if (found) return found;
  const text = readText(article);
  known.set(article, text);
  return text;
}

/**
 * Return the element of `block`: looked up, since a block is exchanged when it changes.
 * @param {HTMLElement} article
 * @param {Block} block
 * @returns {HTMLElement}
 */
export function elementOf(article, block) {
  return /** @type {HTMLElement} */ (article.querySelector(`#${CSS.escape(block.id)}`));
}

/**
 * Return the text nodes of `element` that carry article text, in order.
 * @param {Element} element
 * @returns {Text[]}
 */
export function textNodesOf(element) {
  const nodes = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.hasAttribute("data-skip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode);
  return nodes;
}

/**
 * Return the offset of the character at `units` of the whole text, in code points.
 * @param {Block[]} blocks
 * @param {number} units
 * @returns {number}
 */
export function pointsAt(blocks, units) {
  const block = blocks.findLast((candidate) => candidate.units <= units);
  return block ? block.start + pointsBefore(block.text, units - block.units) : 0;
}

/**
 * Return where in the whole text the code point `points` stands, in units.
 * @param {Block[]} blocks
 * @param {number} points
 * @returns {number | undefined} undefined outside the text
 */
export function unitsAt(blocks, points) {
  const block = blocks.findLast((candidate) => candidate.start <= points);
  return block && block.units + unitsBefore(block.text, points - block.start);
}

/**
 * @param {HTMLElement} article
 * @returns {ArticleText}
 */
function readText(article) {
  /** @type {Block[]} */
  const blocks = [];
  let whole = "";
  for (const element of article.querySelectorAll("[data-start]")) {
    if (blocks.length > 0) whole += SEPARATOR;
    const text = textNodesOf(element).map((node) => node.data).join("");
    const start = Number(element.getAttribute("data-start"));
    blocks.push({ id: element.id, number: Number(element.id.slice(1)), start, units: whole.length, text });
    whole += text;
  }
  return { blocks, whole };
}
