// @ts-check
/** The page of keys: a key that is pressed in a field takes the place of the one that stands there. */

const { signal } = new AbortController();

document.querySelector(".keys-form")?.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches(".key-field")) event.target.select();
}, { signal });

document.querySelector(".keys-form")?.addEventListener("beforeinput", (event) => {
  const { target, data } = /** @type {InputEvent} */ (event);
  if (!(target instanceof HTMLInputElement) || !target.matches(".key-field")) return;
  if (data && data.length === 1 && !/** @type {InputEvent} */ (event).isComposing) target.select();
}, { signal });
