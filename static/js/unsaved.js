// @ts-check
/** What was written and not saved, folded: where it belongs, with a way to go on and to drop it. */
import { toast } from "./announce.js";
import { forget, keep, keptIn } from "./kept.js";
import { paint } from "./painter.js";
import { passageAt } from "./selection.js";
import { isNarrow } from "./state.js";
import { CHANGED, tell } from "./types.js";
import { part, word } from "./words.js";

/** @import { Passage } from "./types.js" */

/** As much of it as is shown, in characters. */
const OPENING = 120;

/**
 * Show what is kept under `key` until the reader goes on with it or drops it; nothing kept, nothing
 * shown. On a narrow screen, which has no margin, it is offered for a moment and waits at the end of
 * its paragraph.
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Element} home what it is put into
 * @param {() => void} goOn
 * @returns {void}
 */
export function showUnsaved(article, key, home, goOn) {
  const kept = keptIn(article)[key];
  if (!kept || article.querySelector(`[data-unsaved="${CSS.escape(key)}"]`)) return;
  const block = home.closest(".bk")?.querySelector("[data-start]");
  if (isNarrow() && block) return showPill(article, key, block, goOn);
  const note = part("unsaved-part");
  note.dataset.unsaved = key;
  const said = /** @type {HTMLElement} */ (note.querySelector(".note-text"));
  said.textContent = kept.text.length > OPENING ? `${kept.text.slice(0, OPENING).trimEnd()}…` : kept.text;
  const { passage } = kept;
  const isThere = passage && isInText(article, passage);
  const erase = isThere ? paint(article, "pending", passage) : () => {};
  if (isThere) Object.assign(note.dataset, { from: passage.start, to: passage.end });
  // Inside a note it is a part of that note, not one of its own.
  if (home.closest(".note")) note.className = "composer";
  const close = () => { erase(); note.remove(); tell(article, CHANGED); };
  note.addEventListener("click", (event) => {
    const action = /** @type {Element} */ (event.target).closest("button")?.dataset.action;
    if (action) close();
    if (action === "go-on") goOn();
    if (action === "drop") drop(article, key, () => showUnsaved(article, key, home, goOn));
  });
  // The actions under it come into sight as it is pressed: what is pressed may not move.
  const actions = home.querySelector(":scope > .note-actions");
  if (actions) actions.before(note);
  else home.append(note);
  tell(article, CHANGED);
}

/**
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Element} block whose last word the pill follows
 * @param {() => void} goOn
 * @returns {void}
 */
function showPill(article, key, block, goOn) {
  const pill = part("unsaved-pill-part");
  pill.dataset.unsaved = key;
  const passage = keptIn(article)[key]?.passage;
  const erase = passage && isInText(article, passage) ? paint(article, "pending", passage) : () => {};
  const open = () => { erase(); pill.remove(); goOn(); };
  pill.addEventListener("click", (event) => {
    // The pill beside it would open the notes of the paragraph.
    event.stopPropagation();
    open();
  });
  block.append(pill);
  toast(word("left_unsaved"), open, word("go_on"));
}

/**
 * Say whether `passage` still stands where it was chosen: the text may have become another one.
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @returns {boolean}
 */
function isInText(article, passage) {
  return passageAt(article, passage.start, passage.end)?.exact === passage.exact;
}

/**
 * Forget what is kept under `key`, with a way to have it back.
 * @param {HTMLElement} article
 * @param {string} key
 * @param {() => void} back what shows it again
 * @returns {void}
 */
export function drop(article, key, back) {
  const kept = keptIn(article)[key];
  forget(article, key);
  if (kept) toast(word("dropped"), () => { keep(article, key, kept); back(); });
}
