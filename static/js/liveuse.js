// @ts-check
/** What the reader is at, which nothing that others do may move. */
import { exchange } from "./exchanging.js";
import { isNarrow } from "./state.js";
import { CHANGED, tell } from "./types.js";

/** What moves by less than this stays, in pixels. */
const STILL = 1;
/** What a reader types into or chooses from. */
const FIELD = "input, textarea, select, summary, a, button, [contenteditable]";

/** Where the pointer was last. @type {{x: number, y: number} | null} */
let pointer = null;
let isPressed = false;

for (const name of ["pointermove", "pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(name, (event) => {
    const { clientX: x, clientY: y, buttons, pointerType } = /** @type {PointerEvent} */ (event);
    isPressed = buttons !== 0;
    pointer = pointerType === "mouse" ? { x, y } : null;
  }, { passive: true });
}
document.documentElement.addEventListener("pointerleave", () => { pointer = null; });

/**
 * Say whether block `number` has a form, a choice of words or the focus in it; so has every block
 * while a pointer is pressed.
 * @param {HTMLElement} article
 * @param {number} number
 * @returns {boolean}
 */
export function isInUse(article, number) {
  const block = article.querySelector(`#bk${number}`);
  if (!block) return false;
  if (isPressed || block.querySelector("form[data-keep], dialog[open]")) return true;
  const focused = document.activeElement;
  // A note that was only gone to is given the focus again, as it is drawn anew.
  if (focused?.matches(FIELD) && block.contains(focused)) return true;
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && selection.containsNode(block, true)) return true;
  const chosen = "highlights" in CSS ? CSS.highlights.get("pending") : undefined;
  return [...chosen ?? []].some((range) => /** @type {Range} */ (range).intersectsNode(block));
}

/**
 * Say whether the reader is in the margin, with the pointer or with the focus.
 * @param {HTMLElement} article
 * @returns {boolean}
 */
export function isInMargin(article) {
  if (!isBeside()) return false;
  if (document.activeElement?.closest(".prose .notes")) return true;
  const column = article.querySelector(".prose .notes")?.getBoundingClientRect();
  return Boolean(pointer && column && pointer.x >= column.left && pointer.x <= column.right && pointer.y > 0);
}

/**
 * Put `fresh` in the place of `old` unless text in sight, or a note in sight while the reader is in
 * the margin, would move: then all is as it was.
 * @param {HTMLElement} article
 * @param {Element} old block
 * @param {Element} fresh
 * @returns {boolean} whether it would have moved
 */
export function wouldMove(article, old, fresh) {
  const { top, bottom } = old.getBoundingClientRect();
  // What stands above makes the text no other: the browser holds what is in sight.
  const isOutOfSight = top > window.innerHeight || (!isBeside() && bottom < 0);
  if (isOutOfSight) return false;
  const before = placesOf(article);
  exchange(old, fresh);
  tell(article, CHANGED, { blocks: [] });
  const after = placesOf(article);
  const isMoved = [...before].some(([id, place]) => Math.abs((after.get(id) ?? place) - place) > STILL);
  if (!isMoved) return false;
  exchange(fresh, old);
  tell(article, CHANGED, { blocks: [] });
  return true;
}

/**
 * Return where all stands that may not move now.
 * @param {HTMLElement} article
 * @returns {Map<string, number>}
 */
function placesOf(article) {
  const names = `.prose [data-start]${isInMargin(article) ? ", .prose .notes:not([data-later]) > .note[id]" : ""}`;
  const places = [...article.querySelectorAll(names)].map((element) => ({ element, box: element.getBoundingClientRect() }));
  const inSight = places.filter(({ box }) => box.bottom > 0 && box.top < window.innerHeight);
  return new Map(inSight.map(({ element, box }) => [element.id, box.top]));
}

/** @returns {boolean} whether notes stand beside the text, in a column of their own */
function isBeside() {
  return document.documentElement.dataset.notes === "margin" && !isNarrow();
}
