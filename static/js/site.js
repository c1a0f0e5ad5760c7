// @ts-check
/** What every page has: keys for search and help, menus that close, settings that apply at once. */
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

const appearance = /** @type {HTMLFormElement | null} */ (document.querySelector("form#appearance"));
appearance?.addEventListener("change", () => applyAppearance(appearance), options);

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

/**
 * Show the chosen settings at once and keep them on the server.
 * @param {HTMLFormElement} form
 * @returns {void}
 */
function applyAppearance(form) {
  const chosen = new FormData(form);
  for (const name of ["theme", "size", "line", "measure", "notes"]) {
    const value = chosen.get(name);
    if (typeof value === "string") document.documentElement.dataset[name] = value;
  }
  document.documentElement.dataset.patterns = chosen.has("patterns") ? "on" : "off";
  window.dispatchEvent(new Event("resize"));
  // When the server cannot be reached the choice still holds on this page.
  fetch(form.action, { method: "POST", body: chosen, redirect: "manual" }).catch(() => undefined);
}
