// @ts-check
/** Putting a block of the article in the place of the old one, with what is being written there. */
import { focusOn } from "./focus.js";
import { setState } from "./state.js";

/**
 * Put the block `fresh` in the place of `old`, with what is being written there.
 * @param {Element} old
 * @param {Element} fresh
 * @returns {void}
 */
export function exchange(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const state = old.querySelector(".note[id][data-state~=active]")?.id;
  for (const form of old.querySelectorAll("[data-keep]")) put(form, fresh);
  for (const { id } of old.querySelectorAll(".note[id]:has(> .note-resolved[open])")) fresh.querySelector(`#${CSS.escape(id)} > .note-resolved`)?.setAttribute("open", "");
  old.replaceWith(fresh);
  if (focused) focusAgain(fresh, focused);
  const active = state && fresh.querySelector(`#${CSS.escape(state)}`);
  if (active) setState(active, "active");
}

/**
 * @param {Element} form put where it stood in the old block: what is pressed may not move
 * @param {Element} block
 * @returns {void}
 */
function put(form, block) {
  const id = form.parentElement?.closest("[id]")?.id;
  const note = id && block.querySelector(`#${CSS.escape(id)}`);
  const actions = note && form.matches(":has(+ .note-actions)") && note.querySelector(":is(:scope, :scope > .reply-text) > .note-actions");
  if (actions) actions.before(form);
  else (note || notesIn(block)).append(form);
}

/**
 * @param {Element} block
 * @param {Element} focused what had the focus in the old block
 * @returns {void}
 */
function focusAgain(block, focused) {
  const id = focused.id || focused.closest(".note")?.id;
  const same = focused.isConnected ? focused : id && block.querySelector(`#${CSS.escape(id)}`);
  const target = /** @type {HTMLElement | null} */ (same || block.querySelector("[data-start]"));
  if (target) focusOn(target);
}

/**
 * @param {Element} block
 * @returns {Element} the notes beside it, made when it has none yet
 */
export function notesIn(block) {
  const found = block.querySelector(".notes");
  if (found) return found;
  const notes = document.createElement("div");
  notes.className = "notes";
  block.append(notes);
  return notes;
}
