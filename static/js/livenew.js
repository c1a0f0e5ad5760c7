// @ts-check
/** "New" on the notes of others until they were seen. */
import { focusOn } from "./focus.js";
import { setState } from "./state.js";
import { ACTIVATE, CHANGED, hear } from "./types.js";

/** @import { Change } from "./types.js" */

/** A note in sight for this time was seen, in milliseconds. */
const SEEN = 2_000;
/** How long a new mark takes to come, in milliseconds. */
const ARRIVAL = 400;

/** Names, "n12", of the notes that were not seen yet. @type {Set<string>} */
const unseen = new Set();
/** @type {Map<Element, number>} */
const timers = new Map();
/** @type {IntersectionObserver | undefined} */
let observer;

/**
 * Mark what `changes` have added: its words fade in, its note says that it is new.
 * @param {HTMLElement} article
 * @param {Change[]} changes that were drawn
 * @returns {void}
 */
export function markNew(article, changes) {
  observer ??= watch(article);
  const added = changes.filter(({ what, kind, is_own }) => what === "new" && !is_own && ["highlight", "note", "reply"].includes(kind));
  for (const { number } of added) {
    if (number === null) continue;
    const note = article.querySelector(`#n${number}`)?.closest(".note[id]");
    if (note) unseen.add(note.id);
    const marks = article.querySelectorAll(`mark[data-h~="h${number}"]`);
    for (const mark of marks) setState(mark, "new");
    setTimeout(() => { for (const mark of marks) setState(mark, "new", false); }, ARRIVAL);
  }
  show(article);
}

/**
 * Give the first note that is new the focus.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function goToFirstNew(article) {
  const first = /** @type {HTMLElement | null} */ (article.querySelector(".note[data-state~=new]"));
  if (first) focusOn(first);
}

/**
 * @param {HTMLElement} article
 * @returns {IntersectionObserver}
 */
function watch(article) {
  const { signal } = new AbortController();
  const seen = (/** @type {Element} */ note) => {
    unseen.delete(note.id);
    setState(note, "new", false);
    observer?.unobserve(note);
    timers.delete(note);
  };
  hear(article, CHANGED, () => show(article), signal);
  hear(article, ACTIVATE, (/** @type {{name: string | null}} */ { name }) => {
    const note = name && article.querySelector(`#n${CSS.escape(name.slice(1))}`);
    if (note && unseen.has(note.id)) setTimeout(() => seen(note), SEEN);
  }, signal);
  article.addEventListener("focusin", ({ target }) => {
    const note = /** @type {Element} */ (target).closest(".note[data-state~=new]");
    if (note) setTimeout(() => seen(note), SEEN);
  });
  return new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(timers.get(target));
      if (isIntersecting) timers.set(target, setTimeout(() => { if (!document.hidden) seen(target); }, SEEN));
    }
  }, { threshold: 0.5 });
}

/**
 * Say "New" on the notes as they stand on the page now.
 * @param {HTMLElement} article
 * @returns {void}
 */
function show(article) {
  for (const name of unseen) {
    const note = article.querySelector(`#${CSS.escape(name)}`);
    if (!note || note.matches("[data-state~=new]")) continue;
    setState(note, "new");
    observer?.observe(note);
  }
}
