// @ts-check
/** Watching what the reader chooses with mouse, touch or keys, and telling the article. */
import { passageOf } from "./selection.js";
import { CHOSEN, tell } from "./types.js";

/** @import { Chosen } from "./types.js" */

/** A selection that grows by keys or by touch has no end; it counts when it rests this long (ms). */
const REST = 250;

/**
 * Tell `article` what words are chosen, each time that changes and rests, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function watchSelection(article, signal) {
  /** @type {Chosen["by"]} */
  let by = "keys";
  let isPressed = false;
  let timer = 0;
  const look = () => tell(article, CHOSEN, { passage: chosenPassage(article), by });
  const lookSoon = (/** @type {number} */ time) => { clearTimeout(timer); timer = setTimeout(look, time); };
  const options = { signal };
  document.addEventListener("pointerdown", (event) => {
    if (isFloating(event.target)) return;
    by = event.pointerType === "mouse" ? "mouse" : "touch";
    isPressed = by === "mouse";
    // What stands over the words chosen before must not be in the way of those chosen now.
    if (isPressed) tell(article, CHOSEN, { passage: null, by });
  }, options);
  // The browser settles a click's selection after the event, so the look comes after that.
  document.addEventListener("pointerup", () => { if (isPressed) lookSoon(0); isPressed = false; }, options);
  document.addEventListener("keydown", () => { by = "keys"; }, options);
  document.addEventListener("selectionchange", () => {
    if (!isPressed && !isFloating(document.activeElement)) lookSoon(by === "mouse" ? 0 : REST);
  }, options);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/**
 * Say whether `target` is in something that floats over the page or is written in: what is
 * done there leaves the chosen words chosen.
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
export function isFloating(target) {
  return target instanceof Element && target.closest("[data-floating], dialog, form, .toasts") !== null;
}

/**
 * Choose start..end (code points) as if the reader had.
 * @param {Range[]} ranges of the words, one for each block
 * @returns {void}
 */
export function choose(ranges) {
  const [first, last] = [ranges[0], ranges[ranges.length - 1]];
  if (!first || !last) return;
  document.getSelection()?.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
}

/**
 * @param {HTMLElement} article
 * @returns {import("./types.js").Passage | null}
 */
function chosenPassage(article) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  return passageOf(article, selection.getRangeAt(0));
}
