// @ts-check
/** What is being written beside an article and is not saved: kept in this tab until it is. */
import { ofReader, tab } from "./memory.js";

/** @import { Passage } from "./types.js" */

/**
 * @typedef {object} Kept  Something being written.
 * @property {"note" | "reply" | "edit"} kind
 * @property {string} text
 * @property {string} id         the id it is stored under, the same however often it is sent
 * @property {string} url        where it is sent; "" for a note on fresh words
 * @property {string} annotation what is answered or changed; "" for a note on fresh words
 * @property {string} counter    the state that is changed, as it was seen
 * @property {Passage | null} passage the fresh words
 * @property {string} version    of the text that these were chosen in
 * @property {string} [audience]
 */

/** Before the article's name, under which all that is kept for it stands. */
const UNSAVED = "postil:unsaved:";

/**
 * @param {HTMLElement} article
 * @returns {Record<string, Kept>} by what tells one from another
 */
export function keptIn(article) {
  return JSON.parse(tab.recall(nameOf(article)) ?? "{}");
}

/**
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Kept} kept
 * @returns {void}
 */
export function keep(article, key, kept) {
  tab.keep(nameOf(article), JSON.stringify({ ...keptIn(article), [key]: kept }));
}

/**
 * @param {HTMLElement} article
 * @param {string} key
 * @returns {void}
 */
export function forget(article, key) {
  const { [key]: gone, ...rest } = keptIn(article);
  if (!gone) return;
  if (Object.keys(rest).length > 0) tab.keep(nameOf(article), JSON.stringify(rest));
  else tab.forget(nameOf(article));
}

/**
 * @param {HTMLElement} article
 * @returns {string}
 */
function nameOf(article) {
  return ofReader(UNSAVED + article.dataset.article);
}
