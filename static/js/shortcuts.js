// @ts-check
/** Single keys: one list of all that a page knows, which can be shown and turned off. */
import { device } from "./memory.js";

/**
 * @typedef {object} Shortcut
 * @property {string} key   as KeyboardEvent.key has it
 * @property {string} label name of its words on the page
 * @property {() => void} run
 */

const KEY = "postil:keys";

/** @type {Map<string, Shortcut>} */
const known = new Map();

/**
 * Add `shortcuts` to those of the page, until `signal`.
 * @param {Shortcut[]} shortcuts
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerShortcuts(shortcuts, signal) {
  if (known.size === 0) document.addEventListener("keydown", onKey);
  for (const shortcut of shortcuts) known.set(shortcut.key, shortcut);
  signal.addEventListener("abort", () => {
    for (const { key } of shortcuts) known.delete(key);
    if (known.size === 0) document.removeEventListener("keydown", onKey);
  });
}

/**
 * Return all shortcuts of the page, in the order in which they were offered.
 * @returns {Shortcut[]}
 */
export function shortcuts() {
  return [...known.values()];
}

/**
 * Say whether single keys do anything. Source: WCAG 2.2, 2.1.4.
 * @returns {boolean}
 */
export function areKeysOn() {
  return device.recall(KEY) !== "off";
}

/**
 * Turn single keys on or off on this device.
 * @param {boolean} isOn
 * @returns {void}
 */
export function setKeys(isOn) {
  device.keep(KEY, isOn ? "on" : "off");
}

/**
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!areKeysOn() || isForOthers(event.target)) return;
  const shortcut = known.get(event.key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
}

/**
 * Say whether keys pressed at `target` are no commands of the page: in a field or under a dialog.
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
export function isForOthers(target) {
  const isField = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return Boolean(isField) || document.querySelector("dialog[open]") !== null;
}
