// @ts-check
/** The tab that has the connection to the stream for all tabs of the browser. */
import { openSource } from "./livesource.js";

/** @import { News } from "./livesource.js" */
/** @typedef {{articles: string[], position: string}} Place  What a tab shows, and how far it has heard. */
/** @typedef {{say: "here", tab: string, place: Place} | {say: "left", tab: string} | {say: "roll"} | {say: "news", news: News, to?: string} | {say: "state", isOpen: boolean}} Word */

/** How long tabs that open at once are waited for, in milliseconds. */
const GATHERING = 200;
/** How long the old connection stays beside the new one, which may begin elsewhere in the stream. */
const OVERLAP = 2_000;
/** How often it is asked who is still there, and how long they have to answer; in milliseconds. */
const ROLL = 60_000;
const ANSWER = 5_000;
/** As many messages are known again where two connections tell the same. */
const KNOWN = 200;

/**
 * @typedef {object} Stream
 * @property {string} me      this tab
 * @property {Place} place    what it shows, and how far it has heard
 * @property {string} address
 * @property {(word: Word) => void} say  to the other tabs
 * @property {(news: News, to?: string) => void} hear  passes news on, to all tabs or to one
 * @property {(isOpen: boolean) => void} tellState
 */

/**
 * Have the connection until `signal`; return what is to be told all that other tabs say.
 * @param {Stream} stream
 * @param {AbortSignal} signal
 * @returns {(word: Word) => void}
 */
export function lead({ me, place, address, say, hear, tellState }, signal) {
  /** @type {Map<string, Place>} */
  const tabs = new Map([[me, place]]);
  /** What a tab that comes later has not heard: who reads each article. @type {Map<string, News>} */
  const latest = new Map();
  /** Which connection told a message. @type {Map<string, AbortController>} */
  const known = new Map();
  /** @type {Set<string>} */
  const newcomers = new Set();
  /** @type {Set<string>} */
  let silent = new Set();
  /** @type {AbortController | undefined} */
  let current;
  /** The connection before it, while both are open. @type {AbortController | undefined} */
  let retiring;
  let isOpen = false;
  let timer = 0;
  /** @type {string[] | undefined} */
  let articles;

  const soon = () => { clearTimeout(timer); timer = setTimeout(gather, GATHERING); };
  const retire = (/** @type {AbortController | undefined} */ old) => {
    if (!old || old !== retiring) return;
    old.abort();
    retiring = undefined;
    soon();
  };
  const gather = () => {
    // A browser has few connections to one site: there are never more than two.
    if (retiring) return;
    const wanted = articlesOf(tabs.values());
    const behind = [...newcomers].filter((tab) => tabs.get(tab)?.position !== place.position);
    newcomers.clear();
    if (current && String(wanted) === String(articles) && behind.length === 0) return;
    articles = wanted;
    // It begins where a newcomer is. A second one, or while nothing is connected, draws its page anew.
    const first = isOpen ? behind.shift() : undefined;
    for (const tab of behind) hear({ kind: "lost", data: {}, position: place.position }, tab);
    connect(first && tabs.get(first)?.position, first);
  };

  /**
   * @param {string} [from]
   * @param {string} [newcomer] that has not heard what the others have since
   */
  const connect = (from = place.position, newcomer) => {
    const [old, own] = [current, new AbortController()];
    current = own;
    if (isOpen) retiring = old;
    else {
      old?.abort();
      retire(retiring);
    }
    openSource({ address, articles: articles ?? [], from }, (news) => {
      if (news.kind === "here") latest.set(news.data.article, news);
      if (news.kind !== "changed") return hear(news);
      const key = JSON.stringify(news.data);
      const teller = known.get(key);
      if (teller && teller !== own) return newcomer && hear(news, newcomer);
      known.set(key, own);
      if (known.size > KNOWN) known.delete([...known.keys()][0] ?? "");
      hear(news);
    }, (isUp) => {
      if (own !== current) return;
      isOpen = isUp;
      tellState(isUp);
      if (isUp) setTimeout(retire, OVERLAP, retiring);
    }, own.signal);
  };

  const callRoll = () => {
    const asked = silent = new Set([...tabs.keys()].filter((tab) => tab !== me));
    say({ say: "roll" });
    setTimeout(() => { if ([...asked].filter((tab) => tabs.delete(tab)).length > 0) soon(); }, ANSWER);
  };
  const rolls = setInterval(callRoll, ROLL);
  window.addEventListener("online", () => { if (!isOpen) connect(); }, { signal });
  window.addEventListener("offline", () => tellState(false), { signal });
  signal.addEventListener("abort", () => { clearInterval(rolls); clearTimeout(timer); current?.abort(); retiring?.abort(); });
  callRoll();
  soon();

  return (word) => {
    if (word.say === "left" && tabs.delete(word.tab)) soon();
    if (word.say !== "here") return;
    silent.delete(word.tab);
    if (!tabs.has(word.tab)) {
      newcomers.add(word.tab);
      for (const article of word.place.articles) {
        const news = latest.get(article);
        if (news) hear(news, word.tab);
      }
      soon();
    }
    tabs.set(word.tab, word.place);
  };
}

/**
 * @param {Iterable<Place>} places
 * @returns {string[]} what is shown in any tab, in one order
 */
function articlesOf(places) {
  return [...new Set([...places].flatMap((place) => place.articles))].sort();
}
