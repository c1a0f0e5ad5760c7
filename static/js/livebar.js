// @ts-check
/** What is said of live updates themselves: that they pause, that the text has a new version. */
import { toolSheet } from "./toolsheet.js";
import { part, word } from "./words.js";

/** How long the connection may be away before anything is said, in milliseconds. */
const PATIENCE = 10_000;

/** @type {HTMLElement | undefined} */
let bar;
let timer = 0;

/**
 * Say that nothing new comes, once that lasts; or with false that it comes again.
 * @param {boolean} isPaused
 * @returns {void}
 */
export function tellPaused(isPaused) {
  if (isPaused && !timer) timer = setTimeout(() => showBar(word("live_paused"), word("live_reload")), PATIENCE);
  if (isPaused) return;
  clearTimeout(timer);
  timer = 0;
  if (bar?.dataset.about === word("live_paused")) bar.remove();
}

/**
 * Say that the text of the page has a new version.
 * @returns {void}
 */
export function tellVersion() {
  clearTimeout(timer);
  showBar(word("live_version"), word("live_reload"));
}

/**
 * @param {string} said
 * @param {string} label of the button, which loads the page anew
 * @returns {Promise<void>}
 */
async function showBar(said, label) {
  await toolSheet();
  bar?.remove();
  bar = part("live-bar-part");
  bar.dataset.about = said;
  const [words, button] = [bar.querySelector("span"), bar.querySelector("button")];
  if (words) words.textContent = said;
  if (button) button.textContent = label;
  button?.addEventListener("click", () => location.reload());
  document.body.append(bar);
}
