// @ts-check
/** How the page looks: a setting applies at once, and the server keeps it for other pages. */
import { REDRAW } from "./types.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form#appearance"));

/** The last choice on its way to the server. */
let kept = Promise.resolve(false);

/**
 * Return what is chosen for the setting `name`, "" when the page has no such setting.
 * @param {string} name
 * @returns {string}
 */
export function appearanceOf(name) {
  return carrierOf(name).dataset[name] ?? "";
}

/**
 * Show the page with `value` chosen for the setting `name`, and keep that on the server. Where
 * the server has to draw the page anew, it is told by REDRAW on the document once that is kept.
 * @param {string} name
 * @param {string} value
 * @returns {Promise<boolean>} whether the server keeps it; on this page it holds anyway
 */
export async function setAppearance(name, value) {
  const before = appearanceOf(name);
  carrierOf(name).dataset[name] = value;
  for (const control of form?.querySelectorAll(`input[name="${name}"]`) ?? []) {
    const input = /** @type {HTMLInputElement} */ (control);
    if (input.type !== "hidden") input.checked = input.value === value;
  }
  window.dispatchEvent(new Event("resize"));
  // One after the other: what a browser keeps, the next one has to build on.
  const isKept = await (kept = kept.then(() => keep(name, value)));
  const isDrawn = name === "shown" || (name === "notes" && [before, value].includes("after"));
  if (isKept && isDrawn) document.dispatchEvent(new Event(REDRAW));
  return isKept;
}

/**
 * @param {string} name
 * @returns {HTMLElement} what carries the setting: the article what is only about it, else the page
 */
function carrierOf(name) {
  return document.querySelector(`article[data-${name}]`) ?? document.documentElement;
}

/**
 * @param {string} name
 * @param {string} value
 * @returns {Promise<boolean>}
 */
async function keep(name, value) {
  if (!form) return false;
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", String(new FormData(form).get("csrfmiddlewaretoken")));
  sent.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual", keepalive: true });
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

/**
 * Apply what was just chosen in the form of settings.
 * @param {HTMLInputElement} input
 * @returns {void}
 */
export function choose(input) {
  setAppearance(input.name, input.type === "checkbox" && !input.checked ? "off" : input.value);
}
