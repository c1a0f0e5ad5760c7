// @ts-check
/** The table of claims: arrow keys walk its cells, and a cell opens its passages beside it. */
import { announce } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { walkByKeys } from "./gridkeys.js";

const { signal } = new AbortController();
const table = /** @type {HTMLTableElement | null} */ (document.querySelector("table.matrix"));
const body = /** @type {HTMLElement | null} */ (document.querySelector(".matrix-body"));
const panel = /** @type {HTMLElement | null} */ (document.querySelector(".matrix-panel"));

/** Asked for last: what comes late from one that was asked for before is left. */
let asked = new AbortController();

if (table && body && panel) {
  const shown = new URLSearchParams(location.search);
  walkByKeys(table, cellAt(shown), signal);
  table.addEventListener("keydown", (event) => { if (event.key === "Escape") close(event); }, { signal });
  table.addEventListener("click", (event) => { if (isPlain(event)) open(event); }, { signal });
  panel.addEventListener("click", (event) => { if (isPlain(event)) close(event); }, { signal });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(event); }, { signal });
  addEventListener("popstate", () => show(location.href), { signal });
  mark(cellAt(shown));
}

/**
 * @param {MouseEvent} event
 * @returns {boolean} whether it opens a link in this tab
 */
function isPlain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

/**
 * @param {MouseEvent} event
 */
function open(event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("td a");
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const address = link.href.split("#")[0] ?? "";
  history.pushState(null, "", address);
  show(address, true);
}

/**
 * @param {Event} event
 */
function close(event) {
  const link = panel?.querySelector("[data-close]");
  if (!(link instanceof HTMLAnchorElement) || !body?.hasAttribute("data-open")) return;
  if (event.type === "click" && !(/** @type {HTMLElement} */ (event.target).closest("[data-close]"))) return;
  event.preventDefault();
  const from = cellAt(new URLSearchParams(location.search));
  history.pushState(null, "", link.href);
  show(link.href);
  from?.focus();
}

/**
 * Show beside the table the cell that `address` names, or none.
 * @param {string} address
 * @param {boolean} [takesFocus]
 * @returns {Promise<void>}
 */
async function show(address, takesFocus = false) {
  const { searchParams, search } = new URL(address);
  asked.abort();
  asked = new AbortController();
  mark(cellAt(searchParams));
  if (!searchParams.get("row")) {
    body?.removeAttribute("data-open");
    panel?.replaceChildren();
    return;
  }
  try {
    const passages = await fragment(`${table?.dataset.cell}${search}`, asked.signal);
    panel?.replaceChildren(passages);
    body?.setAttribute("data-open", "");
    if (takesFocus) /** @type {HTMLElement | null | undefined} */ (panel?.querySelector("#cell"))?.focus({ preventScroll: true });
  } catch (failure) {
    if (failure instanceof Failure) announce(failure.message);
    else if (!(failure instanceof DOMException)) throw failure;
  }
}

/**
 * @param {URLSearchParams} fields
 * @returns {HTMLElement | null} the link of the cell that an address names
 */
function cellAt(fields) {
  const row = fields.get("row");
  const at = fields.get("at");
  if (!row || !at) return null;
  return table?.querySelector(`td a[href*="row=${CSS.escape(row)}&at=${CSS.escape(at)}#"]`) ?? null;
}

/**
 * @param {HTMLElement | null} link
 */
function mark(link) {
  table?.querySelector("td a[aria-current]")?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
}
