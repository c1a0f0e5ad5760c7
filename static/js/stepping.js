// @ts-check
/** Reading through a collection by keys: [ and ] lead to the article before and behind. */
import { toast } from "./announce.js";
import { offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

/**
 * Offer the keys for the ways that the page has, until `signal`.
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerSteps(signal) {
  const ways = [
    { name: "previous-article", link: way("prev"), end: "first_article" },
    { name: "next-article", link: way("next"), end: "last_article" },
  ];
  if (!document.querySelector(".step")) return;
  offerShortcuts(ways.map(({ name, link, end }) => (
    { name, run: () => { if (link) link.click(); else toast(word(end)); } }
  )), signal);
}

/**
 * @param {"prev" | "next"} relation
 * @returns {HTMLElement | null}
 */
function way(relation) {
  return document.querySelector(`.step a[rel=${relation}]`);
}
