// @ts-check
/** The dialog that marks every place of the article with the same words, once they were looked at. */
import { noteOf } from "./active.js";
import { announce, toast } from "./announce.js";
import { Failure, fragment, send } from "./api.js";
import { focusOn } from "./focus.js";
import { paint } from "./painter.js";
import { showFailure } from "./saving.js";
import { completeSpeaker } from "./speakerfield.js";
import { toolSheet } from "./toolsheet.js";
import { ACTIVATE, tell } from "./types.js";
import { offerUndo } from "./undo.js";
import { part } from "./words.js";

/** @import { Subject } from "./types.js" */

/** How long words rest before they are looked for, in milliseconds. */
const REST = 300;

/**
 * Open the dialog for the words of `subject`; what a highlight of the reader's own says goes along.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {Promise<void>}
 */
export async function markEverywhere(article, { passage, note }) {
  const { version } = article.dataset;
  const asked = note ? `like=${note.id.slice(1)}` : `t=${passage.start},${passage.end}&version=${version}`;
  const url = `${location.pathname}every-place/?${asked}`;
  const [page] = await Promise.all([fragment(url).catch(told), toolSheet()]);
  if (!page || article.querySelector("dialog.everywhere-dialog")) return;
  const [find, form] = /** @type {NodeListOf<HTMLFormElement>} */ (page.querySelectorAll("main form"));
  const title = page.querySelector("main h1")?.textContent;
  if (!find || !form || !title) return location.assign(url);
  const dialog = /** @type {HTMLDialogElement} */ (part("claim-dialog-part"));
  dialog.classList.replace("claim-dialog", "everywhere-dialog");
  /** @type {HTMLElement} */ (dialog.querySelector("h2")).textContent = title;
  dialog.querySelector("[data-reason]")?.before(find, form);
  article.append(dialog);
  const life = new AbortController();
  const erase = paint(article, "pending", passage);
  dialog.addEventListener("close", () => { life.abort(); erase(); dialog.remove(); });
  // The way back to the article is to close what lies over it.
  dialog.querySelector("a.button")?.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  offerSearch(find, form, life.signal);
  form.addEventListener("change", () => count(form), { signal: life.signal });
  form.addEventListener("submit", (event) => { event.preventDefault(); keep(article, dialog, form); });
  completeSpeaker(form, {}, life.signal);
  count(form);
  dialog.showModal();
  say(form);
}

/**
 * Look for other words, or for what else counts as the same, whenever that is asked in `find`.
 * @param {HTMLFormElement} find
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 * @returns {void}
 */
function offerSearch(find, form, signal) {
  let timer = 0;
  let last = new AbortController();
  const look = async () => {
    clearTimeout(timer);
    last.abort();
    last = new AbortController();
    const asked = new URLSearchParams(/** @type {[string, string][]} */ ([...new FormData(find)]));
    try {
      const page = await fragment(`${location.pathname}every-place/?${asked}`, AbortSignal.any([signal, last.signal]));
      const fresh = page.querySelector("[data-found]");
      const why = page.querySelectorAll("[data-find] .errorlist");
      if (fresh) form.querySelector("[data-found]")?.replaceChildren(...(why.length ? why : fresh.childNodes));
      count(form);
      say(form);
    } catch (error) {
      if (!(error instanceof DOMException)) told(error);
    }
  };
  find.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, REST); }, { signal });
  find.addEventListener("submit", (event) => { event.preventDefault(); look(); }, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/**
 * Say on the button how many places it highlights.
 * @param {HTMLFormElement} form
 * @returns {void}
 */
function count(form) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[data-many]"));
  const chosen = form.querySelectorAll("input[name=places]:checked").length;
  const label = chosen === 1 ? button.dataset.one : button.dataset.many;
  button.textContent = (label ?? "").replace("{count}", String(chosen));
  button.disabled = chosen === 0;
}

/**
 * Say aloud what was found.
 * @param {HTMLFormElement} form
 * @returns {void}
 */
function say(form) {
  announce(form.querySelector("[data-count], .errorlist")?.textContent?.trim() ?? "");
}

/**
 * Highlight the chosen places, show them and offer to undo that.
 * @param {HTMLElement} article
 * @param {HTMLDialogElement} dialog
 * @param {HTMLFormElement} form
 * @returns {Promise<void>}
 */
async function keep(article, dialog, form) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
    const answer = await send(`${location.pathname}every-place/`, fields);
    dialog.close();
    await offerUndo(article, answer);
    announce(answer.message);
    const name = `h${answer.number ?? 0}`;
    tell(article, ACTIVATE, { name });
    const note = noteOf(article, name);
    if (note) focusOn(note);
  } catch (error) {
    showFailure(/** @type {HTMLElement} */ (dialog.querySelector("[data-reason]")), error, article, null);
  } finally {
    form.ariaBusy = null;
  }
}

/**
 * @param {unknown} error
 * @returns {null}
 */
function told(error) {
  if (!(error instanceof Failure)) throw error;
  toast(error.message);
  return null;
}
