// @ts-check
/** An address that leads to a highlight which the page leaves out: saying so, with the way to it. */

/**
 * Say above the text of `article` that what the address leads to is left out, and let the way to
 * show all highlights lead on to it.
 * @param {HTMLElement} article
 * @returns {void}
 */
export function tellLeftOut(article) {
  const said = /** @type {HTMLElement | null} */ (article.querySelector("#left-out"));
  const way = /** @type {HTMLElement | null} */ (article.querySelector(".limits [data-show-all]"));
  if (!said || !way) return;
  said.hidden = false;
  const next = /** @type {HTMLInputElement | null} */ (article.querySelector(".limits input[name=next]"));
  if (next) next.value = `${location.pathname}${location.search}${location.hash}`;
  else way.setAttribute("href", `${(way.getAttribute("href") ?? "").split("#")[0]}${location.hash}`);
  said.scrollIntoView({ block: "center", behavior: "instant" });
  way.setAttribute("aria-describedby", said.id);
  way.focus({ preventScroll: true });
}
