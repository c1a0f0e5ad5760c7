// @ts-check
/** Two texts side by side: what is shown stands at one height in both, joined by the ribbon. */
import { drawRibbon, linkedParts } from "./ribbon.js";
import { scrollTogether } from "./together.js";

/** Where what is shown stands on opening, as a part of the panes' height. */
const HEIGHT = 0.35;

const [first, second] = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".pane"));
const box = /** @type {HTMLElement | null} */ (document.querySelector(".ribbon"));

if (first && second && box) {
  let frame = 0;
  const draw = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => drawRibbon(box, first, second)); };
  const open = () => { level([first, second]); draw(); };
  for (const pane of [first, second]) pane.addEventListener("scroll", draw, { passive: true });
  window.addEventListener("resize", draw);
  scrollTogether(first, second);
  open();
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
