// @ts-check
/** What is said for a moment, and to a screen reader, while a dialog makes the page behind inert. */

/**
 * Let messages be shown, heard and pressed in `dialog` until `signal`, and on the page after it.
 * @param {HTMLDialogElement} dialog
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function carryMessages(dialog, signal) {
  const places = document.querySelectorAll(".toasts, #announcements");
  dialog.append(...places);
  signal.addEventListener("abort", () => document.body.append(...places));
}
