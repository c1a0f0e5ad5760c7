// @ts-check
/** How what is being written will look: drawn by the server, as it draws what is stored. */
import { announce } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { CHANGED, tell } from "./types.js";

/**
 * Show in `form` what is written as a note ("preview") or the field to write it in ("write").
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {string} way
 * @returns {Promise<void>}
 */
export async function turnTo(article, form, way) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const shown = /** @type {HTMLElement} */ (form.querySelector("[data-preview]"));
  const isPreview = way === "preview";
  if (isPreview && !(await draw(form, field.value, shown))) return;
  for (const button of form.querySelectorAll("[data-way]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-way") === way));
  }
  // As high as the field was, so that nothing below it jumps.
  shown.style.setProperty("--height", `${field.offsetHeight}px`);
  shown.hidden = !isPreview;
  field.hidden = isPreview;
  if (!isPreview) field.focus();
  else announce(shown.textContent?.trim() ?? "");
  tell(article, CHANGED);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} note
 * @param {HTMLElement} shown
 * @returns {Promise<boolean>} whether the server drew it; why not is said in the form
 */
async function draw(form, note, shown) {
  const reason = /** @type {HTMLElement} */ (form.querySelector("[data-reason]"));
  try {
    shown.replaceChildren(await fragment(form.dataset.previewUrl ?? "", undefined, { note }));
    reason.hidden = true;
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    reason.textContent = error.message;
    reason.hidden = false;
    return false;
  }
}
