// @ts-check
/** Lists of articles by keys: j and k go from row to row, x chooses the one in focus. */
import { offerShortcuts } from "./shortcuts.js";

/**
 * Offer the keys for the rows of `list` until `signal`. Enter opens, for the focus is on a link.
 * @param {HTMLElement} list
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function walkRows(list, signal) {
  offerShortcuts([
    { name: "next-row", run: () => step(list, 1) },
    { name: "previous-row", run: () => step(list, -1) },
  ], signal);
}

/**
 * Return the row that the focus is in, or null.
 * @param {HTMLElement} list
 * @returns {Element | null}
 */
export function rowInFocus(list) {
  return [...list.children].find((row) => row.contains(document.activeElement)) ?? null;
}

/**
 * Put the focus on the title of the next row; without one in focus, of the first.
 * @param {HTMLElement} list
 * @param {1 | -1} by
 * @returns {void}
 */
function step(list, by) {
  const rows = [...list.children];
  const here = rows.findIndex((row) => row === rowInFocus(list));
  const next = rows[here < 0 ? 0 : here + by];
  const title = /** @type {HTMLElement | null | undefined} */ (next?.querySelector("h2 a"));
  title?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
