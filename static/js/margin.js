// @ts-check
/** Notes beside their passages: each at the height of its first line, none over another. */
import { noteOf } from "./active.js";
import { fold, unfold } from "./folding.js";
import { rangesOf } from "./selection.js";
import { isNarrow, whenIdle } from "./state.js";
import { ACTIVATE, CHANGED, hear } from "./types.js";

/** Space between two notes, in pixels. Source: the design, section 6. */
const GAP = 14;
/** A note's first line sits this much below the top of the marked words' box, in pixels. */
const RISE = 2;
/** Notes that begin more screens down than this wait until the browser has nothing else to do. */
const NEAR = 1.5;
/** As many of those at least are placed in one go. */
const STEP = 12;

/** @typedef {{note: HTMLElement, wanted: number, home: number, height: number, top: number, isActive: boolean}} Item */

/**
 * Keep the notes of `article` aligned until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function alignNotes(article, signal) {
  let frame = 0;
  const soon = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => align(article)); };
  hear(article, ACTIVATE, (/** @type {{name: string | null}} */ { name }) => {
    const note = noteOf(article, name);
    if (note?.closest("[data-later]")) letGo(article, note); // else it could not take the focus
    soon();
  }, signal);
  // At once, so that what has come or was exchanged is nowhere else first.
  hear(article, CHANGED, () => { cancelAnimationFrame(frame); align(article); }, signal);
  const prose = article.querySelector(".prose");
  const observer = new ResizeObserver(soon);
  if (prose) observer.observe(prose);
  document.fonts.ready.then(soon);
  article.addEventListener("click", (event) => unfold(event, soon), { signal });
  // A note grows with what is written in it; moving those below is the margin's task.
  article.addEventListener("input", soon, { signal });
  window.addEventListener("resize", soon, { signal });
  matchMedia("print").addEventListener("change", soon, { signal });
  signal.addEventListener("abort", () => { observer.disconnect(); cancelAnimationFrame(frame); });
  soon();
  const goOn = () => {
    if (signal.aborted || !letGo(article)) return;
    soon();
    whenIdle(goOn);
  };
  requestAnimationFrame(() => whenIdle(goOn));
}

/**
 * Let the next notes that wait be placed: a few, or all up to `note`.
 * @param {HTMLElement} article
 * @param {Element} [note]
 * @returns {boolean} whether any waited
 */
function letGo(article, note) {
  const waiting = [...article.querySelectorAll(".notes[data-later]")];
  let count = 0;
  for (const notes of waiting) {
    if (note ? note.compareDocumentPosition(notes) & Node.DOCUMENT_POSITION_FOLLOWING : count >= STEP) break;
    notes.removeAttribute("data-later");
    count += notes.childElementCount;
  }
  return waiting.length > 0;
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function align(article) {
  const prose = /** @type {HTMLElement | null} */ (article.querySelector(".prose"));
  if (!prose) return;
  const isBeside = document.documentElement.dataset.notes === "margin" && !isNarrow();
  if (isBeside && !prose.hasAttribute("data-placed")) postpone(prose);
  prose.toggleAttribute("data-placed", isBeside);
  fold(prose, isBeside);
  if (!isBeside) return;
  const items = itemsIn(article, prose).sort((a, b) => a.wanted - b.wanted);
  stack(items);
  for (const { note, top, home } of items) {
    const place = `${Math.round(top - home)}px`;
    // What is written again as it is would be styled again.
    if (note.style.getPropertyValue("--note-top") !== place) note.style.setProperty("--note-top", place);
  }
}

/**
 * Let notes far down wait: to style and measure a hundred takes longer than the text itself.
 * @param {HTMLElement} prose
 * @returns {void}
 */
function postpone(prose) {
  const groups = [...prose.querySelectorAll(".notes")];
  const tops = groups.map((notes) => notes.getBoundingClientRect().top);
  groups.forEach((notes, index) => notes.toggleAttribute("data-later", (tops[index] ?? 0) > NEAR * window.innerHeight));
}

/**
 * Give each item its top: where it wants to be, or below the one before; but the note in use
 * gets its place, and those before it move up.
 * @param {Item[]} items in reading order
 * @returns {void}
 */
function stack(items) {
  let floor = -Infinity;
  for (const item of items) {
    item.top = item.isActive ? item.wanted : Math.max(item.wanted, floor);
    floor = item.top + item.height + GAP;
  }
  let ceiling = Infinity;
  for (const item of items.slice(0, items.findIndex((one) => one.isActive) + 1).reverse()) {
    item.top = Math.min(item.top, ceiling - item.height - GAP);
    ceiling = item.top;
  }
}

/**
 * Read where everything is, all at once and before anything is written.
 * @param {HTMLElement} article
 * @param {HTMLElement} prose
 * @returns {Item[]}
 */
function itemsIn(article, prose) {
  const items = [];
  for (const notes of prose.querySelectorAll(".notes:not([data-later])")) {
    const home = notes.getBoundingClientRect().top;
    for (const child of notes.children) {
      const note = /** @type {HTMLElement} */ (child);
      if (note.hidden) continue;
      const line = firstLine(article, note);
      const wanted = line ? line.top + RISE : home;
      const isActive = note.matches("[data-state~=active]");
      items.push({ note, wanted, home, height: note.offsetHeight, top: wanted, isActive });
    }
  }
  return items;
}

/**
 * Return the box of the first line that `note` is about, or undefined when it is not shown.
 * @param {HTMLElement} article
 * @param {HTMLElement} note
 * @returns {DOMRect | undefined}
 */
function firstLine(article, note) {
  const { from, to, beside } = note.dataset;
  if (from && to) return rangesOf(article, Number(from), Number(to))[0]?.getClientRects()[0];
  const name = beside ?? `h${note.id.slice(1)}`;
  return article.querySelector(`#${CSS.escape(name)}`)?.getClientRects()[0];
}
