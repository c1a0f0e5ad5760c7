// @ts-check
/** The passages of a claim by keys: j and k go, others change what the one in focus says of it. */
import { announce, toast } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { saveNext } from "./codingform.js";
import { offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

/** What changes with the stance of a passage: the time line and the counts of the columns. */
const COUNTED = [".claim-line", ".stance-tabs", ...["supports", "disputes", "context"].map((stance) => `#${stance}-heading`)];

const { signal } = new AbortController();
/** Keys pressed fast one after the other are done one after the other, each on what is stored. */
let last = Promise.resolve();
let counting = new AbortController();

const columns = /** @type {HTMLElement | null} */ (document.querySelector(".stance-columns"));
if (columns) {
  offerShortcuts([
    { name: "next-passage", run: () => step(columns, 1) },
    { name: "previous-passage", run: () => step(columns, -1) },
    ...["stance", "voice", "mode", "confidence"].map((what) => ({ name: `passage-${what}`, run: () => change(columns, what) })),
  ], signal);
}

/**
 * @param {HTMLElement} columns
 * @returns {HTMLElement[]} the rows in sight, in their order: on a phone one column at a time may be
 */
function rowsOf(columns) {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (columns.querySelectorAll(".passage"));
  return [...rows].filter((row) => row.checkVisibility());
}

/**
 * @param {HTMLElement} columns
 * @returns {HTMLElement | undefined}
 */
function rowInFocus(columns) {
  return rowsOf(columns).find((row) => row.contains(document.activeElement));
}

/**
 * Put the focus on the next row; without one in focus, on the first.
 * @param {HTMLElement} columns
 * @param {1 | -1} by
 * @returns {void}
 */
function step(columns, by) {
  const rows = rowsOf(columns);
  const here = rows.indexOf(/** @type {HTMLElement} */ (rowInFocus(columns)));
  const at = here < 0 ? 0 : here + by;
  const row = rows[at];
  if (!row) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  announce(word("passage_place", { at: at + 1, count: rows.length, words: saidIn(row) }));
}

/**
 * @param {HTMLElement} row
 * @returns {string}
 */
function saidIn(row) {
  const quote = row.querySelector("blockquote")?.textContent ?? "";
  return quote.trim().replace(/\s+/g, " ");
}

/**
 * Give `what` of the passage in focus its next value, when it is the reader's own.
 * @param {HTMLElement} columns
 * @param {string} what
 * @returns {void}
 */
function change(columns, what) {
  const row = rowInFocus(columns);
  if (!row) return toast(word("passage_first"));
  const address = /** @type {HTMLAnchorElement | null} */ (row.querySelector("a.passage-edit"))?.href;
  if (!address) return toast(word("passage_not_yours"));
  last = last.then(() => save(row, address, what)).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  });
}

/**
 * Save and draw the row anew. It stays where it is until the page is loaded again, so that the
 * next key finds it; where that is another column now, it says its stance. Raises Failure.
 * @param {HTMLElement} row
 * @param {string} address
 * @param {string} what
 * @returns {Promise<void>}
 */
async function save(row, address, what) {
  const saved = await saveNext(address, what);
  if (!saved) return;
  announce(saved.said);
  const fresh = (await fragment(address)).querySelector("main .passage");
  if (!fresh) return;
  const sign = fresh.querySelector(".passage-stance");
  if (sign?.getAttribute("data-stance") === row.closest(".stance-column")?.id) sign?.remove();
  row.tabIndex = -1;
  const held = row.contains(document.activeElement);
  row.replaceChildren(...fresh.childNodes);
  if (held) row.focus({ preventScroll: true });
  if (what === "stance") await countAnew();
}

/**
 * Show how many passages each column has now. Raises Failure.
 * @returns {Promise<void>}
 */
async function countAnew() {
  counting.abort();
  counting = new AbortController();
  const { signal: current } = counting;
  const page = await fragment(location.href, current).catch((error) => {
    if (error instanceof DOMException) return null;
    throw error;
  });
  for (const selector of page ? COUNTED : []) {
    const fresh = page?.querySelector(selector);
    const old = document.querySelector(selector);
    if (fresh && old && !old.contains(document.activeElement)) old.replaceChildren(...fresh.childNodes);
  }
}
