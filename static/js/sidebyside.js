// @ts-check
/** Two linked articles side by side: both passages at one height, joined by the ribbon. */
import { drawRibbon, linkedMarks } from "./ribbon.js";

/** Where the passages stand on opening, as a part of the panes' height. */
const HEIGHT = 0.35;

const [first, second] = document.querySelectorAll(".pane");
const box = /** @type {HTMLElement | null} */ (document.querySelector(".ribbon"));

if (first && second && box) {
  let frame = 0;
  const draw = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => drawRibbon(box, first, second)); };
  const open = () => { level([first, second]); draw(); };
  for (const pane of [first, second]) pane.addEventListener("scroll", draw, { passive: true });
  window.addEventListener("resize", draw);
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
 * Scroll `panes` so that their linked passages stand at the same height, as near to HEIGHT as
 * the length of the articles allows.
 * @param {Element[]} panes
 * @returns {void}
 */
function level(panes) {
  const ends = panes.map((pane) => {
    const mark = linkedMarks(pane)[0]?.getClientRects()[0];
    const depth = mark ? mark.top - pane.getBoundingClientRect().top + pane.scrollTop : 0;
    return { pane, depth, isPassage: mark !== undefined, longest: pane.scrollHeight - pane.clientHeight };
  });
  const passages = ends.filter((end) => end.isPassage);
  const wanted = (panes[0]?.clientHeight ?? 0) * HEIGHT;
  const lowest = Math.min(...passages.map((end) => end.depth));
  const highest = Math.max(...passages.map((end) => end.depth - end.longest));
  const height = Math.max(Math.min(wanted, lowest), highest);
  for (const { pane, depth } of passages) pane.scrollTop = depth - height;
}
