// @ts-check
/** Who sees what the reader makes next: everyone, until they choose otherwise on this device. */
import { device } from "./memory.js";

const KEY = "postil:audience";

/**
 * Return the audience chosen last: "public", "private" or "groups:" and their keys. Only me, when
 * the reader is not in that group any more.
 * @returns {string}
 */
export function audience() {
  const kept = device.recall(KEY) ?? "public";
  const all = choices();
  return !all.length || all.some(({ value }) => value === kept) ? kept : "private";
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
 * Remember the audience that is offered after the one chosen last.
 * @returns {void}
 */
export function turnAudience() {
  const values = choices().map(({ value }) => value);
  setAudience(values[(values.indexOf(audience()) + 1) % values.length] ?? "private");
}

/**
 * Return its name for readers: "Everyone", "Only me" or that of a group.
 * @returns {string}
 */
export function audienceLabel() {
  return choices().find(({ value }) => value === audience())?.text ?? "";
}

/**
 * Return what the page offers.
 * @returns {HTMLOptionElement[]}
 */
function choices() {
  const offered = /** @type {HTMLTemplateElement | null} */ (document.getElementById("composer-part"));
  return [...(offered?.content.querySelector("select")?.options ?? [])];
}
