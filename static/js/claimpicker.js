// @ts-check
/**
 * Choosing a claim for a passage: a combobox whose options the server completes, a stance, and
 * behind "More" who says it and how. Source: WAI-ARIA, combobox with list autocomplete.
 */
import { newId, send } from "./api.js";
import { offerAudience } from "./audiencefield.js";
import { numberOptions, rememberClaim } from "./claimkeys.js";
import { comboboxIn, completeFrom, selectedIn } from "./combobox.js";
import { keepAboveKeyboard } from "./keyboard.js";
import { paint } from "./painter.js";
import { createHighlight, showFailure, showSaved } from "./saving.js";
import { rangesOf } from "./selection.js";
import { completeSpeaker } from "./speakerfield.js";
import { toolSheet } from "./toolsheet.js";
import { part } from "./words.js";

/** @import { Completion } from "./combobox.js" */
/** @import { Fields, Passage, Subject } from "./types.js" */

/** Space between the picker and the words, in pixels. */
const GAP = 8;

/** @type {AbortController | null} */
let shown = null;

/**
 * Open the picker for `subject`: fresh words become a highlight with the claim; on the reader's
 * own highlight the claim is added.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {Promise<void>}
 */
export async function pickClaim(article, { passage, note }) {
  await toolSheet();
  shown?.abort();
  const life = new AbortController();
  shown = life;
  const picker = part("claim-picker-part");
  const form = /** @type {HTMLFormElement} */ (picker.querySelector("form"));
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  article.append(picker);
  const erase = paint(article, "pending", passage);
  life.signal.addEventListener("abort", () => { erase(); picker.remove(); });
  if (note) form.querySelector("label:has(select[name=audience])")?.remove();
  else offerAudience(form);
  const completion = offerClaims(article, form, life.signal);
  // Who speaks is asked for behind "More": the names come when that opens.
  form.querySelector("details")?.addEventListener("toggle", () => {
    completeSpeaker(form, { article: article.dataset.article ?? "" }, life.signal);
  }, { signal: life.signal, once: true });
  const id = newId();
  const save = async (/** @type {Fields} */ fields) => {
    rememberClaim(fields);
    if (!note) return void (await createHighlight(article, passage, fields, id));
    const url = /** @type {HTMLAnchorElement} */ (note.querySelector("a[data-action=claim]")).href;
    const seen = note.dataset.counter ?? "";
    await showSaved(article, await send(url, { ...fields, counter: seen }), passage.blocks);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form, completion, save, life).catch((error) => {
      showFailure(/** @type {HTMLElement} */ (form.querySelector("[data-reason]")), error, article, passage);
    });
  });
  picker.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return keepFocus(picker, event);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    life.abort();
    before?.focus();
  });
  closeFromOutside(picker, form, life);
  picker.hidden = false;
  place(article, picker, passage);
  keepAboveKeyboard(picker, life.signal, () => uncover(article, picker, passage));
  uncover(article, picker, passage);
  comboboxIn(form).field.focus();
}

/**
 * Close the picker at a press beside it; by touch at a tap, for a finger also scrolls.
 * @param {HTMLElement} picker
 * @param {HTMLFormElement} form
 * @param {AbortController} life
 * @returns {void}
 */
function closeFromOutside(picker, form, life) {
  for (const name of /** @type {const} */ (["pointerdown", "click"])) {
    document.addEventListener(name, (event) => {
      const isMeant = name === "click" || event.pointerType === "mouse";
      // While it is saved the picker stays: what fails is said in it.
      if (isMeant && form.ariaBusy !== "true" && !picker.contains(/** @type {Node} */ (event.target))) life.abort();
    }, { signal: life.signal });
  }
}

/**
 * Let Tab go round inside the picker, as it does in a dialog that the browser opens.
 * @param {HTMLElement} picker
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function keepFocus(picker, event) {
  const stops = [...picker.querySelectorAll("input, select, summary, button")]
    .map((stop) => /** @type {HTMLElement} */ (stop))
    .filter((stop) => stop.checkVisibility());
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/**
 * Save the claim that is chosen once the options for what is typed have come. Raises Failure.
 * @param {HTMLFormElement} form
 * @param {Completion} completion
 * @param {(fields: Fields) => Promise<void>} save
 * @param {AbortController} life
 * @returns {Promise<void>}
 */
async function submit(form, completion, save, life) {
  const { field, list } = comboboxIn(form);
  const isAsTyped = form.dataset.asTyped !== undefined;
  delete form.dataset.asTyped;
  if (!isAsTyped) await completion.settled();
  if (life.signal.aborted || form.ariaBusy === "true") return;
  const option = isAsTyped ? null : selectedIn(list);
  const claim = option?.dataset.name || field.value.trim();
  if (!claim) return field.focus();
  form.ariaBusy = "true";
  try {
    await save({ .../** @type {Fields} */ (Object.fromEntries(new FormData(form))), claim });
    life.abort();
  } finally {
    form.ariaBusy = null;
  }
}

/**
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 * @returns {Completion}
 */
function offerClaims(article, form, signal) {
  const box = comboboxIn(form);
  const { field } = box;
  return completeFrom(box, {
    address: () => `${form.dataset.completeUrl}?${new URLSearchParams({ q: field.value, article: article.dataset.article ?? "" })}`,
    onFill: (content) => numberOptions(article, content),
    onPick: (option) => { field.value = option.dataset.name ?? field.value; },
    onEnter: (event) => {
      // With Ctrl the claim is what was typed, whatever the options offer.
      if (event.ctrlKey || event.metaKey) form.dataset.asTyped = "";
      form.requestSubmit();
    },
  }, signal);
}

/**
 * Put the picker under the words, or over them where there is no room below.
 * @param {HTMLElement} article
 * @param {HTMLElement} picker
 * @param {Passage} passage
 * @returns {void}
 */
function place(article, picker, passage) {
  const rects = rangesOf(article, passage.start, passage.end).flatMap((range) => [...range.getClientRects()]);
  const [first, last] = [rects[0], rects[rects.length - 1]];
  if (!first || !last) return;
  const { offsetWidth: width, offsetHeight: height } = picker;
  const left = Math.min(Math.max(last.left, GAP), document.documentElement.clientWidth - width - GAP);
  const isRoomBelow = last.bottom + GAP + height < window.innerHeight || first.top - GAP - height < 0;
  const top = isRoomBelow ? last.bottom + GAP : first.top - GAP - height;
  picker.style.setProperty("--x", `${left + window.scrollX}px`);
  picker.style.setProperty("--y", `${top + window.scrollY}px`);
}

/**
 * Scroll the words into sight over a picker that stands at the foot of the screen.
 * @param {HTMLElement} article
 * @param {HTMLElement} picker
 * @param {Passage} passage
 * @returns {void}
 */
function uncover(article, picker, passage) {
  if (getComputedStyle(picker).position !== "fixed") return;
  const rects = rangesOf(article, passage.start, passage.end).flatMap((range) => [...range.getClientRects()]);
  const [first, last] = [rects[0], rects[rects.length - 1]];
  const ceiling = (document.querySelector(".topbar")?.getBoundingClientRect().bottom ?? 0) + GAP;
  if (!first || !last) return;
  const hidden = last.bottom + GAP - picker.offsetTop;
  if (hidden > 0) window.scrollBy({ top: Math.min(hidden, first.top - ceiling), behavior: "instant" });
}
