// @ts-check
/** The ways in which readers put a sheet away: by drag, by a tap beside it, by the back button. */

/** A sheet that was drawn this far down closes when it is let go, in pixels. */
const FAR = 80;
/** Why a sheet ends when another takes its place. */
export const REPLACED = "replaced";
/** Why it ends when the reader went back. */
const BACK = "back";

/**
 * Let `sheet` be put away in each of these ways, which ends `life`; keep it above the keyboard.
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
}

/**
 * Let the sheet follow a finger that draws it down from its beginning.
 * @param {HTMLDialogElement} sheet
 * @param {AbortController} life
 * @returns {void}
 */
function closeByDrag(sheet, life) {
  const grab = sheet.querySelector(".grab");
  let from = NaN;
  let way = 0;
  sheet.addEventListener("touchstart", (event) => {
    const target = /** @type {Element} */ (event.target);
    const field = target.closest("textarea");
    const isAtTop = sheet.scrollTop <= 0 && !(field && field.scrollHeight > field.clientHeight);
    const isOne = event.touches.length === 1;
    from = isOne && (isAtTop || grab?.contains(target)) ? event.touches[0]?.clientY ?? NaN : NaN;
    way = 0;
  }, { signal: life.signal, passive: true });
  sheet.addEventListener("touchmove", (event) => {
    way = (event.touches[0]?.clientY ?? NaN) - from;
    if (way < 0 || event.touches.length > 1) from = NaN;
    if (!(way > 0)) return;
    // Otherwise the page behind would be drawn along, or loaded anew.
    if (event.cancelable) event.preventDefault();
    sheet.style.setProperty("translate", `0 ${way}px`);
  }, { signal: life.signal, passive: false });
  for (const name of ["touchend", "touchcancel"]) {
    sheet.addEventListener(name, () => {
      if (name === "touchend" && way > FAR) life.abort();
      else sheet.style.removeProperty("translate");
      from = NaN;
    }, { signal: life.signal });
  }
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

/**
 * Keep the foot of the sheet above a keyboard on the screen that lies over the page.
 * @param {HTMLElement} sheet
 * @param {AbortSignal} signal
 * @returns {void}
 */
function keepAboveKeyboard(sheet, signal) {
  const seen = window.visualViewport;
  if (!seen) return;
  const lift = () => {
    const covered = Math.max(0, window.innerHeight - seen.height - seen.offsetTop);
    sheet.style.setProperty("--keyboard", `${Math.round(covered)}px`);
  };
  for (const name of ["resize", "scroll"]) seen.addEventListener(name, lift, { signal });
  lift();
}
