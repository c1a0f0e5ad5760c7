// @ts-check
/**
 * Choosing words by keys alone: a caret in the text that arrows move and Shift extends from.
 * s takes the sentence, p the paragraph, with Shift one more; o goes to the other end; Enter ends
 * with the words chosen, Escape without. What is passed is said, and what is chosen.
 */
import { announce } from "./announce.js";
import { elementOf, textOf } from "./articletext.js";
import { beginning, chosenEnds, directionOf, inOrder, placeOf, pointAt, showCaret } from "./caretplace.js";
import { passageOf } from "./selection.js";
import { isForOthers } from "./shortcuts.js";
import { blockAround, byCharacter, byWord, paragraphAround, sentenceAround, toNextWords } from "./textsteps.js";
import { ACT, CHOSEN, hear, tell } from "./types.js";
import { isFloating } from "./watching.js";
import { word } from "./words.js";

/** @import { Ends } from "./caretplace.js" */

/** Keys that go by lines, which only the browser knows. */
const BY_LINE = new Map([
  ["ArrowDown", ["forward", "line"]], ["ArrowUp", ["backward", "line"]],
  ["Home", ["backward", "lineboundary"]], ["End", ["forward", "lineboundary"]],
]);

/** So many things that are no text may stand between two lines. */
const MOST_STOPS = 3;

/** Keys that take what is around the caret. */
const AROUND = new Map([["s", sentenceAround], ["p", paragraphAround]]);

/** @type {AbortController | null} */
let choosing = null;

/**
 * Start with the words that are chosen, else at the paragraph in focus, or at the first in sight;
 * not where somebody has begun to write while this module was on its way: a caret in the text would
 * take their letters.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function chooseByKeys(article) {
  if (isForOthers(document.activeElement)) return;
  const ends = chosenEnds(article) ?? beginning(article);
  if (!ends) return;
  choosing?.abort();
  const life = new AbortController();
  choosing = life;
  // Until Enter, words are being chosen: no bar comes between.
  article.dataset.choosing = "";
  document.addEventListener("keydown", (event) => onKey(event, article, life), { signal: life.signal, capture: true });
  document.addEventListener("pointerdown", () => life.abort(), { signal: life.signal });
  // Who goes on to a link or a button by Tab presses that, not a key of the caret.
  document.addEventListener("focusin", ({ target }) => { if (target instanceof Element && target.matches("a, button, summary")) life.abort(); }, { signal: life.signal });
  hear(article, ACT, () => life.abort(), life.signal);
  life.signal.addEventListener("abort", () => {
    CSS.highlights?.delete("found");
    delete article.dataset.choosing;
  });
  put(article, ends);
  announce(word("caret_started"));
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} article
 * @param {AbortController} life
 * @returns {void}
 */
function onKey(event, article, life) {
  if (isForOthers(event.target) || isFloating(event.target)) return life.abort();
  const isArrow = event.key.startsWith("Arrow");
  // With Ctrl only an arrow is ours, and with Alt or Meta nothing: the rest is the browser's.
  if (event.altKey || event.metaKey || (event.ctrlKey && !isArrow)) return;
  const before = chosenEnds(article);
  if (!before) return life.abort();
  if (event.key === "Enter") {
    life.abort();
    showChosen(article);
  } else if (event.key === "Escape") {
    document.getSelection()?.removeAllRanges();
    life.abort();
    tell(article, CHOSEN, { passage: null, by: "keys" });
  } else if (!step(event, article, before)) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Move the caret as the key says; return whether it is one that moves it.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} article
 * @param {Ends} before
 * @returns {boolean}
 */
function step(event, article, before) {
  const text = textOf(article);
  const by = directionOf(event.key, elementOf(article, blockAround(text, before.focus)));
  const byLine = BY_LINE.get(event.key);
  const around = AROUND.get(event.key.toLowerCase());
  const language = article.lang || "en";
  if (by) {
    const focus = event.ctrlKey ? byWord(text, before.focus, by, language) : byCharacter(text, before.focus, by);
    say(article, before, put(article, { anchor: event.shiftKey ? before.anchor : focus, focus }));
  } else if (byLine) {
    say(article, before, goByLine(article, before, event.shiftKey, byLine));
  } else if (around) {
    const after = take(article, before, event.shiftKey, (at) => around(text, at, language));
    const from = event.shiftKey ? before : { anchor: after.anchor, focus: after.anchor };
    say(article, from, put(article, after));
  } else if (event.key === "o") {
    const { anchor, focus } = put(article, { anchor: before.focus, focus: before.anchor });
    announce(text.whole.slice(...inOrder(focus, byWord(text, focus, focus < anchor ? 1 : -1, language))));
  } else return false;
  return true;
}

