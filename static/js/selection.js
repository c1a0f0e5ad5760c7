// @ts-check
/** Between what the browser calls a range and what the server calls a passage. */
import { elementOf, pointsAt, textNodesOf, textOf, unitsAt } from "./articletext.js";
import { context, snapToGraphemes, trimBlank, unitsBefore } from "./spans.js";

/** @import { Passage } from "./types.js" */

/** The longest quote that the server takes, in code points. */
export const LONGEST_QUOTE = 10_000;

/**
 * Return the passage that `range` covers, snapped to whole characters and trimmed of white
 * space, or null when it covers no words of `article`, or more than LONGEST_QUOTE.
 * @param {HTMLElement} article
 * @param {Range} range
 * @returns {Passage | null}
 */
export function passageOf(article, range) {
  const { blocks, whole } = textOf(article);
  let start = -1;
  let end = -1;
  for (const block of blocks) {
    const clip = clipOf(elementOf(article, block), range);
    if (!clip) continue;
    if (start < 0) start = block.units + clip[0];
    end = block.units + clip[1];
  }
  if (start < 0) return null;
  [start, end] = trimBlank(whole, ...snapToGraphemes(whole, start, end));
  return start < end ? passageBetween(article, start, end) : null;
}

/**
 * Return the passage at start..end (code points), snapped and trimmed as one that is chosen, or
 * null when the text has no such words.
 * @param {HTMLElement} article
 * @param {number} start
 * @param {number} end
 * @returns {Passage | null}
 */
export function passageAt(article, start, end) {
  const { blocks, whole } = textOf(article);
  const [from, to] = [unitsAt(blocks, start), unitsAt(blocks, end)];
  if (from === undefined || to === undefined || from >= to) return null;
  const [first, last] = trimBlank(whole, ...snapToGraphemes(whole, from, to));
  return first < last ? passageBetween(article, first, last) : null;
}

/**
 * Return the passage that the highlight `name` ("h12") marks, or null when it is not shown.
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {Passage | null}
 */
export function passageOfHighlight(article, name) {
  const pieces = article.querySelectorAll(`mark[data-h~="${CSS.escape(name)}"]`);
  const last = pieces[pieces.length - 1];
  if (!pieces[0] || !last) return null;
  const range = document.createRange();
  range.setStart(pieces[0], 0);
  range.setEnd(last, last.childNodes.length);
  return passageOf(article, range);
}

/**
 * Return ranges that cover start..end (code points), one for each block.
 * @param {HTMLElement} article
 * @param {number} start
 * @param {number} end
 * @returns {Range[]}
 */
export function rangesOf(article, start, end) {
  const ranges = [];
  for (const block of textOf(article).blocks) {
    const from = unitsBefore(block.text, start - block.start);
    const to = unitsBefore(block.text, end - block.start);
    if (from >= to || from >= block.text.length) continue;
    ranges.push(rangeIn(elementOf(article, block), from, to));
  }
  return ranges;
}

/**
 * @param {HTMLElement} article
 * @param {number} from in units of the whole text, inside a block
 * @param {number} to
 * @returns {Passage | null}
 */
function passageBetween(article, from, to) {
  const { blocks, whole } = textOf(article);
  const [start, end] = [pointsAt(blocks, from), pointsAt(blocks, to)];
  if (end - start > LONGEST_QUOTE) return null;
  const touched = blocks.filter((block) => block.units < to && block.units + block.text.length > from);
  const [prefix, suffix] = context(whole, from, to);
  return { start, end, exact: whole.slice(from, to), prefix, suffix, blocks: touched.map((block) => block.number) };
}

/**
 * @param {Element} element
 * @param {number} from in units
 * @param {number} to
 * @returns {Range}
 */
function rangeIn(element, from, to) {
  const range = document.createRange();
  let before = 0;
  for (const node of textNodesOf(element)) {
    if (from >= before && from < before + node.length) range.setStart(node, from - before);
    if (to > before && to <= before + node.length) range.setEnd(node, to - before);
    before += node.length;
  }
  return range;
}

/**
 * Return what part of the words of `element` lies in `range`, in units, or null.
 * @param {Element} element
 * @param {Range} range
 * @returns {[number, number] | null}
 */
function clipOf(element, range) {
  if (!range.intersectsNode(element)) return null;
  let [start, end, before] = [-1, -1, 0];
  for (const node of textNodesOf(element)) {
    const [from, to] = partOf(node, range);
    if (from < to) {
      if (start < 0) start = before + from;
      end = before + to;
    }
    before += node.length;
  }
  return start < 0 ? null : [start, end];
}

/**
 * @param {Text} node
 * @param {Range} range
 * @returns {[number, number]}
 */
function partOf(node, range) {
  const isBefore = node !== range.startContainer && range.comparePoint(node, 0) < 0;
  const isAfter = node !== range.endContainer && range.comparePoint(node, node.length) > 0;
  const from = node === range.startContainer ? range.startOffset : isBefore ? node.length : 0;
  const to = node === range.endContainer ? range.endOffset : isAfter ? 0 : node.length;
  return [from, to];
}
