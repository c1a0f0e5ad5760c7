// @ts-check
/** The bar of actions at chosen words: over them with a mouse or keys, at the foot by touch. */
import { announce } from "./announce.js";
import { audienceLabel, turnAudience } from "./audience.js";
import { signInAddress } from "./places.js";
import { rangesOf } from "./selection.js";
import { isNarrow } from "./state.js";
import { ACT, CHOSEN, hear, tell } from "./types.js";
import { isFloating } from "./watching.js";
import { part, word } from "./words.js";

/** @import { Chosen, Passage } from "./types.js" */

/** Space between the bar and the words, and between it and what bounds it, in pixels. */
const GAP = 8;

/**
 * Show the bar whenever words of `article` are chosen, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerBar(article, signal) {
  const bar = part("selection-bar-part");
  const touchBar = part("touch-bar-part");
  article.append(bar, touchBar);
  /** @type {Passage | null} */
  let chosen = null;
  const hide = () => { bar.hidden = true; touchBar.hidden = true; };
  hear(article, CHOSEN, (/** @type {Chosen} */ { passage, by }) => {
    // While a caret chooses, Enter says when that is done.
    if ("choosing" in article.dataset) return hide();
    const isNew = passage?.start !== chosen?.start || passage?.end !== chosen?.end;
    chosen = passage;
    hide();
    if (!passage) return;
    const shown = by === "touch" || (by === "link" && isNarrow()) ? touchBar : bar;
    prepare(article, shown, passage);
    shown.hidden = false;
    if (shown === bar) place(article, bar, passage);
    if (isNew && by !== "mouse") announce(word("chosen", { count: [...passage.exact].length }));
  }, signal);
  for (const shown of [bar, touchBar]) listen(article, shown, signal);
  const options = { signal };
  window.addEventListener("resize", () => { if (chosen && !bar.hidden) place(article, bar, chosen); }, options);
  document.addEventListener("keydown", (event) => {
    const shown = [bar, touchBar].find((candidate) => !candidate.hidden);
    if (!chosen || !shown) return;
    if (event.key === "Escape" && (!isFloating(event.target) || shown.contains(document.activeElement))) {
      document.getSelection()?.removeAllRanges();
      tell(article, CHOSEN, { passage: null, by: "keys" });
    } else if (event.key === "Tab" && !event.shiftKey && !isFloating(event.target)) {
      // The bar stands at the end of the article; from chosen words it is the next thing.
      event.preventDefault();
      controlsOf(shown)[0]?.focus();
    }
  }, options);
  signal.addEventListener("abort", () => { bar.remove(); touchBar.remove(); });
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} bar
 * @param {AbortSignal} signal
 * @returns {void}
 */
function listen(article, bar, signal) {
  const options = { signal };
  // A press on the bar leaves the words chosen.
  bar.addEventListener("pointerdown", (event) => event.preventDefault(), options);
  bar.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-action]"));
    if (!button) return;
    if (button.dataset.action === "audience") switchAudience(button);
    else if (button.dataset.action === "more") {
      showRest(bar, button.ariaExpanded === "false");
      // It is higher now, and must not come to lie on the words.
      window.dispatchEvent(new Event("resize"));
    }
    else tell(article, ACT, { action: button.dataset.action });
  }, options);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const controls = controlsOf(bar);
    const at = controls.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    controls[(at + step + controls.length) % controls.length]?.focus();
  }, options);
}

/**
 * @param {HTMLElement} bar
 * @returns {HTMLElement[]}
 */
function controlsOf(bar) {
  return [...bar.querySelectorAll(":is(button, a):not([hidden] *)")].map((control) => /** @type {HTMLElement} */ (control));
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} bar
 * @param {Passage} passage
 * @returns {void}
 */
function prepare(article, bar, passage) {
  const signIn = /** @type {HTMLAnchorElement | null} */ (bar.querySelector("a[data-sign-in]"));
  if (signIn) signIn.href = signInAddress(article, passage);
  const button = /** @type {HTMLElement | null} */ (bar.querySelector("[data-action=audience]"));
  if (button) showAudience(button);
  showRest(bar, false);
}

/**
 * Show what is done less often, or hide it again.
 * @param {HTMLElement} bar
 * @param {boolean} isShown
 * @returns {void}
 */
function showRest(bar, isShown) {
  bar.querySelector("[data-action=more]")?.setAttribute("aria-expanded", String(isShown));
  bar.querySelector(".bar-rest")?.toggleAttribute("hidden", !isShown);
}

/**
 * @param {HTMLElement} button
 * @returns {void}
 */
function switchAudience(button) {
  turnAudience();
  showAudience(button);
  announce(word("visible_to", { audience: audienceLabel() }));
}

/**
 * @param {HTMLElement} button
 * @returns {void}
 */
function showAudience(button) {
  const label = button.querySelector("[data-label]") ?? button;
  label.textContent = audienceLabel();
  button.setAttribute("aria-label", word("visible_to", { audience: audienceLabel() }));
}

/**
 * Put `bar` over the words, centred on them and inside the column of the text; below them where
 * there is no room above, and always within sight.
 * @param {HTMLElement} article
 * @param {HTMLElement} bar
 * @param {Passage} passage
 * @returns {void}
 */
function place(article, bar, passage) {
  const rects = rangesOf(article, passage.start, passage.end).flatMap((range) => [...range.getClientRects()]);
  const [first, last] = [rects[0], rects[rects.length - 1]];
  const column = article.querySelector(`#p${passage.blocks[0]}`)?.getBoundingClientRect();
  if (!first || !last || !column) return;
  const { offsetWidth: width, offsetHeight: height } = bar;
  const left = Math.min(...rects.map((rect) => rect.left));
  const right = Math.max(...rects.map((rect) => rect.right));
  const ceiling = (document.querySelector(".topbar")?.getBoundingClientRect().bottom ?? 0) + GAP;
  const floor = window.innerHeight - height - GAP;
  const above = first.top - height - GAP;
  const below = last.bottom + GAP;
  const top = above >= ceiling ? above : Math.max(Math.min(below, floor), ceiling);
  const middle = Math.min(Math.max((left + right - width) / 2, column.left), Math.max(column.right - width, column.left));
  bar.style.setProperty("--x", `${Math.max(middle, GAP) + window.scrollX}px`);
  bar.style.setProperty("--y", `${top + window.scrollY}px`);
}
