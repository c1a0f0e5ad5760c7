// @ts-check
/** The page of a collection: its articles put in order by keys or by dragging their handles. */
import { announce, toast } from "./announce.js";
import { Failure, fragment, send } from "./api.js";
import { followDrag } from "./dragging.js";
import { keepCounter, placeOf, put, rowsOf } from "./order.js";
import { walkRows } from "./rows.js";
import { word } from "./words.js";

/** @typedef {{row: HTMLElement, from: number}} Held  A row in hand and the index it came from. */

const { signal } = new AbortController();
const list = /** @type {HTMLElement | null} */ (document.querySelector(".collection-rows"));
if (list) walkRows(list, signal);
if (list?.dataset.moveUrl) offerOrder(list, list.dataset.moveUrl);

/**
 * Let the rows of `list` be moved; the server keeps the order at `url`.
 * @param {HTMLElement} list
 * @param {string} url
 * @returns {void}
 */
function offerOrder(list, url) {
  /** @type {Held | null} */
  let held = null;
  let isMoving = false;

  const save = async (/** @type {Held} */ { row, from }) => {
    if (rowsOf(list).indexOf(row) === from) return stay(list, row);
    list.ariaBusy = "true";
    await keep(list, url, row, from);
    list.ariaBusy = "false";
  };
  const release = () => {
    const was = held;
    held = null;
    was?.row.removeAttribute("data-state");
    was?.row.querySelector(".grip")?.setAttribute("aria-pressed", "false");
    return was;
  };
  const takeBack = () => {
    const was = release();
    if (!was) return;
    put(list, was.row, was.from);
    stay(list, was.row);
  };

  list.addEventListener("click", (event) => {
    const grip = /** @type {Element} */ (event.target).closest(".grip");
    if (!grip || list.ariaBusy === "true") return;
    const was = release();
    if (was) save(was);
    else held = hold(list, grip);
  }, { signal });

  list.addEventListener("keydown", (event) => {
    if (!held) return;
    const to = targetOf(event.key, rowsOf(list), held);
    if (to === null && event.key !== "Escape") return;
    event.preventDefault();
    // Moving a row takes the focus from it, which is not its reader leaving it.
    isMoving = true;
    const { row } = held;
    if (to === null) takeBack();
    else lift(list, row, to);
    focusGrip(row);
    isMoving = false;
  }, { signal });
  list.addEventListener("focusout", () => { if (!isMoving) takeBack(); }, { signal });

  followDrag(list, () => list.ariaBusy !== "true" && !held, (row, from) => save({ row, from }), signal);
}

/**
 * Take the row of `grip` in hand, and say so.
 * @param {HTMLElement} list
 * @param {Element} grip
 * @returns {Held}
 */
function hold(list, grip) {
  const row = /** @type {HTMLElement} */ (grip.closest("li"));
  row.dataset.state = "held";
  grip.setAttribute("aria-pressed", "true");
  announce(word("held", { title: row.dataset.title ?? "", place: placeOf(list, row), count: list.dataset.count ?? "" }));
  return { row, from: rowsOf(list).indexOf(row) };
}

/**
 * Return the index that `key` moves the held row to, or null for other keys.
 * @param {string} key
 * @param {HTMLElement[]} rows
 * @param {Held} held
 * @returns {number | null}
 */
function targetOf(key, rows, { row }) {
  const at = rows.indexOf(row);
  const last = rows.length - 1;
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "ArrowDown") return Math.min(last, at + 1);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {number} index
 * @returns {void}
 */
function lift(list, row, index) {
  put(list, row, index);
  announce(word("at_place", { place: placeOf(list, row), count: list.dataset.count ?? "" }));
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @returns {void}
 */
function stay(list, row) {
  announce(word("left", { title: row.dataset.title ?? "", place: placeOf(list, row) }));
}

/**
 * @param {HTMLElement} row
 * @returns {void}
 */
function focusGrip(row) {
  const grip = /** @type {HTMLElement | null} */ (row.querySelector(".grip"));
  grip?.focus();
  row.scrollIntoView({ block: "nearest" });
}

/**
 * Let the server keep where `row` stands; when it refuses, show what it has.
 * @param {HTMLElement} list
 * @param {string} url
 * @param {HTMLElement} row
 * @param {number} from
 * @returns {Promise<void>}
 */
async function keep(list, url, row, from) {
  const fields = { article: row.dataset.article ?? "", to: String(placeOf(list, row)), counter: list.dataset.counter ?? "" };
  try {
    const answer = await send(url, fields);
    list.dataset.counter = String(answer.counter);
    keepCounter(answer.counter ?? 0);
    announce(answer.message);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    put(list, row, from);
    toast(error.message);
    if (error.code !== "stale") return;
    const had = list.contains(document.activeElement) ? row.id : "";
    await showStored(list).catch(() => undefined);
    const again = had ? document.getElementById(had) : null;
    if (again) focusGrip(again);
  }
}

/**
 * Show the order as it is stored now.
 * @param {HTMLElement} list
 * @returns {Promise<void>}
 */
async function showStored(list) {
  const page = await fragment(location.href);
  const fresh = /** @type {HTMLElement | null} */ (page.querySelector(".collection-rows"));
  if (!fresh) return;
  list.dataset.counter = fresh.dataset.counter ?? "";
  list.dataset.count = fresh.dataset.count ?? "";
  list.replaceChildren(...fresh.children);
}
