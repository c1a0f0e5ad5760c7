// @ts-check
/** What every page has: keys for search and help, menus that close, settings that apply at once. */
import { LEFT, tab } from "./memory.js";
import { offerShortcuts } from "./shortcuts.js";
import { offerSteps } from "./stepping.js";

const life = new AbortController();
const options = { signal: life.signal };

const search = /** @type {HTMLInputElement | null} */ (document.querySelector("#search"));
offerShortcuts([
  { name: "search", run: () => { search?.focus(); search?.select(); } },
  { name: "help", run: () => open("keys") },
], life.signal);
document.addEventListener("click", onClick, options);
document.addEventListener("keydown", (event) => {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "k";
  if (!isCommand || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  open("palette");
}, options);
offerSteps(life.signal);
if (tab.recall(LEFT)) import("./left.js").then(({ offerWayBack }) => offerWayBack());
const text = /** @type {HTMLElement | null} */ (document.querySelector("[data-reading-url]"));
if (document.body.dataset.live) setTimeout(() => import("./live.js"), 400);
if (text) import("./progress.js").then(({ followReading }) => followReading(text));

document.addEventListener("pointerdown", (event) => closeMenus(/** @type {Node} */ (event.target)), options);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  closeMenus(null);
  menu.querySelector("summary")?.focus();
}, options);

document.querySelector("form#appearance")?.addEventListener("change", async (event) => {
  (await import("./appearance.js")).choose(/** @type {HTMLInputElement} */ (event.target));
}, options);

/**
 * Open over the page what its link in the menu leads to.
 * @param {string} what
 * @returns {Promise<void>}
 */
async function open(what) {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(`a[data-opens=${what}]`));
  if (!link) return;
  if (what === "keys") (await import("./keyhelp.js")).showKeys(link.href);
  else (await import("./palette.js")).openPalette(link.href);
}

/**
 * @param {MouseEvent} event
 * @returns {void}
 */
function onClick(event) {
  const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-opens]"));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  closeMenus(null);
  open(link.dataset.opens ?? "");
}

/**
 * Close the menus that `target` is not in.
 * @param {Node | null} target
 * @returns {void}
 */
function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!target || !menu.contains(target)) menu.removeAttribute("open");
  }
}