/**
 * Say what was passed, and when words are chosen whether it was taken in or left out.
 * @param {HTMLElement} article
 * @param {Ends} before
 * @param {Ends} after
 * @returns {void}
 */
function say(article, before, after) {
  const passed = textOf(article).whole.slice(...inOrder(before.focus, after.focus)).replace(/\s+/gu, " ");
  const words = passed === " " ? word("caret_space") : passed;
  const [had, has] = [before, after].map(({ anchor, focus }) => Math.abs(focus - anchor));
  if (!passed || had === has) announce(words);
  else announce(word(Number(has) > Number(had) ? "caret_in" : "caret_out", { words }));
}

/**
 * Return the ends of the sentence or paragraph at the caret; with `isMore`, as far as the next one
 * in the direction in which the words are chosen.
 * @param {HTMLElement} article
 * @param {Ends} before
 * @param {boolean} isMore
 * @param {(at: number) => [number, number]} around
 * @returns {Ends}
 */
function take(article, { anchor, focus }, isMore, around) {
  if (!isMore || anchor === focus) {
    const [start, end] = around(Math.min(anchor, focus));
    return { anchor: start, focus: end };
  }
  const by = focus > anchor ? 1 : -1;
  const [start, end] = around(toNextWords(textOf(article), focus, by));
  return { anchor, focus: by > 0 ? end : start };
}

/**
 * Let the browser go by lines, and pass over what is no article text.
 * @param {HTMLElement} article
 * @param {Ends} before
 * @param {boolean} isExtended
 * @param {string[]} step
 * @returns {Ends}
 */
function goByLine(article, before, isExtended, [direction = "", unit = ""]) {
  const selection = /** @type {Selection} */ (document.getSelection());
  for (let times = 0; times < MOST_STOPS; times += 1) {
    selection.modify(isExtended ? "extend" : "move", direction, unit);
    // Some steps lead to what stands in the line and is no text.
    if (unit !== "line" || selection.focusNode instanceof Text) break;
  }
  const found = placeOf(article, selection.focusNode, selection.focusOffset);
  const { blocks } = textOf(article);
  const block = blockAround(textOf(article), before.focus);
  const [from, to] = [blocks.indexOf(block), blocks.indexOf(blockAround(textOf(article), found ?? -1))];
  if (found !== null && Math.abs(to - from) <= 1) return put(article, { anchor: isExtended ? before.anchor : found, focus: found }, true);
  const next = blocks[from + (direction === "forward" ? 1 : -1)];
  const focus = next ? next.units + (direction === "forward" ? 0 : next.text.length) : before.focus;
  return put(article, { anchor: isExtended ? before.anchor : focus, focus });
}

/**
 * Choose the words between `ends`, and tell what is chosen.
 * @param {HTMLElement} article
 * @param {Ends} ends
 * @param {boolean} [isThere] whether the selection is as it should be
 * @returns {Ends}
 */
function put(article, ends, isThere = false) {
  const selection = /** @type {Selection} */ (document.getSelection());
  const [anchor, focus] = [pointAt(article, ends.anchor), pointAt(article, ends.focus)];
  if (!isThere) selection.setBaseAndExtent(...anchor, ...focus);
  showCaret(article, ends.focus);
  tell(article, CHOSEN, { passage: selection.isCollapsed ? null : passageOf(article, selection.getRangeAt(0)), by: "keys" });
  return ends;
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function showChosen(article) {
  const selection = document.getSelection();
  if (selection?.rangeCount && !selection.isCollapsed) tell(article, CHOSEN, { passage: passageOf(article, selection.getRangeAt(0)), by: "keys" });
}
