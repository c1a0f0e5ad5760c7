// @ts-check
/** Addresses of passages, and what an address asks for when the page opens. */
import { elementOf, textOf } from "./articletext.js";
import { paint } from "./painter.js";
import { passageAt, rangesOf } from "./selection.js";
import { ACTIVATE, CHOSEN, tell } from "./types.js";
import { choose } from "./watching.js";

/** @import { Passage } from "./types.js" */

/** Quotes longer than this are cut to their first and last words in an address. */
const LONG_QUOTE = 80;
const WORDS_KEPT = 4;

/**
 * Return the path of `passage`: ?t= for the script, #p7 for pages without it.
 * @param {Passage} passage
 * @returns {string}
 */
export function pathOf(passage) {
  return `${location.pathname}?t=${passage.start},${passage.end}#p${passage.blocks[0]}`;
}

/**
 * Return the whole address of `passage`, with its words for browsers that know text fragments.
 * @param {Passage} passage
 * @returns {string}
 */
export function addressOf(passage) {
  return `${location.origin}${pathOf(passage)}:~:text=${textDirective(passage.exact)}`;
}

/**
 * Return where to sign in so that `passage`, if any, is chosen again afterwards.
 * @param {HTMLElement} article
 * @param {Passage | null} passage
 * @returns {string}
 */
export function signInAddress(article, passage) {
  return `${article.dataset.signInUrl}?next=${encodeURIComponent(passage ? pathOf(passage) : location.pathname)}`;
}

/**
 * Follow what the address asks for as the page opens: the passage of ?t=, and what its hash says.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function followAddress(article) {
  showPassageAt(article, new URLSearchParams(location.search).get("t"));
  followHash(article);
}

/**
 * Follow the hash alone: a highlight (#h12, #n12) is put in use, a passage (#t=) is painted and,
 * for those signed in, chosen.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function followHash(article) {
  const name = /^#[hn](\d+)$/.exec(location.hash)?.[1];
  if (name) tell(article, ACTIVATE, { name: `h${name}` });
  showPassageAt(article, /^#t=(.*)$/.exec(location.hash)?.[1] ?? null);
}

/**
 * @param {HTMLElement} article
 * @param {string | null} asked "120,160", as the address has it
 * @returns {void}
 */
function showPassageAt(article, asked) {
  const [start, end] = (asked ?? "").split(",").map(Number);
  const passage = start !== undefined && end !== undefined ? passageAt(article, start, end) : null;
  if (passage) showPassage(article, passage);
}

/**
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @returns {void}
 */
function showPassage(article, passage) {
  paint(article, "found", passage);
  const first = textOf(article).blocks.find((block) => block.number === passage.blocks[0]);
  if (first) elementOf(article, first).scrollIntoView({ block: "center", behavior: "instant" });
  if (!("signedIn" in article.dataset)) return;
  choose(rangesOf(article, passage.start, passage.end));
  tell(article, CHOSEN, { passage, by: "link" });
}

/**
 * Return `exact` as the text directive of an address. Source: WICG Text Fragments 3.5.
 * @param {string} exact
 * @returns {string}
 */
function textDirective(exact) {
  const encode = (/** @type {string} */ text) => encodeURIComponent(text).replaceAll("-", "%2D");
  // A directive may not reach over a block as one piece of text, but from words to words it may.
  if (exact.length <= LONG_QUOTE && !exact.includes("\n")) return encode(exact);
  const words = exact.split(/\s+/u);
  return `${encode(words.slice(0, WORDS_KEPT).join(" "))},${encode(words.slice(-WORDS_KEPT).join(" "))}`;
}
