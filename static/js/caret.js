// @ts-check
/**
 * Choosing words by keys alone: a caret in the text that arrows move and Shift extends from.
 * s takes the sentence, p the paragraph, Enter ends with the words chosen, Escape without.
 */
import { announce } from "./announce.js";
import { textNodesOf } from "./articletext.js";
import { isForOthers } from "./shortcuts.js";
import { ACT, hear } from "./types.js";
import { choose, isFloating } from "./watching.js";
import { word } from "./words.js";

const STEPS = {
  ArrowRight: ["forward", "character"], ArrowLeft: ["backward", "character"],
  ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
  Home: ["backward", "lineboundary"], End: ["forward", "lineboundary"],
};

/** @type {AbortController | null} */
let choosing = null;

/**
 * Start at the paragraph in focus, or at the first in sight; not where somebody has begun to write
 * while this module was on its way: a caret in the text would take their letters.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function chooseByKeys(article) {
  if (isForOthers(document.activeElement)) return;
  const blocks = [...article.querySelectorAll("[data-start]")];
  const focused = document.activeElement?.closest(".bk")?.querySelector("[data-start]");
  const block = focused ?? blocks.find((candidate) => candidate.getBoundingClientRect().bottom > 100);
  const node = block && textNodesOf(block)[0];
  const selection = document.getSelection();
  if (!node || !selection) return;
  choosing?.abort();
  const life = new AbortController();
  choosing = life;
  selection.collapse(node, 0);
  document.addEventListener("keydown", (event) => onKey(event, selection, life), { signal: life.signal, capture: true });
  document.addEventListener("pointerdown", () => life.abort(), { signal: life.signal });
  hear(article, ACT, () => life.abort(), life.signal);
  life.signal.addEventListener("abort", () => CSS.highlights?.delete("found"));
  showCaret(selection);
  announce(word("caret_started"));
}

/**
 * @param {KeyboardEvent} event
 * @param {Selection} selection
 * @param {AbortController} life
 * @returns {void}
 */
function onKey(event, selection, life) {
  if (isForOthers(event.target) || isFloating(event.target)) return life.abort();
  const [direction, unit] = STEPS[/** @type {keyof typeof STEPS} */ (event.key)] ?? [];
  // With Ctrl only an arrow is ours, and with Alt or Meta nothing: the rest is the browser's.
  if (event.altKey || event.metaKey || (event.ctrlKey && !direction)) return;
  if (direction && unit) {
    const size = unit === "character" && event.ctrlKey ? "word" : unit;
    move(selection, event.shiftKey ? "extend" : "move", direction, size);
  } else if (event.key === "s") extend(selection, sentenceAt(selection));
  else if (event.key === "p") extend(selection, blockAt(selection));
  else if (event.key === "Enter") life.abort();
  else if (event.key === "Escape") { selection.removeAllRanges(); life.abort(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (!life.signal.aborted) showCaret(selection);
}

/**
 * Move the caret, passing over what is no article text.
 * @param {Selection} selection
 * @param {string} how
 * @param {string} direction
 * @param {string} unit
 * @returns {void}
 */
function move(selection, how, direction, unit) {
  const { focusNode, focusOffset } = selection;
  selection.modify(how, direction, unit);
  if (selection.focusNode?.parentElement?.closest("[data-start]")) return;
  const block = focusNode?.parentElement?.closest("[data-start]");
  const blocks = [...document.querySelectorAll("#text [data-start]")];
  const next = block && blocks[blocks.indexOf(block) + (direction === "forward" ? 1 : -1)];
  const nodes = next ? textNodesOf(next) : [];
  const node = direction === "forward" ? nodes[0] : nodes[nodes.length - 1];
  const target = node ?? focusNode;
  const offset = node ? (direction === "forward" ? 0 : node.length) : focusOffset;
  if (target && how === "extend") selection.extend(target, offset);
  else if (target) selection.collapse(target, offset);
}

/**
 * @param {Selection} selection
 * @param {Range | null} range
 * @returns {void}
 */
function extend(selection, range) {
  if (range) choose([range]);
  if (range) announce(selection.toString());
}

/**
 * @param {Selection} selection
 * @returns {Range | null} the block that the caret is in
 */
function blockAt(selection) {
  const block = selection.focusNode?.parentElement?.closest("[data-start]");
  return block ? rangeOver(textNodesOf(block), 0, Infinity) : null;
}

/**
 * @param {Selection} selection
 * @returns {Range | null} the sentence that the caret is in
 */
function sentenceAt(selection) {
  const block = selection.focusNode?.parentElement?.closest("[data-start]");
  if (!block) return null;
  const nodes = textNodesOf(block);
  const at = nodes.findIndex((node) => node === selection.focusNode);
  const before = nodes.slice(0, Math.max(at, 0)).reduce((sum, node) => sum + node.length, 0);
  const text = nodes.map((node) => node.data).join("");
  const segmenter = new Intl.Segmenter(article(block), { granularity: "sentence" });
  const place = Math.min(before + selection.focusOffset, text.length - 1);
  const found = segmenter.segment(text).containing(place);
  return found ? rangeOver(nodes, found.index, found.index + found.segment.length) : null;
}

/**
 * @param {Element} block
 * @returns {string} the language of its article
 */
function article(block) {
  return block.closest("[lang]")?.getAttribute("lang") || "en";
}

/**
 * @param {Text[]} nodes
 * @param {number} from in units of the block's text
 * @param {number} to
 * @returns {Range}
 */
function rangeOver(nodes, from, to) {
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    if (from >= before && from < before + node.length) range.setStart(node, from - before);
    if (to > before) range.setEnd(node, Math.min(to - before, node.length));
    before += node.length;
  }
  return range;
}

/**
 * Paint the character after the caret: text that cannot be edited shows none.
 * @param {Selection} selection
 * @returns {void}
 */
function showCaret({ focusNode, focusOffset }) {
  if (!("highlights" in CSS) || !(focusNode instanceof Text)) return;
  const range = document.createRange();
  const end = Math.min(focusOffset + 1, focusNode.length);
  range.setStart(focusNode, Math.max(end - 1, 0));
  range.setEnd(focusNode, end);
  CSS.highlights.set("found", new Highlight(range));
  focusNode.parentElement?.scrollIntoView({ block: "nearest", behavior: "instant" });
}
