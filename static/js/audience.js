// @ts-check
/** Who sees what the reader makes next: everyone, until they choose otherwise on this device. */
import { device } from "./memory.js";
import { word } from "./words.js";

/** @import { AudienceName } from "./types.js" */

const KEY = "postil:audience";

/**
 * Return the audience chosen last.
 * @returns {AudienceName}
 */
export function audience() {
  return device.recall(KEY) === "private" ? "private" : "public";
}

/**
 * Remember `name` for what is made next.
 * @param {string} name
 * @returns {void}
 */
export function setAudience(name) {
  device.keep(KEY, name);
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
  const select = selectIn(form);
  if (!select) return;
  select.value = audience();
  select.addEventListener("change", () => setAudience(select.value));
}

/**
 * Set the select of `form` to who sees already what is changed there. What is chosen there is
 * for that alone: the audience of what is made next stays.
 * @param {HTMLElement} form
 * @param {string} name
 * @returns {void}
 */
export function showAudienceOf(form, name) {
  const select = selectIn(form);
  if (select) select.value = name;
}

/**
 * @param {HTMLElement} form
 * @returns {HTMLSelectElement | null}
 */
function selectIn(form) {
  return form.querySelector("select[name=audience]");
}
