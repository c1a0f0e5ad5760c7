// @ts-check
/** Two texts side by side: what is shown stands at one height in both, joined by the ribbon. */
import { drawRibbon, linkedParts } from "./ribbon.js";
import { scrollTogether } from "./together.js";

/** Where one text takes the place of the other. Source: the design, section 6. */
const IN_TURN = matchMedia("(max-width: 899px)");
/** Where what is shown stands on opening, as a part of the panes' height. */
const HEIGHT = 0.35;
/** Room over it where little is in sight, in pixels. */
const MARGIN = 32;

const [first, second] = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".pane"));
const box = /** @type {HTMLElement | null} */ (document.querySelector(".ribbon"));

if (first && second && box) {
  let frame = 0;
  const draw = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => drawRibbon(box, first, second)); };
  const open = () => {
    if (IN_TURN.matches) return bringIntoSight(showTab(first, second));
    level([first, second]);
    draw();
  };
  for (const pane of [first, second]) pane.addEventListener("scroll", draw, { passive: true });
  window.addEventListener("resize", draw);
  scrollTogether(first, second);
  window.addEventListener("hashchange", () => { if (IN_TURN.matches) open(); });
  // Who comes back stands where the browser kept the page.
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (IN_TURN.matches && navigation?.type === "back_forward") showTab(first, second);
  else open();
  // Words move when the reading fonts arrive, which laying out has just asked for: the heights
  // are taken again until the reader moves the panes.
  const untouched = new AbortController();
  document.fonts.ready.then(() => { if (!untouched.signal.aborted) open(); });
  document.fonts.addEventListener("loadingdone", open, { signal: untouched.signal });
  for (const name of ["wheel", "pointerdown", "touchstart", "keydown"]) {
    window.addEventListener(name, () => untouched.abort(), { passive: true, signal: untouched.signal });
  }
}

/**
 * Scroll `panes` so that what is shown in them stands at the same height, as near to HEIGHT as
 * the length of the texts allows.
 * @param {HTMLElement[]} panes
 * @returns {void}
 */
function level(panes) {
  const ends = panes.map((pane) => {
    const part = linkedParts(pane)[0]?.getClientRects()[0];
    const depth = part ? part.top - pane.getBoundingClientRect().top + pane.scrollTop : 0;
    return { pane, depth, isShown: part !== undefined, longest: pane.scrollHeight - pane.clientHeight };
  });
  const shown = ends.filter((end) => end.isShown);
  const wanted = (panes[0]?.clientHeight ?? 0) * HEIGHT;
  const lowest = Math.min(...shown.map((end) => end.depth));
  const highest = Math.max(...shown.map((end) => end.depth - end.longest));
  const height = Math.max(Math.min(wanted, lowest), highest);
  for (const { pane, depth } of shown) pane.scrollTop = depth - height;
}

/**
 * Say at its tab which of the two texts is shown, and return it.
 * @param {HTMLElement} first pane
 * @param {HTMLElement} second pane
 * @returns {HTMLElement}
 */
function showTab(first, second) {
  const shown = second.checkVisibility() ? second : first;
  for (const tab of document.querySelectorAll(".pane-tabs a")) {
    const isShown = shown.matches(`:has(${tab.getAttribute("href")}), ${tab.getAttribute("href")}`);
    tab.ariaCurrent = isShown ? "true" : null;
  }
  return shown;
}

/**
 * Scroll the page so that what is shown in `pane` stands under what covers the head of the page.
 * @param {HTMLElement} pane
 * @returns {void}
 */
function bringIntoSight(pane) {
  const shown = linkedParts(pane)[0]?.getClientRects()[0];
  if (!shown) return;
  const covered = [".topbar", ".pane-tabs"].map((name) => /** @type {HTMLElement | null} */ (document.querySelector(name))?.offsetHeight ?? 0);
  const height = Math.max(window.innerHeight * HEIGHT, covered.reduce((sum, part) => sum + part) + MARGIN);
  window.scrollBy({ top: shown.top - height, behavior: "instant" });
}
