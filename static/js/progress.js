// @ts-check
/**
 * How far the reader comes in the text: told to the server now and then, and as they leave.
 *
 * A block is seen once its end, or half a screen of it, stood in sight for a time that grows with
 * its length. Where they left off is told only after they scrolled: to open the page again, or by
 * a link to a passage, must not lose the place.
 */
import { toast } from "./announce.js";
import { Failure, csrfToken, send } from "./api.js";

/** How often it is looked at what is in sight, in milliseconds. */
const BEAT = 1_000;
/** Scrolling as the page opens is the browser's own, in milliseconds. */
const OPENING = 1_000;
/** No more often than this a place is told, in milliseconds; the first time sooner. */
const PAUSE = 15_000;
const FIRST_PAUSE = 4_000;
/** Three times as fast as one reads; longer blocks need no more beats than MOST_BEATS. */
const CHARACTERS_A_BEAT = 70;
const MOST_BEATS = 5;
/** What a link to a block puts on top begins a little below this, in pixels; what ends above is over. */
const TOP = 150;

/** @typedef {{seen: number[], place: number | null}} News */
/** @typedef {{isUnread: boolean, sending: Promise<void>}} Following  What was said, what is on its way. */

/**
 * Tell how far the reader of `article` comes, until they say that it is unread.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function followReading(article) {
  /** @type {Following} */
  const following = { isUnread: false, sending: Promise.resolve() };
  const reading = watchReading(article);
  let due = performance.now() + FIRST_PAUSE;
  const tell = () => {
    const news = following.isUnread ? null : reading.news();
    if (!news) return;
    due = performance.now() + PAUSE;
    following.sending = post(article, news).then((answer) => {
      if (!answer) reading.keep(news);
      else if (answer.is_read && !following.isUnread) showRead(article, true);
    });
  };
  setInterval(() => {
    if (following.isUnread || document.visibilityState !== "visible") return;
    reading.look();
    if (performance.now() >= due) tell();
  }, BEAT);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
  window.addEventListener("pagehide", tell);
  article.querySelector("form.mark-read")?.addEventListener("submit", (event) => {
    const { submitter, target } = /** @type {SubmitEvent} */ (event);
    const state = submitter?.getAttribute("value");
    if (!state) return;
    event.preventDefault();
    mark(article, /** @type {HTMLFormElement} */ (target).action, state, following);
  });
}

/**
 * Watch what the reader sees of `article`.
 * @param {HTMLElement} article
 * @returns {{look: () => void, news: () => News | null, keep: (news: News) => void}} `news` gives what
 * was not told yet, `keep` takes back what did not arrive
 */
function watchReading(article) {
  const opened = performance.now();
  /** @type {Map<number, number>} */
  const beats = new Map();
  /** @type {Set<number>} */
  const untold = new Set();
  /** @type {number | null} */
  let place = null;
  /** @type {number | null} */
  let placeTold = null;
  let hasMoved = false;
  window.addEventListener("scroll", () => { hasMoved ||= performance.now() - opened > OPENING; }, { passive: true });

  return {
    look: () => {
      const shown = blocksInSight(article);
      for (const { number, length, isEnough } of shown) {
        if (!isEnough) continue;
        const count = (beats.get(number) ?? 0) + 1;
        beats.set(number, count);
        if (count === Math.min(Math.ceil(length / CHARACTERS_A_BEAT), MOST_BEATS)) untold.add(number);
      }
      if (hasMoved) place = shown[0]?.number ?? place;
    },
    news: () => {
      if (untold.size === 0 && place === placeTold) return null;
      const news = { seen: [...untold], place };
      untold.clear();
      placeTold = place;
      return news;
    },
    keep: (news) => {
      for (const number of news.seen) untold.add(number);
      placeTold = null;
    },
  };
}

/**
 * Return the blocks in sight, the first one first; `isEnough` says whether one can be read so.
 * @param {HTMLElement} article
 * @returns {{number: number, length: number, isEnough: boolean}[]}
 */
function blocksInSight(article) {
  const blocks = [...article.querySelectorAll("[data-start]")];
  let first = 0;
  for (let end = blocks.length; first < end;) {
    const middle = (first + end) >> 1;
    if ((blocks[middle]?.getBoundingClientRect().bottom ?? 0) > TOP) end = middle;
    else first = middle + 1;
  }
  const shown = [];
  for (const block of blocks.slice(first)) {
    const { top, bottom } = block.getBoundingClientRect();
    if (top >= window.innerHeight) break;
    const inSight = Math.min(bottom, window.innerHeight) - Math.max(top, TOP);
    const isEnough = bottom <= window.innerHeight || inSight * 2 >= window.innerHeight - TOP;
    shown.push({ number: Number(block.id.slice(1)), length: block.textContent?.length ?? 0, isEnough });
  }
  return shown;
}

/**
 * Send `news`; also as the page goes. Nobody is told when it fails: the next time tells it too.
 * @param {HTMLElement} article
 * @param {News} news
 * @returns {Promise<{is_read?: boolean} | null>} null when it did not arrive
 */
async function post(article, { seen, place }) {
  const { version = "", readingUrl = "" } = article.dataset;
  const fields = { version, seen: seen.join(","), ...(place !== null && { place: String(place) }) };
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  try {
    const answer = await fetch(readingUrl, { method: "POST", keepalive: true, headers, body: new URLSearchParams(fields) });
    // Too often, or with an old token: refused for now, not for good.
    if (answer.status >= 500 || [403, 429].includes(answer.status)) return null;
    return answer.ok ? await answer.json() : {};
  } catch {
    return null;
  }
}

/**
 * Keep that the article is read or unread, and offer to undo it.
 * @param {HTMLElement} article
 * @param {string} url
 * @param {string} state "read" or "unread"
 * @param {Following} following which rests while the article is unread
 * @returns {Promise<void>}
 */
async function mark(article, url, state, following) {
  const isRead = state === "read";
  const before = following.isUnread;
  following.isUnread = !isRead;
  // News that came after it would make it begun again.
  await following.sending;
  const answer = await send(url, { state }).catch(tellFailure);
  if (!answer) return void (following.isUnread = before);
  showRead(article, isRead);
  const { restore_url: undo, message } = answer;
  toast(message, undo ? async () => {
    const undone = await send(undo, {}).catch(tellFailure);
    if (!undone) return;
    following.isUnread = before;
    showRead(article, !isRead);
  } : undefined);
}

/**
 * @param {unknown} error
 * @returns {void}
 */
function tellFailure(error) {
  if (!(error instanceof Failure)) throw error;
  toast(error.message);
}

/**
 * Show at the end of the text whether it is read; what has the focus passes it on.
 * @param {HTMLElement} article
 * @param {boolean} isRead
 * @returns {void}
 */
function showRead(article, isRead) {
  const form = article.querySelector("form.mark-read");
  const had = form?.contains(document.activeElement);
  for (const part of form?.querySelectorAll("[data-read]") ?? []) part.toggleAttribute("hidden", !isRead);
  for (const button of form?.querySelectorAll("button") ?? []) {
    button.hidden = button.value !== (isRead ? "unread" : "read");
    if (had && !button.hidden) button.focus();
  }
}
