// @ts-check
/** Where notes crowd beside a screen, those without words fold into a row that opens them. */
import { word } from "./words.js";

/** More notes than this beside one screen fold. */
const CROWD = 8;

/**
 * Where notes crowd, fold the ones without words into one row that opens them; unfold all others.
 * @param {HTMLElement} prose
 * @param {boolean} isBeside whether notes stand in the margin, where alone they crowd
 * @returns {void}
 */
export function fold(prose, isBeside) {
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
 * Unfold the notes behind the row that was clicked, if it was one.
 * @param {MouseEvent} event
 * @param {() => void} realign
 * @returns {void}
 */
export function unfold(event, realign) {
  const button = /** @type {Element} */ (event.target).closest("button.note-more");
  const notes = button?.closest(".notes");
  if (!notes) return;
  notes.setAttribute("data-unfolded", "");
  realign();
}
