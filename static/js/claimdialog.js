// @ts-check
/** The dialog that changes what a highlight says of a claim, or takes the claim away. */
import { toast } from "./announce.js";
import { Failure, fragment, send } from "./api.js";
import { blocksOf, refresh } from "./blocks.js";
import { showFailure, showSaved } from "./saving.js";
import { completeSpeaker } from "./speakerfield.js";
import { toolSheet } from "./toolsheet.js";
import { offerUndo } from "./undo.js";
import { part } from "./words.js";

/** @import { Fields } from "./types.js" */

/**
 * Open the forms of the page behind `link` in a dialog; the page itself where they cannot be read.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {Promise<void>}
 */
export async function editClaim(article, link) {
  const page = await fragment(link.href).catch((/** @type {unknown} */ error) => {
    if (error instanceof Failure) return toast(error.message);
    throw error;
  });
  await toolSheet();
  if (!page || document.querySelector("dialog[open].claim-dialog")) return;
  const forms = [...page.querySelectorAll("main form")].map((form) => /** @type {HTMLFormElement} */ (form));
  const title = page.querySelector("main h1")?.textContent;
  if (!forms.length || !title) return location.assign(link.href);
  open(article, link, title, forms);
}

/**
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @param {string} title
 * @param {HTMLFormElement[]} forms
 * @returns {void}
 */
function open(article, link, title, forms) {
  const dialog = /** @type {HTMLDialogElement} */ (part("claim-dialog-part"));
  const reason = /** @type {HTMLElement} */ (dialog.querySelector("[data-reason]"));
  /** @type {HTMLElement} */ (dialog.querySelector("h2")).textContent = title;
  reason.before(...forms);
  // The way back to the article is to close what lies over it.
  dialog.querySelector("a.button")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    save(article, dialog, form, form.getAttribute("action") ?? link.href).catch(async (error) => {
      if (!(error instanceof Failure) || error.code !== "stale") return showFailure(reason, error, article, null);
      dialog.close();
      toast(error.message);
      await refresh(article, blocksOf(link)).catch(() => {});
    });
  });
  article.append(dialog);
  const life = new AbortController();
  dialog.addEventListener("close", () => life.abort());
  for (const form of forms) completeSpeaker(form, {}, life.signal);
  dialog.showModal();
}

/**
 * Send `form` to `url` and show what came of it. Raises Failure.
 * @param {HTMLElement} article
 * @param {HTMLDialogElement} dialog
 * @param {HTMLFormElement} form
 * @param {string} url
 * @returns {Promise<void>}
 */
async function save(article, dialog, form, url) {
  if (dialog.ariaBusy === "true") return;
  dialog.ariaBusy = "true";
  try {
    const answer = await send(url, /** @type {Fields} */ (Object.fromEntries(new FormData(form))));
    dialog.close();
    if (answer.restore_url) await offerUndo(article, answer);
    else await showSaved(article, answer, []);
  } finally {
    dialog.ariaBusy = null;
  }
}
