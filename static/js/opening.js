// @ts-check
/** Opening what an address leads to: it is brought into sight, put in use, and has the focus. */
import { noteOf } from "./active.js";
import { toast } from "./announce.js";
import { Failure } from "./api.js";
import { elementOf, textOf } from "./articletext.js";
import { fetchNotes } from "./blocks.js";
import { focusOn } from "./focus.js";
import { isNarrow } from "./state.js";
import { ACTIVATE, CHANGED, tell } from "./types.js";
import { word } from "./words.js";

/**
 * Open what `place` names: a highlight ("h12"), its note or a reply ("n12"), a block ("p7").
 * @param {HTMLElement} article
 * @param {string} place
 * @returns {Promise<void>}
 */
export async function openPlace(article, place) {
  const [kind, number] = [place[0], place.slice(1)];
  if (kind === "p") return openBlock(article, Number(number));
  await fetchNoteOf(article, number);
  const named = /** @type {HTMLElement | null} */ (article.querySelector(`#n${number}`));
  const note = /** @type {HTMLElement | null} */ (named?.closest(".note") ?? null);
  const name = `h${note?.id.slice(1) ?? number}`;
  const mark = /** @type {HTMLElement | null} */ (article.querySelector(`#${name}`));
  if (!mark && !note) return tellMissing(article);
  note?.querySelector("details.note-resolved")?.setAttribute("open", "");
  named?.closest("details.replies-rest")?.setAttribute("open", "");
  note?.removeAttribute("hidden"); // among many it may be folded
  // What waits for its place in the margin could not take the focus.
  if (!article.querySelector(".prose[data-placed]")) tell(article, CHANGED);
  tell(article, ACTIVATE, { name });
  if (kind === "n" && note && isNarrow() && note.closest(".prose")) return openInSheet(article, name, named);
  // A note beside the text moves to its words; one below it, or among many, stands where it is.
  const isBeside = named === note && article.querySelector(".prose[data-placed]") !== null;
  const target = kind === "n" && named?.checkVisibility() ? named : mark ?? named;
  (isBeside && mark ? mark : target)?.scrollIntoView({ block: "center", behavior: "instant" });
  const ref = /** @type {HTMLElement | null} */ (article.querySelector(`.ref[href="#${note?.id}"]`));
  const focused = target === named ? target : ref ?? target;
  if (focused) focusOn(focused);
}

/**
 * @param {HTMLElement} article
 * @param {number} number of a block
 * @returns {Promise<void>}
 */
async function openBlock(article, number) {
  const block = textOf(article).blocks.find((candidate) => candidate.number === number);
  if (!block) return tellMissing(article);
  const element = elementOf(article, block);
  // On top, as without this script: who goes on where they left off stands where they stood.
  element.scrollIntoView({ block: "start", behavior: "instant" });
  focusOn(element);
}

/**
 * Fetch the notes of the block whose highlight `number` has its mark on the page and no note.
 * @param {HTMLElement} article
 * @param {string} number
 * @returns {Promise<void>}
 */
async function fetchNoteOf(article, number) {
  if (article.querySelector(`#n${number}`)) return;
  const block = article.querySelector(`#h${number}`)?.closest(".bk");
  const more = /** @type {HTMLAnchorElement | null | undefined} */ (block?.querySelector("a[data-notes-of]"));
  if (!more) return;
  try {
    await fetchNotes(article, more.dataset.notesOf ?? "", more.href);
  } catch (error) {
    // The words are in sight all the same.
    if (!(error instanceof Failure)) throw error;
  }
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 * @param {HTMLElement | null} named the note, or a reply in it
 * @returns {Promise<void>}
 */
async function openInSheet(article, name, named) {
  article.querySelector(`#${name}`)?.scrollIntoView({ block: "start", behavior: "instant" });
  (await import("./sheet.js")).openNotes(article, [name]);
  const copy = article.querySelector(`.sheet [data-annotation="${named?.dataset.annotation}"]`);
  copy?.scrollIntoView({ block: "nearest" });
}

/**
 * Say that what was asked for is not on the page: left out by what limits it, or not there.
 * @param {HTMLElement} article
 * @returns {Promise<void>}
 */
async function tellMissing(article) {
  if (article.querySelector(".limits > *")) (await import("./leftout.js")).tellLeftOut(article);
  else toast(word("not_here"));
}
