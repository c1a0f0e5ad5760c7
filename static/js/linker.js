// @ts-check
/** The dialog that links a passage to another article, or to a passage of it. */
import { newId, send } from "./api.js";
import { comboboxIn, completeFrom, selectedIn } from "./combobox.js";
import { keepAboveKeyboard } from "./keyboard.js";
import { paint } from "./painter.js";
import { createHighlight, showFailure, showSaved } from "./saving.js";
import { toolSheet } from "./toolsheet.js";
import { part } from "./words.js";

/** @import { Completion } from "./combobox.js" */
/** @import { Fields, Subject } from "./types.js" */

/** What a result says of the far end, by the name of the field that takes it. */
const OF_PASSAGE = ["version", "start", "end", "exact"];
/** What stands for a highlight's id in the address that the page gives. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Open the dialog for `subject`; from words that are no highlight of the reader's yet, one is made.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {Promise<void>}
 */
export async function linkPassage(article, subject) {
  await toolSheet();
  if (article.querySelector("dialog.link-dialog")) return;
  const life = new AbortController();
  const dialog = /** @type {HTMLDialogElement} */ (part("link-dialog-part"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const quoted = /** @type {HTMLElement} */ (dialog.querySelector("blockquote"));
  quoted.textContent = subject.passage.exact;
  const slot = [...(subject.note?.classList ?? [])].find((name) => /^k\d$/.test(name));
  if (slot) quoted.classList.add(slot);
  article.append(dialog);
  const erase = paint(article, "pending", subject.passage);
  life.signal.addEventListener("abort", () => { erase(); dialog.remove(); });
  dialog.addEventListener("close", () => life.abort());
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  const completion = offerResults(article, form, life.signal);
  form.addEventListener("submit", submitter(article, dialog, completion, subject));
  keepAboveKeyboard(dialog, life.signal);
  dialog.showModal();
  comboboxIn(form).field.focus();
}

/**
 * Return what links `subject` to the chosen result when the form is submitted. Tried again after a
 * failure, the highlight and the link are the same ones.
 * @param {HTMLElement} article
 * @param {HTMLDialogElement} dialog
 * @param {Completion} completion
 * @param {Subject} subject
 * @returns {(event: SubmitEvent) => Promise<void>}
 */
function submitter(article, dialog, completion, { passage, note }) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const { field, list } = comboboxIn(form);
  const [highlightId, linkId] = [newId(), newId()];
  const reason = /** @type {HTMLElement} */ (form.querySelector("[data-reason]"));
  return async (event) => {
    event.preventDefault();
    await completion.settled();
    if (!dialog.open || form.ariaBusy === "true") return;
    const chosen = selectedIn(list);
    if (!chosen) {
      reason.textContent = reason.dataset.emptyChoice ?? "";
      reason.hidden = false;
      field.focus();
      return;
    }
    form.ariaBusy = "true";
    try {
      const from = note?.dataset.annotation ?? (await createHighlight(article, passage, {}, highlightId)).id;
      const url = (form.dataset.linkUrl ?? "").replace(NO_ID, from);
      const typed = /** @type {Fields} */ (Object.fromEntries(new FormData(form)));
      const answer = await send(url, { ...typed, ...farEnd(chosen), client_id: linkId });
      dialog.close();
      await showSaved(article, answer, passage.blocks);
    } catch (error) {
      showFailure(reason, error, article, passage);
    } finally {
      form.ariaBusy = null;
    }
  };
}

/**
 * Return the fields that name `result` as the far end: a highlight, a passage or an article.
 * @param {HTMLElement} result
 * @returns {Fields}
 */
function farEnd(result) {
  const { annotation, article = "", start } = result.dataset;
  if (annotation) return { to_annotation: annotation };
  /** @type {Fields} */
  const fields = { to_article: article };
  if (start) for (const name of OF_PASSAGE) fields[name] = result.dataset[name] ?? "";
  return fields;
}

/**
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 * @returns {Completion}
 */
function offerResults(article, form, signal) {
  const box = comboboxIn(form);
  const { field } = box;
  const tabs = [...form.querySelectorAll("[role=tab]")].map((tab) => /** @type {HTMLElement} */ (tab));
  let kind = tabs[0]?.dataset.kind ?? "";
  const completion = completeFrom(box, {
    address: () => `${form.dataset.searchUrl}?${new URLSearchParams({ q: field.value, kind, not: article.dataset.article ?? "" })}`,
    onPick: () => {},
    onEnter: () => form.requestSubmit(),
    onFill: (content) => {
      const empty = /** @type {HTMLElement} */ (form.querySelector("[data-empty]"));
      empty.hidden = content.querySelector("[role=option]") !== null;
      for (const count of content.querySelectorAll("[data-count]")) {
        const tab = tabs.find((candidate) => candidate.dataset.kind === count.getAttribute("data-count"));
        tab?.querySelector(".count")?.replaceChildren(count.textContent ?? "");
      }
    },
  }, signal);
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      kind = tab.dataset.kind ?? "";
      for (const other of tabs) other.setAttribute("aria-selected", String(other === tab));
      completion.ask();
      field.focus();
    }, { signal });
  }
  return completion;
}
