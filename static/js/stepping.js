// @ts-check
/** Reading through a collection by keys: [ and ] lead to the article before and behind. */
import { offerShortcuts } from "./shortcuts.js";

/**
 * Offer the keys for the ways that the page has, until `signal`.
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerSteps(signal) {
  const ways = [
    { key: "[", label: "key_previous_article", link: way("prev") },
    { key: "]", label: "key_next_article", link: way("next") },
  ];
  const shortcuts = ways.flatMap(({ key, label, link }) => link ? [{ key, label, run: () => link.click() }] : []);
  if (shortcuts.length > 0) offerShortcuts(shortcuts, signal);
}

/**
 * @param {"prev" | "next"} relation
 * @returns {HTMLElement | null}
 */
function way(relation) {
  return document.querySelector(`.step a[rel=${relation}]`);
}
