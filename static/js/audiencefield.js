// @ts-check
/** The field of a form that says who sees what is written there. */
import { audience, setAudience } from "./audience.js";

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
  if (!select) return;
  // Those of a group that the reader left, or of several, are none of the choices.
  if (![...select.options].some(({ value }) => value === name)) select.add(new Option("…", name));
  select.value = name;
}

/**
 * @param {HTMLElement} form
 * @returns {HTMLSelectElement | null}
 */
function selectIn(form) {
  return form.querySelector("select[name=audience]");
}
