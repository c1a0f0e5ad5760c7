// @ts-check
/** Live updates: what others do appears on the page that is open. */
import { fragment } from "./api.js";
import { followChanges } from "./livechanges.js";
import { showReaders } from "./livereaders.js";
import { shareStream } from "./livetabs.js";
import { tellPaused } from "./livebar.js";

/** @import { News } from "./livesource.js" */

// As on the pages that the server draws: more are so many and more.
const MOST_SHOWN = 99;
const { live = "" } = document.body.dataset;
const article = document.getElementById("text");
const { articleId = "", position = "" } = article?.dataset ?? {};
const changes = article && articleId ? followChanges(article) : null;

/** @type {Record<string, (data: any) => void>} */
const ACTS = {
  changed: (change) => { if (change.article === articleId) changes?.take(change); },
  here: ({ article: about, readers }) => {
    if (about !== articleId) return;
    changes?.count(readers.length);
    showReaders(readers);
  },
  unread: ({ count }) => showUnread(count),
  lost: () => changes?.drawAnew(),
  ended: () => { showReaders([]); tellPaused(false); },
};

/** The words that live updates are told in; without them there are none. */
const words = await fragment(`${live}words/`).catch(() => null);
if (words) {
  document.body.append(words);
  const place = { articles: articleId ? [articleId] : [], position };
  shareStream(live, place, ({ kind, data }) => ACTS[kind]?.(data), (isOpen) => tellPaused(!isOpen));
}

/**
 * Show at the bell how many notifications wait.
 * @param {number} count
 * @returns {void}
 */
function showUnread(count) {
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count || "");
  for (const bell of document.querySelectorAll("[data-unread]")) bell.textContent = shown;
}
