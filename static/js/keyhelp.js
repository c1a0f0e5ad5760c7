// @ts-check
/** The list of keys, with the switch that turns them off. */
import { areKeysOn, setKeys, shortcuts } from "./shortcuts.js";
import { part, word } from "./words.js";

/**
 * Show all keys of the page in a dialog.
 * @returns {void}
 */
export function showKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (part("keys-part"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("dl"));
  for (const { key, label } of shortcuts()) {
    const [row, name, meaning, cap] = ["div", "dt", "dd", "kbd"].map((tag) => document.createElement(tag));
    if (!row || !name || !meaning || !cap) continue;
    cap.textContent = key;
    name.append(cap);
    meaning.textContent = word(label);
    row.append(name, meaning);
    list.append(row);
  }
  const toggle = /** @type {HTMLInputElement} */ (dialog.querySelector("input[type=checkbox]"));
  toggle.checked = areKeysOn();
  toggle.addEventListener("change", () => setKeys(toggle.checked));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
