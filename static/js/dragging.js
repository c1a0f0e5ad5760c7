// @ts-check
/** Moving a row of a list by its handle, with a mouse, a pen or a finger. */
import { indexAt, put, rowsOf } from "./order.js";

/** @typedef {{row: HTMLElement, from: number, y: number, pageY: number, hasMoved: boolean}} Drag */

/** A press that moves less than this is a click, in pixels. */
const SLACK = 5;
/** So near the edge of the window the page scrolls along, and so far at each step, in pixels. */
const EDGE = 88;
const SCROLL = 12;

/**
 * Let rows of `list` be dragged while `isFree` says so; `drop` hears of each that was put down.
 * @param {HTMLElement} list
 * @param {() => boolean} isFree
 * @param {(row: HTMLElement, from: number) => void} drop
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function followDrag(list, isFree, drop, signal) {
  /** @type {Drag | null} */
  let drag = null;
  const end = () => {
    const was = drag;
    drag = null;
    if (was) letGo(list, was.row);
    return was;
  };

  list.addEventListener("pointerdown", (event) => {
    const grip = /** @type {Element} */ (event.target).closest(".grip");
    if (!grip || event.button !== 0 || !isFree()) return;
    const row = /** @type {HTMLElement} */ (grip.closest("li"));
    drag = { row, from: rowsOf(list).indexOf(row), y: event.clientY, pageY: event.pageY, hasMoved: false };
  }, { signal });

  list.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.hasMoved && Math.abs(event.pageY - drag.pageY) < SLACK) return;
    if (!drag.hasMoved) start(list, drag, event.pointerId, () => drag);
    drag.y = event.clientY;
    show(list, drag);
  }, { signal });

  list.addEventListener("pointerup", () => {
    const was = end();
    if (!was?.hasMoved) return;
    ignoreClick(list);
    put(list, was.row, indexAt(list, was.row, was.y));
    drop(was.row, was.from);
  }, { signal });
  list.addEventListener("pointercancel", end, { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(); }, { signal });
}

/**
 * @param {HTMLElement} list
 * @param {Drag} drag
 * @param {number} pointer
 * @param {() => Drag | null} current
 * @returns {void}
 */
function start(list, drag, pointer, current) {
  drag.hasMoved = true;
  drag.row.dataset.state = "dragged";
  list.setPointerCapture(pointer);
  const follow = () => {
    if (current() !== drag) return;
    if (drag.y < EDGE) window.scrollBy(0, -SCROLL);
    else if (drag.y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL);
    show(list, drag);
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
}

/**
 * Show the row under the pointer, and between which others it would come to stand.
 * @param {HTMLElement} list
 * @param {Drag} drag
 * @returns {void}
 */
function show(list, drag) {
  drag.row.style.translate = `0 ${drag.y + window.scrollY - drag.pageY}px`;
  const others = rowsOf(list).filter((row) => row !== drag.row);
  const index = indexAt(list, drag.row, drag.y);
  for (const [at, row] of others.entries()) {
    const side = at === index ? "before" : at === index - 1 && index === others.length ? "after" : "";
    if (side) row.dataset.drop = side;
    else delete row.dataset.drop;
  }
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @returns {void}
 */
function letGo(list, row) {
  row.style.translate = "";
  row.removeAttribute("data-state");
  for (const other of rowsOf(list)) delete other.dataset.drop;
}

/**
 * The press that ends a drag is no click on what it ends over.
 * @param {HTMLElement} list
 * @returns {void}
 */
function ignoreClick(list) {
  const stop = (/** @type {Event} */ event) => event.stopPropagation();
  list.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => list.removeEventListener("click", stop, { capture: true }), 0);
}
