// @ts-check
/** What is kept in the browser. Where it keeps nothing (blocked, full), it holds on this page only. */

/**
 * @typedef {object} Memory
 * @property {(key: string) => string | null} recall
 * @property {(key: string, value: string) => boolean} keep says whether it holds on other pages too
 * @property {(key: string) => void} forget
 */

/** The name under which the claim is kept that every new highlight gets. */
export const STICKY = "postil:sticky";
/** The name under which it is kept that the codebook is open. */
export const CODEBOOK = "postil:codebook";
/** The name under which the address of a form is kept that was left with words that are not stored. */
export const LEFT = "postil:left";

/**
 * Return the name under which `what` is kept for the reader who is signed in: another one may use
 * the same browser after them.
 * @param {string} what
 * @returns {string}
 */
export function ofReader(what) {
  return `${what}:${document.documentElement.dataset.reader ?? ""}`;
}

/** Kept on this device, for all pages. */
export const device = memoryIn(() => localStorage);
/** Kept in this tab, until it is closed. */
export const tab = memoryIn(() => sessionStorage);

/**
 * @param {() => Storage} storage reading it may throw already
 * @returns {Memory}
 */
function memoryIn(storage) {
  /** @type {Map<string, string>} */
  const here = new Map();
  return {
    recall: (key) => here.get(key) ?? unlessBlocked(() => storage().getItem(key)) ?? null,
    keep: (key, value) => {
      here.set(key, value);
      // What the browser has kept stands for all pages; only what it has not is kept here.
      const isKept = unlessBlocked(() => { storage().setItem(key, value); return true; }) ?? false;
      if (isKept) here.delete(key);
      return isKept;
    },
    forget: (key) => {
      here.delete(key);
      unlessBlocked(() => storage().removeItem(key));
    },
  };
}

/**
 * @template T
 * @param {() => T} use
 * @returns {T | undefined} undefined where the browser refuses. Source: HTML, 12.2.2 and 12.2.3
 */
function unlessBlocked(use) {
  try {
    return use();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
