// @ts-check
/**
 * Spans of a string, and the one place where UTF-16 units and code points are converted.
 *
 * Strings here are whole blocks of an article or the whole article: NFC, no lone surrogates.
 */

/** Code points before and after a quote that are sent with it. Source: the offsets contract. */
export const CONTEXT_SIZE = 32;

// White space as Python's str.isspace() has it, and marks that print nothing: zero width space,
// word joiner, byte order mark. The joiners U+200C and U+200D belong to words.
export const BLANK = /^[\s\u001c-\u001f\u0085\u200b\u2060\ufeff]+$/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Return how many code points the first `units` UTF-16 units of `text` hold.
 * @param {string} text
 * @param {number} units
 * @returns {number}
 */
export function pointsBefore(text, units) {
  let points = 0;
  for (let unit = 0; unit < units; points += 1) unit += widthAt(text, unit);
  return points;
}

/**
 * Return how many UTF-16 units the first `points` code points of `text` take, at most all.
 * @param {string} text
 * @param {number} points
 * @returns {number}
 */
export function unitsBefore(text, points) {
  let unit = 0;
  for (let point = 0; point < points && unit < text.length; point += 1) unit += widthAt(text, unit);
  return unit;
}

/**
 * Return start..end (units) widened so that neither end cuts a grapheme cluster.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function snapToGraphemes(text, start, end) {
  const segments = segmenter.segment(text);
  const first = segments.containing(start);
  const last = end > 0 && end < text.length ? segments.containing(end) : undefined;
  const from = first && first.index < start ? first.index : start;
  const to = last && last.index < end ? last.index + last.segment.length : end;
  return [from, to];
}

/**
 * Return start..end (units) without the blank clusters at both ends; all blank is start..start.
 *
 * A space that carries a combining mark is no blank.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function trimBlank(text, start, end) {
  const words = text.slice(start, end);
  const segments = segmenter.segment(words);
  let [from, to] = [0, words.length];
  for (let head = segments.containing(from); from < to && head && BLANK.test(head.segment); head = segments.containing(from)) {
    from += head.segment.length;
  }
  for (let tail = segments.containing(to - 1); from < to && tail && BLANK.test(tail.segment); tail = segments.containing(to - 1)) {
    to = tail.index;
  }
  return from < to ? [start + from, start + to] : [start, start];
}

/**
 * Return the words before `start` and after `end` (units), CONTEXT_SIZE code points of each.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[string, string]}
 */
export function context(text, start, end) {
  // A code point takes two units at most, so twice the size always holds enough.
  const before = [...text.slice(wholeFrom(text, start - 2 * CONTEXT_SIZE), start)];
  const after = [...text.slice(end, wholeFrom(text, end + 2 * CONTEXT_SIZE))];
  return [before.slice(-CONTEXT_SIZE).join(""), after.slice(0, CONTEXT_SIZE).join("")];
}

/**
 * Return the nearest place at or after `unit` that does not cut a surrogate pair.
 * @param {string} text
 * @param {number} unit
 * @returns {number}
 */
function wholeFrom(text, unit) {
  const at = Math.min(Math.max(unit, 0), text.length);
  return at > 0 && widthAt(text, at - 1) === 2 ? at + 1 : at;
}

/**
 * @param {string} text
 * @param {number} unit
 * @returns {1 | 2}
 */
function widthAt(text, unit) {
  return (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
}
