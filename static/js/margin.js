// @ts-check
/** Notes beside their passages: each at the height of its first line, none over another. */
import { rangesOf } from "./selection.js";
import { isNarrow } from "./state.js";
import { ACTIVATE, CHANGED, hear } from "./types.js";
import { word } from "./words.js";

/** Space between two notes, in pixels. Source: the design, section 6. */
const GAP = 14;
/** A note's first line sits this much below the top of the marked words' box, in pixels. */
const RISE = 2;
/** More notes than this beside one screen fold those without words into a row. */
const CROWD = 8;

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
  hear(article, ACTIVATE, soon, signal);
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
}

/**
 * @param {HTMLElement} article
 * @returns {void}
 */
function align(article) {
  const prose = /** @type {HTMLElement | null} */ (article.querySelector(".prose"));
  if (!prose) return;
  const isBeside = document.documentElement.dataset.notes === "margin" && !isNarrow();
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
  for (const notes of prose.querySelectorAll(".notes")) {
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

/**
 * Where notes crowd, fold the ones without words into one row that opens them; unfold all others.
 * @param {HTMLElement} prose
 * @param {boolean} isBeside whether notes stand in the margin, where alone they crowd
 * @returns {void}
 */
function fold(prose, isBeside) {
  const groups = [...prose.querySelectorAll(".notes")].map((notes) => {
    return { notes, top: notes.getBoundingClientRect().top, count: notes.querySelectorAll(":scope > .note").length };
  });
  const reach = window.innerHeight / 2;
  for (const { notes, top, count } of groups) {
    const near = groups.filter((other) => Math.abs(other.top - top) < reach);
    const isCrowded = isBeside && count > 1 && !notes.hasAttribute("data-unfolded") && near.reduce((sum, other) => sum + other.count, 0) > CROWD;
    const bare = isCrowded ? [...notes.querySelectorAll(":scope > .note.bare:not([data-state~=active])")] : [];
    const folded = new Set(bare.length > 1 ? bare : []);
    for (const note of notes.querySelectorAll(".note")) note.toggleAttribute("hidden", folded.has(note));
    showRow(notes, folded.size, bare[0]);
  }
}

/**
 * Let the row at the end of `notes` say how many are folded; none without them.
 * @param {Element} notes
 * @param {number} count
 * @param {Element | undefined} first
 * @returns {void}
 */
function showRow(notes, count, first) {
  const old = /** @type {HTMLElement | null} */ (notes.querySelector("button.note-more"));
  const beside = first ? `h${first.id.slice(1)}` : "";
  if (count && old?.dataset.beside === beside && old.dataset.count === String(count)) return;
  old?.remove();
  if (count && beside) notes.append(row(count, beside));
}

/**
 * @param {number} count
 * @param {string} beside the mark it stands next to
 * @returns {HTMLButtonElement}
 */
function row(count, beside) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "note-more";
  Object.assign(button.dataset, { beside, count });
  button.textContent = word("more_highlights", { count });
  return button;
}

/**
 * @param {MouseEvent} event
 * @param {() => void} realign
 * @returns {void}
 */
function unfold(event, realign) {
  const button = /** @type {Element} */ (event.target).closest("button.note-more");
  const notes = button?.closest(".notes");
  if (!notes) return;
  notes.setAttribute("data-unfolded", "");
  realign();
}
