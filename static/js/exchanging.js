// @ts-check
/** Putting a block of the article in the place of the old one, with what is being written there. */
import { focusOn } from "./focus.js";
import { setState } from "./state.js";

/** What a note offers, below what is written in it. */
const ACTIONS = ".note-actions";
/** What a reply says, with its actions. */
const REPLY = ".reply-text";

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
 * Put `form` where it stood in the old block: what is pressed may not move.
 * @param {Element} form
 * @param {Element} block
 * @returns {void}
 */
function put(form, block) {
  const [parent, next] = [form.parentElement, form.nextElementSibling];
  const id = parent?.closest("[id]")?.id;
  const note = id && block.querySelector(`#${CSS.escape(id)}`);
  const place = (note && parent.matches(REPLY) && note.querySelector(REPLY)) || note || notesIn(block);
  const actions = next?.matches(ACTIONS) ? place.querySelector(`:scope > ${ACTIONS}`) : null;
  place.insertBefore(form, actions);
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
