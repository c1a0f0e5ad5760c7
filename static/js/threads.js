// @ts-check
/** What a note's own links do without leaving the page: reply, edit, claim, link, resolve, delete. */
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { blocksOf, refresh } from "./blocks.js";
import { showSaved } from "./saving.js";
import { typeInto } from "./shortcuts.js";
import { offerUndo } from "./undo.js";

/** @import { Fields } from "./types.js" */

/**
 * Take over the links and the buttons of the notes in `article`, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function followThreads(article, signal) {
  article.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".note-actions :is(a, [type=button])[data-action], a.chip-edit, a[data-open-resolved]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("openResolved" in link.dataset) openResolved(article, link.href);
    else typeInto(import("./notework.js").then((work) => work.follow(article, link)));
  }, { signal });
  article.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!button?.matches("[data-annotation] [data-action]")) return;
    event.preventDefault();
    putAway(article, form, button.getAttribute("formaction") ?? form.action);
  }, { signal });
}

/**
 * Open or fold what is resolved, as the page at `url` has it.
 * @param {HTMLElement} article
 * @param {string} url
 * @returns {Promise<void>}
 */
async function openResolved(article, url) {
  history.replaceState(null, "", url);
  const threads = [...article.querySelectorAll(".note-resolved")];
  const blocks = threads.flatMap(blocksOf);
  // One that was opened by hand stays open over an exchange; here all are as the page says.
  for (const thread of threads) thread.removeAttribute("open");
  await refresh(article, [...new Set(blocks)]).catch(() => location.reload());
}

/**
 * Delete or resolve what `form` is for, or take it up again, and offer to undo it.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {string} url which of these
 * @returns {Promise<void>}
 */
async function putAway(article, form, url) {
  const note = /** @type {HTMLElement} */ (form.closest("[data-annotation]"));
  try {
    const answer = await send(url, /** @type {Fields} */ (Object.fromEntries(new FormData(form))));
    await (answer.restore_url ? offerUndo(article, answer) : showSaved(article, answer, []));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === "stale") await refresh(article, blocksOf(note));
    toast(error.message);
  }
}
