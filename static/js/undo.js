// @ts-check
/** What was taken away: the page without it, and for a while a way to undo it. */
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { refresh } from "./blocks.js";
import { showSaved } from "./saving.js";
import { word } from "./words.js";

/** @import { Answer } from "./types.js" */

/**
 * Show the page without what was taken away, say so and offer to undo it.
 *
 * Raises Failure when the page could not be brought up to date.
 * @param {HTMLElement} article
 * @param {Answer} answer of the removal
 * @returns {Promise<void>}
 */
export async function offerUndo(article, answer) {
  toast(answer.message, () => restore(article, answer));
  await refresh(article, answer.blocks ?? []);
}

/**
 * @param {HTMLElement} article
 * @param {Answer} answer
 * @returns {Promise<void>}
 */
async function restore(article, answer) {
  try {
    await showSaved(article, await send(answer.restore_url ?? "", {}), answer.blocks ?? []);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(`${word("not_restored")} ${error.message}`, () => restore(article, answer));
  }
}
