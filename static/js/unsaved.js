// @ts-check
/** What was written and not saved, folded: where it belongs, with a way to go on and to drop it. */
import { toast } from "./announce.js";
import { forget, keep, keptIn } from "./kept.js";
import { paint } from "./painter.js";
import { passageAt } from "./selection.js";
import { isNarrow } from "./state.js";
import { CHANGED, tell } from "./types.js";
import { part, word } from "./words.js";

/** As much of it as is shown, in characters. */
const OPENING = 120;

/**
 * Show what is kept under `key` until the reader goes on with it or drops it; nothing kept, nothing
 * shown. On a narrow screen, which has no margin, it is offered for a moment.
 * @param {HTMLElement} article
 * @param {string} key
 * @param {Element} home what it is put into
 * @param {() => void} goOn
 * @returns {void}
 */
export function showUnsaved(article, key, home, goOn) {
  const kept = keptIn(article)[key];
  if (!kept || article.querySelector(`[data-unsaved="${CSS.escape(key)}"]`)) return;
  if (isNarrow()) return toast(word("left_unsaved"), goOn, word("go_on"));
  const note = part("unsaved-part");
  note.dataset.unsaved = key;
  const said = /** @type {HTMLElement} */ (note.querySelector(".note-text"));
  said.textContent = kept.text.length > OPENING ? `${kept.text.slice(0, OPENING).trimEnd()}…` : kept.text;
  const { passage } = kept;
  // The text may have become another one since.
  const isThere = passage && passageAt(article, passage.start, passage.end)?.exact === passage.exact;
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
