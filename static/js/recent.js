// @ts-check
/** What was chosen in the palette before, on this device, by each reader for themselves. */
import { device } from "./memory.js";

/** @import { Entry } from "./commands.js" */

/** So many things chosen before are offered first. */
const MOST_RECENT = 5;

/**
 * Return what this reader chose last on this device: commands only where they are offered.
 * @param {HTMLDialogElement} dialog
 * @param {Entry[]} commands
 * @returns {Entry[]}
 */
export function recentOf(dialog, commands) {
  /** @type {{id: string, label: string, meta: string}[]} */
  const kept = JSON.parse(device.recall(nameOf(dialog)) ?? "[]");
  const known = new Map(commands.map((entry) => [entry.id, entry]));
  return kept.flatMap(({ id, label, meta }) => {
    const entry = known.get(id);
    if (entry) return [entry];
    return label ? [{ id, label, meta, run: () => location.assign(id) }] : [];
  }).slice(0, MOST_RECENT);
}

/**
 * Offer `entry` first the next time.
 * @param {HTMLDialogElement} dialog
 * @param {Entry} entry
 * @returns {void}
 */
export function remember(dialog, { id, label, meta, isFound }) {
  /** @type {{id: string}[]} */
  const kept = JSON.parse(device.recall(nameOf(dialog)) ?? "[]");
  const others = kept.filter((other) => other.id !== id).slice(0, 2 * MOST_RECENT);
  device.keep(nameOf(dialog), JSON.stringify([isFound ? { id, label, meta } : { id }, ...others]));
}

/**
 * @param {HTMLDialogElement} dialog
 * @returns {string} where the choices of this reader are kept: a device may be shared
 */
function nameOf(dialog) {
  return `postil:recent:${dialog.dataset.reader ?? ""}`;
}
