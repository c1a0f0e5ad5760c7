// @ts-check
/** What every page has: keys for search and help, menus that close, settings that apply at once. */
import { offerAppearance } from "./appearance.js";
import { offerWayBack } from "./left.js";
import { offerShortcuts } from "./shortcuts.js";
import { offerSteps } from "./stepping.js";

const life = new AbortController();
const options = { signal: life.signal };

const search = /** @type {HTMLInputElement | null} */ (document.querySelector("#search"));
offerShortcuts([
  { key: "/", label: "key_search", run: () => { search?.focus(); search?.select(); } },
  { key: "?", label: "key_help", run: async () => (await import("./keyhelp.js")).showKeys() },
], life.signal);
offerSteps(life.signal);
offerWayBack();

document.addEventListener("pointerdown", (event) => closeMenus(/** @type {Node} */ (event.target)), options);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  closeMenus(null);
  menu.querySelector("summary")?.focus();
}, options);

offerAppearance(life.signal);

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
