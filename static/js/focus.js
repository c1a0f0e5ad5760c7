// @ts-check
/** Moving the focus. */

/**
 * Give `element` the focus, whether or not it usually takes it; the page stays where it is.
 * @param {HTMLElement} element
 * @returns {void}
 */
export function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
