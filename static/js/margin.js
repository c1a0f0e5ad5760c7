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
  const isBeside = document.documentElement.dataset.notes === "margin" && !isNarrow();
  prose?.toggleAttribute("data-placed", isBeside);
  if (!prose) return;
  unfoldAll(prose);
  if (!isBeside) return;
  fold(prose);
  const items = itemsIn(article, prose).sort((a, b) => a.wanted - b.wanted);
  stack(items);
  for (const { note, top, home } of items) note.style.setProperty("--note-top", `${Math.round(top - home)}px`);
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
 * @param {HTMLElement} prose
 * @returns {void}
 */
function unfoldAll(prose) {
  for (const row of prose.querySelectorAll("button.note-more")) row.remove();
  for (const note of prose.querySelectorAll(".note[hidden]")) note.removeAttribute("hidden");
}

/**
 * Where notes crowd, fold the ones without words into one row that opens them.
 * @param {HTMLElement} prose
 * @returns {void}
 */
function fold(prose) {
  const groups = [...prose.querySelectorAll(".notes")].map((notes) => {
    return { notes, top: notes.getBoundingClientRect().top, count: notes.querySelectorAll(":scope > .note").length };
  });
  const reach = window.innerHeight / 2;
  for (const { notes, top, count } of groups) {
    if (count < 2 || notes.hasAttribute("data-unfolded")) continue;
    const near = groups.filter((other) => Math.abs(other.top - top) < reach);
    const crowd = near.reduce((sum, other) => sum + other.count, 0);
    const bare = [...notes.querySelectorAll(":scope > .note.bare:not([data-state~=active])")];
    if (crowd <= CROWD || bare.length < 2) continue;
    for (const note of bare) note.setAttribute("hidden", "");
    const first = bare[0]?.id.slice(1);
    if (first) notes.append(row(bare.length, `h${first}`));
  }
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
  button.dataset.beside = beside;
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
