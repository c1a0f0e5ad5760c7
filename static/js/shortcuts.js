// @ts-check
/**
 * Single keys: one list of what a page offers for them. Which key does what, and whether keys do
 * anything, the server says (data-keys="next:j previous:k", data-keys-off on the root element).
 */

/**
 * @typedef {object} Shortcut
 * @property {string} name lasting name, as the server's list of keys has it
 * @property {() => void} run
 */

const root = document.documentElement;
/** The key of each shortcut by its name. A name holds no colon; a key may be one. */
const keys = new Map((root.dataset.keys ?? "").split(" ").map((pair) => /** @type {[string, string]} */ (
  [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)])));

/** @type {Map<string, Shortcut>} */
const known = new Map();

/** What is typed before the field that it is for is there; null while none is awaited. @type {string | null} */
let typed = null;

/**
 * Do nothing by single keys until `opening` is done: they are written into the field that it leads to.
 * @param {Promise<unknown>} opening
 * @returns {Promise<void>}
 */
export async function typeInto(opening) {
  typed ??= "";
  document.addEventListener("focusin", handOver);
  try {
    await opening;
  } finally {
    typed = null;
    document.removeEventListener("focusin", handOver);
  }
}

/** Write what was typed into what has the focus now, unless that takes no words. */
function handOver() {
  if (typed && document.execCommand("insertText", false, typed)) typed = "";
}

/**
 * Add `shortcuts` to those of the page, until `signal`.
 * @param {Shortcut[]} shortcuts
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerShortcuts(shortcuts, signal) {
  if (known.size === 0) document.addEventListener("keydown", onKey);
  for (const shortcut of shortcuts) known.set(shortcut.name, shortcut);
  signal.addEventListener("abort", () => {
    for (const { name } of shortcuts) known.delete(name);
    if (known.size === 0) document.removeEventListener("keydown", onKey);
  });
}

/**
 * Return the shortcut called `name` when the page offers it, with a key or without.
 * @param {string} name
 * @returns {Shortcut | undefined}
 */
export function shortcutCalled(name) {
  return known.get(name);
}

/**
 * Return the key of the shortcut called `name`, "" when it has none.
 * @param {string} name
 * @returns {string}
 */
export function keyOf(name) {
  return keys.get(name) ?? "";
}

/**
 * Say whether single keys do anything. Source: WCAG 2.2, 2.1.4.
 * @returns {boolean}
 */
export function areKeysOn() {
  return !("keysOff" in root.dataset);
}

/**
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isForOthers(event.target)) return;
  if (typed !== null && event.key.length === 1) {
    event.preventDefault();
    if (!event.repeat) typed += event.key;
    return;
  }
  if (!areKeysOn()) return;
  const shortcut = [...known.values()].find(({ name }) => keyOf(name) === event.key);
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
