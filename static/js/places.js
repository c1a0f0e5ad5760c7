// @ts-check
/** Addresses of passages, and what an address asks for when the page opens. */
import { toast } from "./announce.js";
import { elementOf, textOf } from "./articletext.js";
import { focusOn } from "./focus.js";
import { paint } from "./painter.js";
import { passageAt, rangesOf } from "./selection.js";
import { setState } from "./state.js";
import { CHOSEN, tell } from "./types.js";
import { choose } from "./watching.js";
import { word } from "./words.js";

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
 * Return where to sign in so that the page opens as it is now (the collection that one reads in,
 * what is shown of it), and `passage`, if any, is chosen again.
 * @param {HTMLElement} article
 * @param {Passage | null} passage
 * @returns {string}
 */
export function signInAddress(article, passage) {
  const back = new URL(location.href);
  if (passage) {
    back.searchParams.set("t", `${passage.start},${passage.end}`);
    back.hash = `p${passage.blocks[0]}`;
  }
  return `${article.dataset.signInUrl}?next=${encodeURIComponent(back.pathname + back.search + back.hash)}`;
}

/**
 * Show the passage that the address asks for: that of #t=, or as the page opens that of ?t=. It
 * is painted, has the focus and, for those signed in, is chosen.
 * @param {HTMLElement} article
 * @param {boolean} isOpening
 * @returns {boolean} whether the address asks for a passage
 */
export function showPassageAsked(article, isOpening) {
  const asked = /^#t=(.*)$/.exec(location.hash)?.[1] ?? (isOpening ? new URLSearchParams(location.search).get("t") : null);
  if (!asked) return false;
  const [start = NaN, end = NaN] = asked.split(",").map(Number);
  const passage = passageAt(article, start, end);
  if (passage) showPassage(article, passage);
  else toast(word("not_here"));
  return true;
}

/** Takes the paint off the passage that was shown last. */
let forgetShown = () => {};

/**
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @returns {void}
 */
function showPassage(article, passage) {
  forgetShown();
  forgetShown = paint(article, "found", passage);
  const first = textOf(article).blocks.find((block) => block.number === passage.blocks[0]);
  const element = first && elementOf(article, first);
  element?.scrollIntoView({ block: "center", behavior: "instant" });
  if (element) {
    setState(element, "found");
    focusOn(element);
  }
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
