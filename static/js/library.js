// @ts-check
/** The library: rows by keys, and what is done with those that are chosen. */
import { rowInFocus, walkRows } from "./rows.js";
import { areKeysOn, isForOthers, keyOf, offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

const { signal } = new AbortController();
const list = /** @type {HTMLElement | null} */ (document.querySelector(".library-rows"));
const bar = /** @type {HTMLFormElement | null} */ (document.querySelector("#chosen-articles"));
if (list) walkRows(list, signal);
if (list && bar) chooseRows(list, bar);

/**
 * Choose rows by x, and a whole stretch of them by a click with the shift key.
 * @param {HTMLElement} list
 * @param {HTMLFormElement} bar
 * @returns {void}
 */
function chooseRows(list, bar) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll("input[type=checkbox]")]);
  let last = -1;
  offerShortcuts([{ name: "choose-row", run: () => rowInFocus(list)?.querySelector("input")?.click() }], signal);
  // A check box is a field, in which other keys are not for the page; this one means nothing else there.
  list.addEventListener("keydown", (event) => {
    if (!areKeysOn() || event.key !== keyOf("choose-row") || !isForOthers(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    /** @type {HTMLElement} */ (event.target).click();
  }, { signal });
  list.addEventListener("click", (event) => {
    const at = boxes.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (at < 0) return;
    if (event.shiftKey && last >= 0) check(boxes.slice(Math.min(at, last), Math.max(at, last) + 1), boxes[at]?.checked ?? false);
    last = at;
    tell(bar, boxes);
  }, { signal });
  window.addEventListener("pageshow", () => tell(bar, boxes), { signal });
}

/**
 * @param {HTMLInputElement[]} boxes
 * @param {boolean} isChecked
 * @returns {void}
 */
function check(boxes, isChecked) {
  for (const box of boxes) box.checked = isChecked;
}

/**
 * Say how many are chosen, and offer nothing for none.
 * @param {HTMLFormElement} bar
 * @param {HTMLInputElement[]} boxes
 * @returns {void}
 */
function tell(bar, boxes) {
  const count = boxes.filter((box) => box.checked).length;
  const text = bar.querySelector(".chosen-count");
  const words = ["chosen_none", "chosen_one"][count] ?? "chosen_many";
  if (text) text.textContent = word(words, { count });
  bar.dataset.state = count ? "chosen" : "none";
}
