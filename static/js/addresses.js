// @ts-check
/** On paper no link can be followed: links get a number each, and a list says where they lead. */
import { word } from "./words.js";

const LINKS = ".prose .cited, .note-link, .note-text a, .reply-text > p a";

/**
 * List the addresses of the links of `article` under it whenever it is printed, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function listAddresses(article, signal) {
  window.addEventListener("beforeprint", () => list(article), { signal });
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function list(article) {
  article.querySelector(".addresses")?.remove();
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (article.querySelectorAll(LINKS))) {
    if (!isPrinted(link)) continue;
    const number = numbers.get(link.href) ?? numbers.size + 1;
    numbers.set(link.href, number);
    const told = /** @type {HTMLElement} */ (link.querySelector(".note-link-relation") ?? link);
    told.dataset.address = String(number);
  }
  if (numbers.size > 0) article.append(section([...numbers.keys()]));
}

/**
 * Say whether `link` is in the text or in a note that paper shows.
 * @param {HTMLAnchorElement} link
 * @returns {boolean}
 */
function isPrinted(link) {
  const note = /** @type {HTMLElement | null} */ (link.closest(".note"));
  if (!note) return true;
  if (note.closest(".prose") && document.documentElement.dataset.notes === "hidden") return false;
  return note.hidden || getComputedStyle(note).display !== "none";
}

/**
 * @param {string[]} addresses in the order of their numbers
 * @returns {HTMLElement}
 */
function section(addresses) {
  const whole = document.createElement("section");
  whole.className = "addresses";
  whole.hidden = true;
  const heading = document.createElement("h2");
  heading.textContent = word("addresses");
  const rows = document.createElement("ol");
  for (const address of addresses) rows.append(Object.assign(document.createElement("li"), { textContent: address }));
  whole.append(heading, rows);
  return whole;
}
