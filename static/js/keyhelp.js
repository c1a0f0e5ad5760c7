// @ts-check
/** The list of keys, with the switch that turns them off. */
import { areKeysOn, setKeys, shortcuts } from "./shortcuts.js";
import { toolSheet } from "./toolsheet.js";
import { part, word } from "./words.js";

/**
 * Show all keys of the page in a dialog.
 * @returns {Promise<void>}
 */
export async function showKeys() {
  await toolSheet();
  if (document.querySelector("dialog[open].keys-dialog")) return;
  const dialog = /** @type {HTMLDialogElement} */ (part("keys-part"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("dl"));
  for (const { key, label } of shortcuts()) list.append(...lineOf(key, word(label)));
  const toggle = /** @type {HTMLInputElement} */ (dialog.querySelector("input[type=checkbox]"));
  toggle.checked = areKeysOn();
  toggle.addEventListener("change", () => setKeys(toggle.checked));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {string} key
 * @param {string} meaning
 * @returns {HTMLElement[]}
 */
function lineOf(key, meaning) {
  const [term, cap, description] = [document.createElement("dt"), document.createElement("kbd"), document.createElement("dd")];
  cap.textContent = key;
  term.append(cap);
  description.textContent = meaning;
  return [term, description];
}
