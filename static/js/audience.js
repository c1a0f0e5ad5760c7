// @ts-check
/** Who sees what the reader makes next: everyone, until they choose otherwise on this device. */
import { word } from "./words.js";

/** @import { AudienceName } from "./types.js" */

const KEY = "postil:audience";

/**
 * Return the audience chosen last.
 * @returns {AudienceName}
 */
export function audience() {
  return localStorage.getItem(KEY) === "private" ? "private" : "public";
}

/**
 * Remember `name` for what is made next.
 * @param {string} name
 * @returns {void}
 */
export function setAudience(name) {
  localStorage.setItem(KEY, name);
}

/**
 * Return its name for readers: "Everyone" or "Only me".
 * @returns {string}
 */
export function audienceLabel() {
  return word(`audience_${audience()}`);
}

/**
 * Set the select of `form` to the audience chosen last, and remember what is chosen there.
 * @param {HTMLElement} form
 * @returns {void}
 */
export function offerAudience(form) {
  const select = /** @type {HTMLSelectElement | null} */ (form.querySelector("select[name=audience]"));
  if (!select) return;
  select.value = audience();
  select.addEventListener("change", () => setAudience(select.value));
}
