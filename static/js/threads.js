// @ts-check
/** What a note's own links do without leaving the page: reply, edit, claim, link, delete. */
import { subjectOf } from "./actions.js";
import { highlightAt } from "./active.js";
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { blocksOf, refresh } from "./blocks.js";
import { offerUndo } from "./undo.js";

/** @import { Fields } from "./types.js" */

/**
 * Take over the links and the delete button of the notes in `article`, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function followThreads(article, signal) {
  article.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".note-actions a[data-action], a.chip-edit"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(article, link);
  }, { signal });
  article.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.querySelector("button[data-action=delete]")) return;
    event.preventDefault();
    remove(article, form);
  }, { signal });
}

/**
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {Promise<void>}
 */
async function follow(article, link) {
  const note = /** @type {HTMLElement} */ (link.closest("[data-annotation]"));
  const action = link.dataset.action;
  if (action === "reply") return (await import("./composer.js")).composeReply(article, note, link.href);
  if (action === "edit") return (await import("./composer.js")).composeEdit(article, note, link.href);
  if (!action) return (await import("./claimdialog.js")).editClaim(article, link);
  const subject = subjectOf(article, highlightAt(link));
  if (!subject) return location.assign(link.href);
  if (action === "claim") (await import("./claimpicker.js")).pickClaim(article, subject);
  if (action === "link") (await import("./linker.js")).linkPassage(article, subject);
}

/**
 * Delete what `form` is for and offer to undo it.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @returns {Promise<void>}
 */
async function remove(article, form) {
  const note = /** @type {HTMLElement} */ (form.closest("[data-annotation]"));
  try {
    const answer = await send(form.action, /** @type {Fields} */ (Object.fromEntries(new FormData(form))));
    await offerUndo(article, answer);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === "stale") await refresh(article, blocksOf(note));
    toast(error.message);
  }
}
