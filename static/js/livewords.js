// @ts-check
/** What others did, said to a screen reader: politely, in one sentence, not too often. */
import { announce } from "./announce.js";
import { word } from "./words.js";

/** @import { Change } from "./types.js" */

/** No more often than this something is said, in milliseconds. */
const REST = 10_000;
/** As many readers are named. */
const NAMES = 3;

/** @type {WeakSet<Change>} */
const told = new WeakSet();
/** @type {{name: string, kind: string}[]} */
let waiting = [];
let timer = 0;

/**
 * Say what `changes` have added to `article`, together with what others add in the next seconds.
 * @param {HTMLElement} article
 * @param {Change[]} changes each of which is told once
 * @returns {void}
 */
export function announceChanges(article, changes) {
  for (const change of changes) {
    if (told.has(change) || change.is_own || change.what !== "new" || !change.actor) continue;
    told.add(change);
    waiting.push({ name: nameOf(article, change), kind: change.kind });
  }
  if (waiting.length > 0 && !timer) say(article);
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function say(article) {
  timer = 0;
  if (waiting.length === 0) return;
  announce(sentenceOf(waiting, article.querySelector("h1")?.textContent?.trim() ?? ""));
  waiting = [];
  timer = setTimeout(() => say(article), REST);
}

/**
 * @param {{name: string, kind: string}[]} additions at least one
 * @param {string} title of the article
 * @returns {string}
 */
function sentenceOf(additions, title) {
  const names = [...new Set(additions.map(({ name }) => name))];
  const readers = names.length > NAMES ? word("live_readers", { count: names.length }) : new Intl.ListFormat(document.documentElement.lang).format(names);
  const [first] = additions;
  if (additions.length === 1 && first) return word(`live_${first.kind}`, { reader: first.name, article: title });
  return word("live_several", { count: additions.length, readers, article: title });
}

/**
 * Return how the reader is called in the margin, where they stand there.
 * @param {HTMLElement} article
 * @param {Change} change
 * @returns {string}
 */
function nameOf(article, { number, actor }) {
  const note = number === null ? null : article.querySelector(`#n${number}`);
  return note?.querySelector(".note-head b, .reply-text > b")?.textContent ?? actor ?? "";
}
