// @ts-check
/**
 * A claim that every new highlight gets for a while: a bar at the foot of the page says so all the
 * time, names it, and ends it. It holds in this tab, on every article.
 */
import { announce } from "./announce.js";
import { ofReader, STICKY, tab } from "./memory.js";
import { toolSheet } from "./toolsheet.js";
import { part, word } from "./words.js";

/** @import { Fields } from "./types.js" */

/** How long it lasts, in milliseconds. Source: the design, section 8. */
const LASTS = 10 * 60_000;

/** @typedef {{claim: string, stance: string, until: number}} Sticky */

let timer = 0;

/**
 * Return the fields that a new highlight gets, none when no claim is on or its time is over.
 * @returns {Fields}
 */
export function stickyFields() {
  const { claim, stance, until } = kept();
  return until > Date.now() ? { claim, stance } : {};
}

/**
 * End the claim that is on; without one, begin with `said`.
 * @param {HTMLElement} article
 * @param {{claim: string, stance: string} | null} said
 * @returns {Promise<void>}
 */
export async function switchSticky(article, said) {
  if (kept().until > Date.now()) return end(article);
  if (!said) return announce(word("no_last_claim"));
  await stick(article, said);
}

/**
 * Begin with `said`, in place of what is on.
 * @param {HTMLElement} article
 * @param {{claim: string, stance: string}} said
 * @returns {Promise<void>}
 */
export async function stick(article, said) {
  tab.keep(ofReader(STICKY), JSON.stringify({ ...said, until: Date.now() + LASTS }));
  announce(await showSticky(article));
}

/**
 * Show what is on, if anything is, until its time is over; return what the bar says.
 * @param {HTMLElement} article
 * @returns {Promise<string>}
 */
export async function showSticky(article) {
  const { claim, until } = kept();
  if (until <= Date.now()) {
    tab.forget(ofReader(STICKY));
    return "";
  }
  await toolSheet();
  const bar = part("sticky-part");
  const time = new Date(until).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  const said = word("sticky_on", { claim, time });
  /** @type {HTMLElement} */ (bar.querySelector("[data-said]")).textContent = said;
  bar.querySelector("button")?.addEventListener("click", () => end(article));
  article.querySelector(".sticky-bar")?.remove();
  article.append(bar);
  clearTimeout(timer);
  timer = setTimeout(() => end(article), until - Date.now());
  return said;
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function end(article) {
  clearTimeout(timer);
  tab.forget(ofReader(STICKY));
  article.querySelector(".sticky-bar")?.remove();
  announce(word("sticky_off"));
}

/**
 * @returns {Sticky}
 */
function kept() {
  return JSON.parse(tab.recall(ofReader(STICKY)) ?? '{"claim":"","stance":"","until":0}');
}
