// @ts-check
/** What the links of a note and of a reply do in place: reply, quote, react, edit, claim, words. */
import { act, subjectOf } from "./actions.js";
import { highlightAt } from "./active.js";
import { toast } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { composeEdit, composeReply } from "./composer.js";
import { storedAt } from "./saving.js";

/** @import { Action } from "./types.js" */

/**
 * Do what `link`, which stands in a note, leads to.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {Promise<void>}
 */
export async function follow(article, link) {
  const note = /** @type {HTMLElement} */ (link.closest("[data-annotation]"));
  const action = link.dataset.action;
  if (action === "reply") return reply(article, note, link.href);
  if (action === "quote-reply") return quote(article, note, link.href);
  if (action === "react") return offerReactions(link.href, (form) => link.closest(".note-actions")?.after(form));
  if (action === "edit") return composeEdit(article, note, link.href);
  if (!action) return (await import("./claimdialog.js")).editClaim(article, link);
  if (action === "words") return (await import("./resizing.js")).changeWords(article, link);
  const subject = subjectOf(article, highlightAt(link));
  if (!subject) return location.assign(link.href);
  await act(article, /** @type {Action} */ (action), subject);
}

/**
 * Write a reply, or choose one of the words that say as much.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @returns {Promise<void>}
 */
async function reply(article, note, url) {
  const form = await composeReply(article, note, url);
  // The field is there already: keys do not wait for the reactions.
  if (form) offerReactions(new URL("../reactions/", url).href, (choice) => form.before(choice));
}

/**
 * Write a reply that begins with the words of `note`.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @param {string} url
 * @returns {Promise<void>}
 */
async function quote(article, note, url) {
  const stored = await storedAt(url);
  if (!stored) return;
  const form = await composeReply(article, note, url, { note: stored.note ?? "" });
  const field = form?.querySelector("textarea");
  field?.setSelectionRange(field.value.length, field.value.length);
}

/**
 * Put the form with the reactions, as the page at `url` has it, where `place` says.
 * @param {string} url
 * @param {(form: HTMLElement) => void} place
 * @returns {Promise<void>}
 */
async function offerReactions(url, place) {
  try {
    const form = /** @type {HTMLElement | null} */ ((await fragment(url)).querySelector("form[data-reactions]"));
    if (form) place(form);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}
