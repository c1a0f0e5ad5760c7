// @ts-check
/** One connection to the stream of news, which comes back by itself where it left off. */

/**
 * @typedef {object} News  One message of the stream.
 * @property {string} kind one of KINDS
 * @property {any} data
 * @property {string} position where to go on after it
 */

/** @typedef {{address: string, articles: string[], from: string}} Wanted */

const KINDS = ["changed", "here", "unread", "lost", "ended"];
/** How long until a connection that was refused is tried again, in milliseconds: twice as long each time, and no longer. */
const PAUSE = 3_000;
const LONGEST_PAUSE = 60_000;

/**
 * Open the stream for `wanted` until `signal`.
 * @param {Wanted} wanted
 * @param {(news: News) => void} hear
 * @param {(isOpen: boolean) => void} tellState
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function openSource(wanted, hear, tellState, signal) {
  let position = wanted.from;
  let pause = PAUSE;
  const end = () => hear({ kind: "ended", data: {}, position });
  const open = () => {
    if (signal.aborted) return;
    const url = addressOf({ ...wanted, from: position });
    const source = new EventSource(url);
    signal.addEventListener("abort", () => source.close(), { once: true });
    source.addEventListener("open", () => { pause = PAUSE; tellState(true); });
    source.addEventListener("error", async () => {
      if (signal.aborted) return;
      tellState(false);
      // Only what the server refused is not tried again by the browser.
      if (source.readyState !== EventSource.CLOSED) return;
      if (await isForbidden(url)) return end();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        position = event.lastEventId || position;
        hear({ kind, data: JSON.parse(event.data), position });
      });
    }
  };
  open();
}

/**
 * @param {Wanted} wanted
 * @returns {string}
 */
function addressOf({ address, articles, from }) {
  const asked = new URLSearchParams(articles.map((article) => ["article", article]));
  if (from) asked.set("from", from);
  return `${address}?${asked}`;
}

/**
 * Say whether the server refuses the stream for good, which an EventSource does not tell.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function isForbidden(url) {
  const asking = new AbortController();
  try {
    const { status } = await fetch(url, { signal: asking.signal });
    return status === 204 || status === 403 || status === 404;
  } catch {
    return false;
  } finally {
    asking.abort();
  }
}
