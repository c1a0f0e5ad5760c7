// @ts-check
/**
 * One stream for all tabs of a browser. The tab that holds the lock leads: it has the connection and
 * tells the others what comes. Each keeps the position it has reached, so whoever leads next goes on.
 */
import { newId } from "./api.js";
import { ofReader } from "./memory.js";
import { lead } from "./liveleader.js";

/** @import { News } from "./livesource.js" */
/** @import { Place, Word } from "./liveleader.js" */

/**
 * Follow the stream at `address` for this page until it is left or the reader signs out; a page
 * that the browser brings back goes on.
 * @param {string} address
 * @param {Place} place of this tab; its position is kept up to date
 * @param {(news: News) => void} hear
 * @param {(isOpen: boolean) => void} tellState
 * @returns {void}
 */
export function shareStream(address, place, hear, tellState) {
  const name = ofReader("postil:live");
  const me = newId();
  let life = new AbortController();
  let isOver = false;
  const start = () => {
    life = new AbortController();
    const { signal } = life;
    // Where a site is served without https there is no lock: every tab in sight has its own connection.
    const channel = new BroadcastChannel("locks" in navigator ? name : name + me);
    const say = (/** @type {Word} */ word) => { if (!signal.aborted) channel.postMessage(word); };
    /** @type {ReturnType<typeof lead> | null} */
    let leading = null;
    const take = (/** @type {News} */ news) => {
      if (news.kind === "changed" || news.kind === "lost") place.position = news.position;
      hear(news);
      if (news.kind !== "ended") return;
      isOver = true;
      stop();
    };
    channel.addEventListener("message", ({ data: word }) => {
      leading?.(word);
      if (word.say === "roll") say({ say: "here", tab: me, place });
      if (word.say === "state") tellState(word.isOpen);
      if (word.say === "news" && (word.to ?? me) === me) take(word.news);
    }, { signal });
    signal.addEventListener("abort", () => { channel.postMessage({ say: "left", tab: me }); channel.close(); });
    const stream = {
      me, place, address, say,
      hear: (/** @type {News} */ news, /** @type {string | undefined} */ to) => {
        if (to !== me) say({ say: "news", news, ...(to && { to }) });
        if (!to || to === me) take(news);
      },
      tellState: (/** @type {boolean} */ isOpen) => { say({ say: "state", isOpen }); tellState(isOpen); },
    };
    const reign = () => { leading = lead(stream, signal); };
    if (!("locks" in navigator)) return reign();
    const left = new Promise((resolve) => { signal.addEventListener("abort", resolve); });
    navigator.locks.request(name, { signal }, () => { reign(); return left; }).catch(() => {});
    say({ say: "here", tab: me, place });
  };
  const stop = () => life.abort();
  const goOn = () => { if (life.signal.aborted && !isOver) start(); };
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) goOn(); });
  if (!("locks" in navigator)) document.addEventListener("visibilitychange", () => (document.hidden ? stop() : goOn()));
  start();
}
