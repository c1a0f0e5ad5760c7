// @ts-check
/** The ways in which readers put a sheet away: by drag, by a tap beside it, by the back button. */
import { carryMessages } from "./carrying.js";
import { keepAboveKeyboard } from "./keyboard.js";

/** A sheet that was drawn this far down closes when it is let go: by its grip, in pixels. */
const FAR = 80;
/** By what stands in it, as a part of its height: so a finger that reads does not put it away. */
const FAR_BY_WORDS = 0.3;
/** So long after it was scrolled a finger still reads, in milliseconds. */
const READING = 600;
/** Why a sheet ends when another takes its place. */
export const REPLACED = "replaced";
/** Why it ends when the reader went back. */
const BACK = "back";

/**
 * Let `sheet` be put away in each of these ways, which ends `life`; keep it above the keyboard,
 * and what is said meanwhile in it.
 * @param {HTMLDialogElement} sheet
 * @param {AbortController} life
 * @returns {void}
 */
export function closeInEachWay(sheet, life) {
  const options = { signal: life.signal };
  sheet.addEventListener("close", () => life.abort(), options);
  sheet.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === sheet && event.clientY < sheet.getBoundingClientRect().top) life.abort();
    // What leads to a place of this page leads out of the sheet, and takes its place in the history.
    const address = target.closest('a[href^="#"]')?.getAttribute("href");
    if (!address || event.defaultPrevented) return;
    event.preventDefault();
    life.abort(REPLACED);
    location.replace(address);
  }, options);
  closeByDrag(sheet, life);
  closeByBack(life);
  keepAboveKeyboard(sheet, life.signal);
  carryMessages(sheet, life.signal);
}

/**
 * Let the sheet follow a finger that draws it down: by its grip, or by its words once they have
 * rested at their beginning. Who flicks back to the first words only reads.
 * @param {HTMLDialogElement} sheet
 * @param {AbortController} life
 * @returns {void}
 */
function closeByDrag(sheet, life) {
  const options = { signal: life.signal };
  const grip = sheet.querySelector(".grab");
  let from = NaN;
  let way = 0;
  let far = FAR;
  let scrolled = -Infinity;
  const rest = () => {
    [from, way] = [NaN, 0];
    sheet.style.removeProperty("translate");
  };
  sheet.addEventListener("scroll", (event) => { scrolled = event.timeStamp; }, { ...options, capture: true });
  sheet.addEventListener("touchstart", (event) => {
    const target = /** @type {Element} */ (event.target);
    const isByGrip = grip?.contains(target) ?? false;
    const isReading = event.timeStamp - scrolled < READING || scrollsIn(sheet, target);
    rest();
    if (event.touches.length > 1 || (isReading && !isByGrip)) return;
    from = event.touches[0]?.clientY ?? NaN;
    far = isByGrip ? FAR : Math.max(FAR, sheet.offsetHeight * FAR_BY_WORDS);
  }, { ...options, passive: true });
  sheet.addEventListener("touchmove", (event) => {
    way = (event.touches[0]?.clientY ?? NaN) - from;
    if (way < 0 || event.touches.length > 1) return rest();
    if (!(way > 0)) return;
    // Otherwise the page behind would be drawn along, or loaded anew.
    if (event.cancelable) event.preventDefault();
    sheet.style.setProperty("translate", `0 ${way}px`);
  }, { ...options, passive: false });
  sheet.addEventListener("touchend", () => (way > far ? life.abort() : rest()), options);
  sheet.addEventListener("touchcancel", rest, options);
}

/**
 * @param {HTMLElement} sheet
 * @param {Element} target
 * @returns {boolean} whether a finger on `target` that moves down shows words before those in sight
 */
function scrollsIn(sheet, target) {
  const field = target.closest("textarea");
  return sheet.scrollTop > 0 || (field !== null && field.scrollHeight > field.clientHeight);
}

/**
 * Let the back button close the sheet and nothing else: while it is open the page has one more
 * place in the history, which it leaves again when it is closed in another way.
 * @param {AbortController} life
 * @returns {void}
 */
function closeByBack(life) {
  const { signal } = life;
  const isOfSheet = () => Boolean(history.state?.isSheet);
  if (!isOfSheet()) history.pushState({ isSheet: true }, "");
  window.addEventListener("popstate", () => life.abort(BACK), { signal });
  signal.addEventListener("abort", () => {
    if (isOfSheet() && signal.reason !== BACK && signal.reason !== REPLACED) history.back();
  });
}
