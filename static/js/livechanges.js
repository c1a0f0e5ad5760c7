// @ts-check
/** Changes by others, brought into the article in place, without moving what the reader is at. */
import { announceChanges } from "./livewords.js";
import { tellVersion } from "./livebar.js";
import { fetchBlocks, fetchPage, refreshFrame } from "./blocks.js";
import { exchange } from "./exchanging.js";
import { isInMargin, isInUse, wouldMove } from "./liveuse.js";
import { goToFirstNew, markNew } from "./livenew.js";
import { offerWaiting } from "./livewaiting.js";
import { paint } from "./painter.js";
import { toolSheet } from "./toolsheet.js";
import { CHANGED, tell } from "./types.js";

/** @import { Change } from "./types.js" */

/** More blocks than these are fetched faster as one page. */
const MANY = 8;
/** What comes within this time is fetched together, in milliseconds. */
const BURST = 60;
/** What this very tab has written is drawn by then. */
const OWN = 1_000;
/** Where many read, not all fetch at once: within this time, by the number of readers; in milliseconds. */
const SPREAD = 2_000;
const SPREAD_BY_READER = 20;
/** The counts beside the text are fetched no more often, in milliseconds. */
const FRAME = 10_000;
/** When it is looked again whether a block has become free, or the server answers; in milliseconds. */
const LATER = 1_000;
const AGAIN = 5_000;

/**
 * Return what takes in the changes of `article`: `take` one, `count` who reads it, `drawAnew` all.
 * @param {HTMLElement} article
 * @returns {{take: (change: Change) => void, count: (readers: number) => void, drawAnew: () => void}}
 */
