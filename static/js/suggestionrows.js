// @ts-check
/** The rows of the inbox of suggestions: which one is in focus, which are chosen. */
import { word } from "./words.js";

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement[]}
 */
export function rowsOf(form) {
  return /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-suggestion]")]);
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement | undefined} the row that the focus is in
 */
function rowInFocus(form) {
  return rowsOf(form).find((row) => row.contains(document.activeElement));
}

/**
 * Put the focus on the first link of `row`.
 * @param {HTMLElement | undefined} row
 * @returns {void}
 */
export function focusOn(row) {
  const title = /** @type {HTMLElement | null | undefined} */ (row?.querySelector("h2 a"));
  title?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {HTMLFormElement} form
 * @param {1 | -1} by
 * @returns {void}
 */
export function step(form, by) {
  const rows = rowsOf(form);
  const here = rows.indexOf(/** @type {HTMLElement} */ (rowInFocus(form)));
  focusOn(rows[here < 0 ? 0 : here + by]);
}

/**
 * @param {HTMLFormElement} form
 * @returns {void}
 */
export function choose(form) {
  /** @type {HTMLElement | null | undefined} */ (rowInFocus(form)?.querySelector("[name=chosen]"))?.click();
}

/**
 * @param {HTMLFormElement} form
 * @returns {string[]}
 */
export function chosen(form) {
  return /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=chosen]:checked")]).map((box) => box.value);
}

/**
 * Return what a key is about: those that are chosen, else the one in focus.
 * @param {HTMLFormElement} form
 * @returns {string[]}
 */
export function meant(form) {
  const all = chosen(form);
  const here = rowInFocus(form)?.dataset.suggestion;
  return all.length || !here ? all : [here];
}

/**
 * Return where the merge that a suggestion proposes is looked at, null when it proposes none.
 * @param {HTMLFormElement} form
 * @param {string | undefined} id
 * @returns {HTMLAnchorElement | null}
 */
export function mergeOf(form, id) {
  const row = rowsOf(form).find((one) => one.dataset.suggestion === id);
  return /** @type {HTMLAnchorElement | null} */ (row?.querySelector("a[data-merge]") ?? null);
}

/**
 * @param {HTMLFormElement} form
 * @returns {void}
 */
export function tell(form) {
  const count = chosen(form).length;
  const text = form.querySelector(".chosen-count");
  if (text) text.textContent = count ? word("suggestions_chosen", { count }) : word("suggestions_none");
}
