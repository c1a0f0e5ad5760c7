// @ts-check
/** States of an element, which the style sheets know; of the window; and of the browser. */

/**
 * Add `name` to the states of `element`, or with `isOn` false take it away.
 * @param {Element} element
 * @param {string} name
 * @param {boolean} [isOn]
 * @returns {void}
 */
export function setState(element, name, isOn = true) {
  const names = new Set((element.getAttribute("data-state") ?? "").split(" ").filter(Boolean));
  if (isOn === names.has(name)) return;
  if (isOn) names.add(name);
  else names.delete(name);
  if (names.size > 0) element.setAttribute("data-state", [...names].join(" "));
  else element.removeAttribute("data-state");
}

/** Widths at which notes leave the margin. Source: the design, section 5. */
const NARROW = matchMedia("(max-width: 820px)");

/**
 * Say whether the page is as narrow as a phone, where notes open in a sheet.
 * @returns {boolean}
 */
export function isNarrow() {
  return NARROW.matches;
}

/**
 * Do `work` once the browser has nothing else to do, soon in any case.
 * @param {() => void} work
 * @returns {void}
 */
export function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 400 });
  else setTimeout(work, 50);
}
