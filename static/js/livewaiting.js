// @ts-check
/** "2 new notes": what waits until the reader wants to see it. */
import { toolSheet } from "./toolsheet.js";
import { part, word } from "./words.js";

/** @import { Change } from "./types.js" */

/** @type {HTMLElement | undefined} */
let button;
let letGo = () => {};

/**
 * Offer to show `changes`, or nothing where there are none.
 * @param {HTMLElement} article
 * @param {Change[]} changes
 * @param {() => void} act
 * @returns {Promise<void>}
 */
export async function offerWaiting(article, changes, act) {
  letGo = act;
  const count = new Set(changes.filter(({ what }) => what === "new").map(({ id }) => id)).size;
  if (changes.length === 0) {
    button?.remove();
    button = undefined;
    return;
  }
  const isFirst = !button;
  const shown = button ??= part("live-waiting-part");
  shown.textContent = count === 0 ? word("live_waiting_changes") : count === 1 ? word("live_waiting_one") : word("live_waiting", { count });
  if (!isFirst) return;
  shown.addEventListener("click", () => letGo());
  await toolSheet();
  if (button !== shown) return;
  const prose = article.querySelector(".prose");
  const column = prose?.querySelector(".notes")?.getBoundingClientRect();
  if (column) shown.style.setProperty("--live-left", `${column.left}px`);
  prose?.before(shown);
}
