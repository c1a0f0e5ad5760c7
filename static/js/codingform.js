// @ts-check
/** Saving the next value of one thing that a highlight says of its claim, by the form for all of it. */
import { fragment, send } from "./api.js";

/** @import { Answer, Fields } from "./types.js" */

/**
 * Give `what` its next value in the form at `address` and save that alone; return the answer and
 * what was chosen in words, null where the form does not ask for it. Raises Failure.
 * @param {string} address
 * @param {string} what the name of a field: "stance", "voice", "mode" or "confidence"
 * @returns {Promise<{answer: Answer, said: string} | null>}
 */
export async function saveNext(address, what) {
  const page = await fragment(address);
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector(`main form:has([name="${what}"])`));
  if (!form) return null;
  const said = chooseNext(form, what);
  // The form offers guesses as well, which only a person confirms: nothing else is changed.
  const fields = /** @type {Fields} */ ({ ...Object.fromEntries(new FormData(form)), only: what });
  return { answer: await send(address, fields), said };
}

/**
 * Choose the next value of a field, the first after the last; return its name and its value in words.
 * @param {HTMLFormElement} form
 * @param {string} what
 * @returns {string}
 */
function chooseNext(form, what) {
  const controls = [...form.querySelectorAll(`[name="${what}"]`)];
  const [control] = controls;
  if (control instanceof HTMLSelectElement) {
    control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    const label = form.querySelector(`label[for="${control.id}"]`);
    return `${label?.textContent}: ${control.selectedOptions[0]?.textContent}`;
  }
  const radios = /** @type {HTMLInputElement[]} */ (controls);
  const next = radios[(radios.findIndex((radio) => radio.checked) + 1) % radios.length];
  if (next) next.checked = true;
  return `${control?.closest("fieldset")?.querySelector("legend")?.textContent}: ${next?.closest("label")?.textContent?.trim()}`;
}
