// @ts-check
/** What was taken away: the page without it, and for a while a way to undo it. */
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { refresh } from "./blocks.js";
import { showSaved } from "./saving.js";
import { word } from "./words.js";

/** @import { Answer } from "./types.js" */

/**
 * Say what was taken away, offer to undo it, and show the page without it.
 * @param {HTMLElement} article
 * @param {Answer} answer of the removal
 * @returns {Promise<void>}
 */
export async function offerUndo(article, answer) {
  toast(answer.message, () => restore(article, answer));
  await refresh(article, answer.blocks ?? []).catch(() => toast(word("saved_not_shown")));
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
