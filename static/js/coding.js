// @ts-check
/** One key for each thing that a highlight says of its claim: stance, voice, mode, confidence. */
import { announce, toast } from "./announce.js";
import { Failure } from "./api.js";
import { saveNext } from "./codingform.js";
import { showSaved } from "./saving.js";
import { word } from "./words.js";

/** @import { Subject } from "./types.js" */

/** Keys pressed fast one after the other are done one after the other, each on what is stored. */
let last = Promise.resolve();

/**
 * Give `what` of a claim on the reader's own highlight its next value: of the claim whose way to
 * edit it has the focus, else of the first.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @param {string} what the name of a field: "stance", "voice", "mode" or "confidence"
 * @returns {void}
 */
export function codeNext(article, { passage, note }, what) {
  const focused = /** @type {HTMLAnchorElement | null | undefined} */ (document.activeElement?.closest("a.chip-edit"));
  const address = (note?.contains(focused ?? null) ? focused : /** @type {HTMLAnchorElement | null | undefined} */ (note?.querySelector("a.chip-edit")))?.href;
  if (!address) return toast(word("no_claim_of_yours"));
  last = last.then(() => save(article, passage.blocks, address, what)).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  });
}

/**
 * Raises Failure.
 * @param {HTMLElement} article
 * @param {number[]} blocks
 * @param {string} address of the form
 * @param {string} what
 * @returns {Promise<void>}
 */
async function save(article, blocks, address, what) {
  const saved = await saveNext(address, what);
  if (!saved) return;
  await showSaved(article, saved.answer, blocks);
  announce(saved.said);
}