export function followChanges(article) {
  /** Changes that are to be drawn, by the number of their block. @type {Map<number, Change[]>} */
  const due = new Map();
  /** Those that would move what the reader is at, and wait. @type {Map<number, Change[]>} */
  const held = new Map();
  /** What takes the paint off again, by the id of a highlight. @type {Map<string, () => void>} */
  const painted = new Map();
  let [readers, timer, frameTimer, lastFrame] = [1, 0, 0, 0];
  let [isFetching, isAllDue, isLetGo] = [false, false, false];

  const soon = (/** @type {number} */ wait) => { timer ||= setTimeout(() => { timer = 0; flush(); }, wait); };
  const frameSoon = () => {
    frameTimer ||= setTimeout(() => {
      [frameTimer, lastFrame] = [0, Date.now()];
      if (!document.hidden) refreshFrame(article);
    }, Math.max(BURST, lastFrame + FRAME - Date.now()));
  };
  const erase = (/** @type {string} */ id) => { painted.get(id)?.(); painted.delete(id); };
  const take = (/** @type {Change} */ change) => {
    if (change.kind === "version") return tellVersion();
    if (isDrawn(article, change)) return;
    if (change.what === "gone") erase(change.id);
    else paintAtOnce(change);
    for (const number of change.blocks) add(due, number, [change]);
    if (change.blocks.length === 0) return frameSoon();
    soon(BURST + Math.random() * Math.min(SPREAD, (readers - 1) * SPREAD_BY_READER));
  };
  const paintAtOnce = async (/** @type {Change} */ { id, kind, what, start, end, slot }) => {
    if (kind !== "highlight" || what !== "new" || start === undefined || end === undefined || isLimited(article)) return;
    await toolSheet();
    const isWaiting = [...due.values(), ...held.values()].flat().some((change) => change.id === id);
    if (isWaiting && !painted.has(id)) painted.set(id, paint(article, `live${slot ?? 0}`, { start, end }));
  };
  const release = () => {
    for (const [number, changes] of held) add(due, number, changes);
    held.clear();
    soon(0);
  };
  const flush = async () => {
    if (document.hidden || isFetching) return;
    if (held.size > 0 && !isInMargin(article)) release();
    const numbers = [...due.keys()].filter((number) => !isInUse(article, number));
    if (numbers.length === 0 && !isAllDue) return void (due.size > 0 && soon(LATER));
    const [isAll, taken] = [isAllDue || numbers.length > MANY, new Map(numbers.map((number) => [number, due.get(number) ?? []]))];
    for (const number of numbers) due.delete(number);
    isFetching = true;
    isAllDue = false;
    try {
      const fresh = await (isAll ? fetchAll(article) : fetchBlocks(article, numbers));
      if (fresh) show(fresh, taken);
      frameSoon();
    } catch {
      // The server is away, or starts anew: it is tried again.
      for (const [number, changes] of taken) add(due, number, changes);
      isAllDue = isAll;
      soon(AGAIN);
    } finally {
      isFetching = false;
      if (due.size > 0) soon(LATER);
    }
  };
  const show = (/** @type {Element[]} */ fresh, /** @type {Map<number, Change[]>} */ taken) => {
    const shown = [];
    for (const block of fresh) {
      const number = Number(block.id.slice(2));
      const old = article.querySelector(`#${CSS.escape(block.id)}`);
      const changes = [...held.get(number) ?? [], ...taken.get(number) ?? []];
      if (!old) continue;
      held.delete(number);
      if (isInUse(article, number)) add(due, number, changes);
      else if (!isLetGo && changes.length > 0 && changes.every(mayWait) && wouldMove(article, old, block)) {
        add(held, number, changes);
        // Trying it out has taken the paint off the words.
        for (const change of changes) { erase(change.id); paintAtOnce(change); }
      } else {
        if (!block.isConnected) exchange(old, block);
        for (const { id } of changes) erase(id);
        shown.push(...changes);
      }
    }
    tell(article, CHANGED, { blocks: fresh.map((block) => Number(block.id.slice(2))) });
    const waiting = [...held.values()].flat();
    markNew(article, shown);
    announceChanges(article, [...shown, ...waiting]);
    if (isLetGo) goToFirstNew(article);
    isLetGo = false;
    offerWaiting(article, waiting, () => { isLetGo = true; release(); });
  };
  const lookAgain = () => { if (held.size > 0 && !isInMargin(article)) release(); };
  for (const name of ["focusout", "pointerout"]) article.addEventListener(name, () => setTimeout(lookAgain, LATER), { passive: true });
  document.addEventListener("visibilitychange", () => { if (due.size > 0 || isAllDue) soon(0); });
  return {
    take: (change) => { if (change.is_own) setTimeout(() => take(change), OWN); else take(change); },
    count: (now) => { readers = now; },
    drawAnew: () => { isAllDue = true; soon(BURST); },
  };
}

/**
 * @param {Map<number, Change[]>} changes by the number of their block
 * @param {number} number
 * @param {Change[]} more
 * @returns {void}
 */
function add(changes, number, more) {
  changes.set(number, [...changes.get(number) ?? [], ...more]);
}

/**
 * Say whether `change` may wait: not what the reader did in another tab, nor what nobody may see any more.
 * @param {Change} change
 * @returns {boolean}
 */
function mayWait({ is_own, what }) {
  return !is_own && what !== "gone";
}

/**
 * Return all blocks as they are now, or null where the text is another one. Raises Failure.
 * @param {HTMLElement} article
 * @returns {Promise<Element[] | null>}
 */
async function fetchAll(article) {
  const page = await fetchPage(article);
  return page && [...page.querySelectorAll(".prose > .bk")];
}

/**
 * Say whether the page shows already what `change` tells.
 * @param {HTMLElement} article
 * @param {Change} change
 * @returns {boolean}
 */
function isDrawn(article, { id, kind, what, counter }) {
  if (kind === "link" || kind === "claim") return false;
  const note = /** @type {HTMLElement | null} */ (article.querySelector(`[data-annotation="${CSS.escape(id)}"]`));
  return what !== "gone" && counter !== null && Number(note?.dataset.counter ?? -1) >= counter;
}

/**
 * Say whether the page leaves highlights out.
 * @param {HTMLElement} article
 * @returns {boolean}
 */
function isLimited(article) {
  return article.dataset.shown !== "all" || Boolean(article.querySelector(".limits > *"));
}
