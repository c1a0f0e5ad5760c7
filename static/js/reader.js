// @ts-check
/** The reading page: puts its widgets to work on the article. */
import { offerActions } from "./actions.js";
import { followHighlights, namesOn, highlightAt } from "./active.js";
import { toast } from "./announce.js";
import { Failure } from "./api.js";
import { fetchNotes, redraw } from "./blocks.js";
import { keptIn } from "./kept.js";
import { alignNotes } from "./margin.js";
import { CODEBOOK, device, ofReader, STICKY, tab } from "./memory.js";
import { showPassageAsked } from "./places.js";
import { offerBar } from "./selectionbar.js";
import { offerShortcuts } from "./shortcuts.js";
import { isNarrow, whenIdle } from "./state.js";
import { followThreads } from "./threads.js";
import { ACT, REDRAW, tell } from "./types.js";
import { walkHighlights } from "./walking.js";
import { watchSelection } from "./watching.js";

/** @import { Action } from "./types.js" */

/** Shortcuts that ask for the action of the same name. @type {Action[]} */
const ASKED = [
  "highlight", "note", "claim", "link", "copy", "quote", "everywhere", "words", "reply", "edit", "delete", "compare",
  "stance", "voice", "mode", "confidence", "again", "sticky", "all-claims", "codebook",
];

/** @type {typeof import("./caret.js") | undefined} */
let caret;

const article = document.getElementById("text");
if (article) read(article);

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function read(article) {
  const { signal } = new AbortController();
  offerActions(article, signal);
  followHighlights(article, signal);
  followThreads(article, signal);
  offerBar(article, signal);
  watchSelection(article, signal);
  alignNotes(article, signal);
  whenIdle(() => import("./density.js").then((density) => density.drawDensity(article, signal)));
  whenIdle(() => import("./addresses.js").then((addresses) => addresses.listAddresses(article, signal)));
  const { step } = walkHighlights(article, signal);
  const ask = (/** @type {Action} */ action) => () => tell(article, ACT, { action });
  offerShortcuts([
    { name: "next", run: () => step(1) },
    { name: "previous", run: () => step(-1) },
    { name: "next-same", run: () => step(1, true) },
    { name: "previous-same", run: () => step(-1, true) },
    { name: "choose", run: () => chooseByKeys(article) },
    ...ASKED.map((name) => ({ name, run: ask(name) })),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({ name: `claim-${number}`, run: ask(`claim-${number}`) })),
    { name: "notes", run: async () => (await import("./notesmode.js")).nextMode() },
  ], signal);
  article.addEventListener("click", (event) => onClick(article, event), { signal });
  article.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!("attach" in form.dataset)) return;
    event.preventDefault();
    (await import("./attaching.js")).attachToGuess(article, form);
  }, { signal });
  document.addEventListener(REDRAW, () => redraw(article).catch((error) => toast(error.message)), { signal });
  window.addEventListener("hashchange", () => followAddress(article, false), { signal });
  followAddress(article, true);
  // Choosing words for a highlight may be what the page was opened for.
  const lost = /** @type {HTMLAnchorElement | null} */ (article.querySelector("a[data-attach-now]"));
  if (lost) import("./attaching.js").then((attaching) => attaching.chooseWords(article, lost));
  if (tab.recall(ofReader(STICKY))) import("./sticky.js").then((sticky) => sticky.showSticky(article));
  if (device.recall(ofReader(CODEBOOK))) import("./codebook.js").then((codebook) => codebook.openCodebook(article, null));
  if (Object.keys(keptIn(article)).length > 0) import("./composer.js").then((composer) => composer.offerUnsaved(article));
}

/**
 * Open what the address leads to: a passage, or a place that the page names.
 * @param {HTMLElement} article
 * @param {boolean} isOpening whether the page has just come, with all that its address asks for
 * @returns {Promise<void>}
 */
async function followAddress(article, isOpening) {
  if (showPassageAsked(article, isOpening)) return;
  const place = /^#([hnp]\d+)$/.exec(location.hash)?.[1];
  if (place) (await import("./opening.js")).openPlace(article, place);
}

/**
 * Start choosing words by keys; once that is loaded, at the very key.
 * @param {HTMLElement} article
 * @returns {Promise<void>}
 */
async function chooseByKeys(article) {
  caret ??= await import("./caret.js");
  caret.chooseByKeys(article);
}

/**
 * Open notes that are not on the page yet and, on a narrow screen, the sheet.
 * @param {HTMLElement} article
 * @param {MouseEvent} event
 * @returns {Promise<void>}
 */
async function onClick(article, event) {
  const target = /** @type {Element} */ (event.target);
  const way = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-attach-to], a[data-codebook]"));
  if (way && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if ("codebook" in way.dataset) tell(article, ACT, { action: "codebook" });
    else (await import("./attaching.js")).chooseWords(article, way);
    return;
  }
  const more = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-notes-of]"));
  const names = isNarrow() ? namesAt(article, target) : [];
  if (!more && names.length === 0) return;
  event.preventDefault();
  try {
    if (more) await fetchNotes(article, more.dataset.notesOf ?? "", more.href);
    else (await import("./sheet.js")).openNotes(article, names);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}

/**
 * Return the highlights that a tap on `target` asks for.
 * @param {HTMLElement} article
 * @param {Element} target
 * @returns {string[]}
 */
function namesAt(article, target) {
  const mark = /** @type {HTMLElement | null} */ (target.closest("mark[data-h]"));
  if (mark) return document.getSelection()?.isCollapsed === false || target.closest("a") ? [] : namesOn(article, mark);
  const notes = target.closest(".pill")?.closest(".bk")?.querySelectorAll(".note") ?? [];
  return [...notes].map((note) => highlightAt(note)).filter((name) => name !== null);
}
