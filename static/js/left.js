// @ts-check
/** A form that was left with words that are not stored: the page that follows offers the way back. */
import { toast } from "./announce.js";
import { LEFT, tab } from "./memory.js";
import { word } from "./words.js";

/** What stands behind the address of a form to open it with the words that are kept of it. */
export const GO_ON = "#go-on";

/**
 * Remember that `form` is left, for the next page of this tab.
 * @param {HTMLFormElement} form
 * @returns {void}
 */
export function rememberLeft(form) {
  tab.keep(LEFT, new URL(form.action).pathname);
}

/**
 * Say that words are kept where the page before was left with some, and offer to go back to them.
 * @returns {void}
 */
export function offerWayBack() {
  const address = tab.recall(LEFT);
  if (!address) return;
  tab.forget(LEFT);
  if (address !== location.pathname) toast(word("left_unsaved"), () => location.assign(address + GO_ON));
}
