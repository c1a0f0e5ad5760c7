// @ts-check
/** Where the form of a composer stands, and how what is written in it is saved. */
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { blocksOf, notesOf } from "./blocks.js";
import { offerReaders } from "./naming.js";
import { createHighlight, showFailure, showSaved } from "./saving.js";
import { passageOfHighlight } from "./selection.js";
import { isNarrow } from "./state.js";
import { CHANGED, tell } from "./types.js";

/** @import { Kept } from "./kept.js" */
/** @import { Answer, Fields } from "./types.js" */

/** A screen that a keyboard leaves only a strip of, as a phone on its side. */
const LOW = matchMedia("(max-height: 30rem) and (pointer: coarse)");

/**
 * Return what the form for `kept` is put into: the note that it is about or the notes beside the
 * words; the foot of the article when neither is on the page any more.
 * @param {HTMLElement} article
 * @param {Kept} kept
 * @returns {Element}
 */
export function homeOf(article, { passage, annotation }) {
  const note = annotation && article.querySelector(`[data-annotation="${CSS.escape(annotation)}"]`);
  const number = passage?.blocks[0];
  const beside = article.querySelector(`#bk${number}`) && notesOf(article, number);
  return (note && note.querySelector(":scope > .reply-text")) || note || beside || article.querySelector(".after-text") || article;
}

/**
 * Put `form` where it belongs: into the margin, or on a narrow or low screen into the sheet.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Kept} kept
 * @param {() => void} close what puts it away
 * @returns {Promise<void>}
 */
export async function put(article, form, kept, close) {
  const { passage } = kept;
  const home = homeOf(article, kept);
  const isHere = kept.version === article.dataset.version;
  if (passage && isHere) Object.assign(form.dataset, { from: passage.start, to: passage.end });
  // Inside a note it is a part of that note, not one of its own.
  if (home.closest(".note")) form.className = "composer";
  if (!isNarrow() && !LOW.matches) {
    home.append(form);
    // By what it says, what is shown of it and how far it is dragged it grows: those below make room.
    return new ResizeObserver(() => tell(article, CHANGED)).observe(form);
  }
  const sheet = (await import("./sheet.js")).openSheet(article, passage?.exact ?? wordsAbout(article, home), form);
  sheet.addEventListener("close", close, { once: true });
}

/**
 * @param {HTMLElement} article
 * @param {Element} home in a note, or elsewhere
 * @returns {string} the words that the note is about; none where there are none
 */
function wordsAbout(article, home) {
  const note = home.closest(".note[id]");
  return (note && passageOfHighlight(article, `h${note.id.slice(1)}`)?.exact) ?? "";
}

/**
 * Store what is written in `form` and show it. Raises Failure.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Kept} kept
 * @returns {Promise<void>}
 */
export async function save(article, form, kept) {
  const { kind, id, url, passage, version } = kept;
  const fields = /** @type {Fields} */ (Object.fromEntries(new FormData(form)));
  if (passage) return warn(await createHighlight(article, passage, { ...fields, version }, id));
  const counter = form.dataset.counter ?? kept.counter;
  const sent = kind === "edit" ? { audience: kept.audience ?? "", ...fields, counter } : { ...fields, client_id: id };
  const answer = await send(url, sent);
  await showSaved(article, answer, blocksOf(homeOf(article, kept)));
  warn(answer);
}

/**
 * Say what is stored otherwise than its writer may think.
 * @param {Answer} answer
 * @returns {void}
 */
function warn({ warning }) {
  if (warning) toast(warning);
}

/**
 * Offer in `form` the readers who will see what is written there.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Kept} kept
 * @returns {void}
 */
export function nameReaders(article, form, { annotation }) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  offerReaders(field, (typed) => {
    const { audience } = /** @type {Fields} */ (Object.fromEntries(new FormData(form)));
    const asked = { annotation, article: article.dataset.article ?? "", audience: audience ?? "", q: typed };
    return `${form.dataset.namesUrl}?${new URLSearchParams(asked)}`;
  });
}

/**
 * Say in `form` why it was not saved; what is stored meanwhile is shown, and may be replaced.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {Kept} kept
 * @param {unknown} error
 * @returns {void}
 */
export function tellWhy(article, form, kept, error) {
  showFailure(/** @type {HTMLElement} */ (form.querySelector("[data-reason]")), error, article, kept.passage);
  if (!(error instanceof Failure) || error.code !== "stale" || !error.current) return;
  form.dataset.counter = String(error.current.counter);
  showStored(form, String(error.current.note));
}

/**
 * Show in `form` what is stored now, in whose place its words will be.
 * @param {HTMLElement} form
 * @param {string} words
 * @returns {void}
 */
export function showStored(form, words) {
  const line = /** @type {HTMLElement} */ (form.querySelector("[data-stored]"));
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  line.hidden = false;
  /** @type {HTMLElement} */ (line.querySelector("[data-words]")).textContent = words;
  const both = /** @type {HTMLButtonElement} */ (line.querySelector("[data-both]"));
  both.onclick = () => {
    field.value = `${words}\n\n${field.value}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
}
