// @ts-check
/**
 * Steps through the text of an article: by character, word, sentence and paragraph.
 *
 * Places are in UTF-16 units of the whole text. The two line feeds between blocks are no places:
 * from the end of a block one steps to the beginning of the next.
 */

/** @import { ArticleText, Block } from "./types.js" */

/** @typedef {1 | -1} Direction */

/**
 * Return the block that `at` is in, its end included.
 * @param {ArticleText} text
 * @param {number} at
 * @returns {Block}
 */
export function blockAround({ blocks }, at) {
  return /** @type {Block} */ (blocks.findLast((block) => block.units <= at) ?? blocks[0]);
}

/**
 * Return the place one grapheme further, or `at` itself at the end of the text.
 * @param {ArticleText} text
 * @param {number} at
 * @param {Direction} by
 * @returns {number}
 */
export function byCharacter(text, at, by) {
  const block = blockAround(text, at);
  const unit = at - block.units;
  const edges = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(block.text)].map(({ index }) => index);
  const next = by > 0 ? [...edges, block.text.length].find((edge) => edge > unit) : edges.findLast((edge) => edge < unit);
  return next === undefined ? acrossBlocks(text, block, by) ?? at : block.units + next;
}

/**
 * Return the end of the next word, or backwards the beginning of the word before.
 * @param {ArticleText} text
 * @param {number} at
 * @param {Direction} by
 * @param {string} language
 * @returns {number}
 */
export function byWord(text, at, by, language) {
  const block = blockAround(text, at);
  const unit = at - block.units;
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(block.text)].filter(({ isWordLike }) => isWordLike);
  const ends = words.map(({ index, segment }) => index + segment.length);
  const next = by > 0 ? ends.find((end) => end > unit) : words.findLast(({ index }) => index < unit)?.index;
  if (next !== undefined) return block.units + next;
  const across = acrossBlocks(text, block, by);
  return across === undefined ? block.units + (by > 0 ? block.text.length : 0) : byWord(text, across, by, language);
}

/**
 * Return the sentence at `at`, without the white space behind it.
 * @param {ArticleText} text
 * @param {number} at
 * @param {string} language
 * @returns {[number, number]}
 */
export function sentenceAround(text, at, language) {
  const block = blockAround(text, at);
  const unit = Math.min(at - block.units, block.text.length - 1);
  const found = new Intl.Segmenter(language, { granularity: "sentence" }).segment(block.text).containing(unit);
  const start = found?.index ?? 0;
  return [block.units + start, block.units + start + (found?.segment ?? block.text).trimEnd().length];
}

/**
 * Return the paragraph at `at`.
 * @param {ArticleText} text
 * @param {number} at
 * @returns {[number, number]}
 */
export function paragraphAround(text, at) {
  const block = blockAround(text, at);
  return [block.units, block.units + block.text.length];
}

/**
 * Return the place at or behind `at` where the next sentence or paragraph begins, or backwards the
 * one in front of `at`; `at` itself at the end of the text.
 * @param {ArticleText} text
 * @param {number} at
 * @param {Direction} by
 * @returns {number}
 */
export function toNextWords(text, at, by) {
  let place = at;
  for (;;) {
    const next = byCharacter(text, place, by);
    const [from, to] = by > 0 ? [place, next] : [next, place];
    if (next === place || /\S/u.test(text.whole.slice(from, to).replace(/^\n\n|\n\n$/gu, ""))) return by > 0 ? place : next;
    place = next;
  }
}

/**
 * Return the place across the gap behind or in front of `block`.
 * @param {ArticleText} text
 * @param {Block} block
 * @param {Direction} by
 * @returns {number | undefined} undefined at the end of the text
 */
function acrossBlocks({ blocks }, block, by) {
  const next = blocks[blocks.indexOf(block) + by];
  return next && next.units + (by > 0 ? 0 : next.text.length);
}
