// @ts-check
/** Which highlight is in use: its marks and its note light up together. */
import { setState } from "./state.js";
import { ACTIVATE, CHANGED, hear, tell } from "./types.js";

/**
 * Follow pointer, focus and addresses on `article` until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function followHighlights(article, signal) {
  /** @type {string | null} */
  let active = null;
  hear(article, ACTIVATE, (/** @type {{name: string | null}} */ { name }) => {
    active = name;
    show(article, name);
  }, signal);
  hear(article, CHANGED, () => show(article, active), signal);
  const options = { signal };
  article.addEventListener("click", (event) => onClick(article, event, active), options);
  article.addEventListener("focusin", (event) => onFocus(article, event, active), options);
  article.addEventListener("pointerover", (event) => onHover(article, event, active), options);
}

/**
 * Return the name of the highlight whose note, mark or reference `element` is in, or null.
 * @param {Element | null} element
 * @returns {string | null}
 */
export function highlightAt(element) {
  const note = /** @type {HTMLElement | null} */ (element?.closest(".note"));
  const id = note && (note.dataset.note || note.id);
  if (id) return `h${id.slice(1)}`;
  const ref = element?.closest(".ref")?.getAttribute("href");
  return ref ? `h${ref.slice(2)}` : null;
}

/**
 * Return the note of the highlight `name`, or null when it is not in the page.
 * @param {HTMLElement} article
 * @param {string | null} name
 * @returns {HTMLElement | null}
 */
export function noteOf(article, name) {
  return name ? article.querySelector(`#n${CSS.escape(name.slice(1))}`) : null;
}

/**
 * Return the names of the highlights on `mark`, the shortest first.
 * @param {HTMLElement} article
 * @param {HTMLElement} mark
 * @returns {string[]}
 */
export function namesOn(article, mark) {
  const names = (mark.dataset.h ?? "").split(" ").filter(Boolean);
  const length = (/** @type {string} */ name) =>
    piecesOf(article, name).reduce((sum, piece) => sum + (piece.textContent ?? "").length, 0);
  return names.length < 2 ? names : names.map((name) => ({ name, length: length(name) }))
    .sort((a, b) => a.length - b.length).map(({ name }) => name);
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {Element[]}
 */
function piecesOf(article, name) {
  return [...article.querySelectorAll(`mark[data-h~="${CSS.escape(name)}"]`)];
}

/**
 * @param {HTMLElement} article
 * @param {MouseEvent} event
 * @param {string | null} active
 * @returns {void}
 */
function onClick(article, event, active) {
  const target = /** @type {Element} */ (event.target);
  const mark = /** @type {HTMLElement | null} */ (target.closest("mark[data-h]"));
  const isChoosing = !document.getSelection()?.isCollapsed;
  if (mark && !isChoosing && !target.closest("a")) {
    const names = namesOn(article, mark);
    // Clicking again opens the next of those that lie over one another.
    const next = names[(names.indexOf(active ?? "") + 1) % names.length];
    tell(article, ACTIVATE, { name: next ?? null });
  } else if (target.closest(".note")) {
    tell(article, ACTIVATE, { name: highlightAt(target) });
  } else if (active && !isChoosing && !target.closest("a, button, form")) {
    tell(article, ACTIVATE, { name: null });
  }
}

/**
 * @param {HTMLElement} article
 * @param {FocusEvent} event
 * @param {string | null} active
 * @returns {void}
 */
function onFocus(article, event, active) {
  const target = /** @type {Element} */ (event.target);
  // A note that is put in use moves. Under a pressed pointer it would slip away before the click.
  if (!target.matches(":focus-visible")) return;
  const name = highlightAt(target);
  if (name && name !== active) tell(article, ACTIVATE, { name });
}

/**
 * Light up all pieces of what the pointer is on, beside those in use.
 * @param {HTMLElement} article
 * @param {PointerEvent} event
 * @param {string | null} active
 * @returns {void}
 */
function onHover(article, event, active) {
  const target = /** @type {Element} */ (event.target);
  const mark = /** @type {HTMLElement | null} */ (target.closest("mark[data-h]"));
  const name = mark ? namesOn(article, mark)[0] : highlightAt(target);
  light(article, [name, active]);
}

/**
 * @param {HTMLElement} article
 * @param {string | null} name
 * @returns {void}
 */
function show(article, name) {
  light(article, [name]);
  for (const note of article.querySelectorAll(".note[id][data-state~=active]")) setState(note, "active", false);
  const note = noteOf(article, name);
  if (!note) return;
  note.hidden = false; // folded away it could not take the focus
  setState(note, "active");
}

/**
 * @param {HTMLElement} article
 * @param {(string | null | undefined)[]} names
 * @returns {void}
 */
function light(article, names) {
  const wanted = new Set(names.flatMap((name) => (name ? piecesOf(article, name) : [])));
  for (const mark of article.querySelectorAll("mark[data-state~=active]")) {
    if (!wanted.has(mark)) setState(mark, "active", false);
  }
  for (const mark of wanted) setState(mark, "active");
}
