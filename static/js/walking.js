// @ts-check
/** Going through the highlights by keys: one tab stop, next and previous, to the note and back. */
import { highlightAt, noteOf } from "./active.js";
import { announce } from "./announce.js";
import { focusOn } from "./focus.js";
import { ACTIVATE, CHANGED, hear, tell } from "./types.js";
import { word } from "./words.js";

/**
 * Make the references to notes one tab stop, and let Enter and Escape go between a reference
 * and its note, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {{step: (by: 1 | -1, isSameClaim?: boolean) => void}} what j and k do
 */
export function walkHighlights(article, signal) {
  /** @type {string | null} */
  let active = null;
  const settle = () => rove(article, active);
  hear(article, ACTIVATE, (/** @type {{name: string | null}} */ { name }) => { active = name; settle(); }, signal);
  hear(article, CHANGED, settle, signal);
  article.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const control = /** @type {HTMLElement | null} */ (target.closest("a[data-step]"));
    if (control) {
      event.preventDefault();
      step(article, active, control.dataset.step === "1" ? 1 : -1, false);
    }
    const ref = target.closest(".ref");
    const note = noteOf(article, highlightAt(ref));
    if (!note) return;
    event.preventDefault();
    focusOn(note);
  }, { signal });
  article.addEventListener("keydown", (event) => onKey(article, event), { signal });
  settle();
  return { step: (by, isSameClaim = false) => step(article, active, by, isSameClaim) };
}

/**
 * @param {HTMLElement} article
 * @returns {HTMLElement[]}
 */
function refsIn(article) {
  return [...article.querySelectorAll(".prose .ref")].map((ref) => /** @type {HTMLElement} */ (ref));
}

/**
 * @param {HTMLElement} article
 * @param {string | null} active
 * @returns {void}
 */
function rove(article, active) {
  const refs = refsIn(article);
  const current = refs.find((ref) => highlightAt(ref) === active) ?? refs[0];
  for (const ref of refs) ref.tabIndex = ref === current ? 0 : -1;
  // A screen reader finds the way to mark each paragraph; Tab finds that of the one at hand.
  const block = current?.closest(".bk") ?? article.querySelector(".bk");
  for (const way of article.querySelectorAll(".add-note")) {
    /** @type {HTMLElement} */ (way).tabIndex = block?.contains(way) ? 0 : -1;
  }
}

/**
 * @param {HTMLElement} article
 * @param {string | null} active
 * @param {1 | -1} by
 * @param {boolean} isSameClaim
 * @returns {void}
 */
function step(article, active, by, isSameClaim) {
  const claim = claimOf(article, active);
  const all = refsIn(article);
  const refs = isSameClaim && claim ? all.filter((ref) => claimOf(article, highlightAt(ref)) === claim) : all;
  const at = refs.findIndex((ref) => highlightAt(ref) === active);
  const inSight = refs.findIndex((ref) => ref.getBoundingClientRect().top > 0);
  const first = inSight < 0 ? 0 : inSight;
  const next = at < 0 ? refs[by > 0 ? first : first - 1] : refs[at + by];
  if (!next) return announce(word(by > 0 ? "last_highlight" : "first_highlight"));
  next.focus({ preventScroll: true });
  next.parentElement?.scrollIntoView({ block: "nearest", behavior: "instant" });
  next.scrollIntoView({ block: "nearest", behavior: "instant" });
  tell(article, ACTIVATE, { name: highlightAt(next) });
}

/**
 * @param {HTMLElement} article
 * @param {string | null} name
 * @returns {string | null} the address of its first claim
 */
function claimOf(article, name) {
  return noteOf(article, name)?.querySelector(".chip")?.getAttribute("href") ?? null;
}

/**
 * @param {HTMLElement} article
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function onKey(article, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key !== "Escape" || !target.closest(".note") || target.closest("form, dialog")) return;
  event.preventDefault();
  const name = highlightAt(target);
  refsIn(article).find((ref) => highlightAt(ref) === name)?.focus();
}
