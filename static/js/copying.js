// @ts-check
/** Copying a file of notes: the button names the address that it would be downloaded from. */
import { announce, toast } from "./announce.js";
import { Failure, textAt } from "./api.js";
import { copyText } from "./clipboard.js";
import { word } from "./words.js";

const { signal } = new AbortController();
const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy-from]"));
for (const button of buttons) button.addEventListener("click", () => copyFrom(button), { signal });

/**
 * @param {HTMLButtonElement} button
 * @returns {Promise<void>}
 */
async function copyFrom(button) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    await copyText(await textAt(button.dataset.copyFrom ?? ""));
    toast(word("notes_copied"));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    announce(failure.message);
    toast(failure.message);
  } finally {
    button.ariaBusy = "false";
  }
}
