// @ts-check
/** Two versions of a text scrolled together: the same block stands at the same height in both. */
import { device } from "./memory.js";

/** Under this name the browser keeps that a reader wants them apart. */
const APART = "panes-apart";
/** The line, as a part of a pane's height, at which the blocks are held level. */
const LINE = 0.35;

/**
 * Offer the switch, if the page has it, and hold the panes level while it is on. The pane that
 * the reader works in leads.
 * @param {HTMLElement} first pane
 * @param {HTMLElement} second pane
 * @returns {void}
 */
export function scrollTogether(first, second) {
  const label = /** @type {HTMLElement | null} */ (document.querySelector(".pane-together"));
  const box = label?.querySelector("input");
  if (!label || !box) return;
  label.hidden = false;
  box.checked = device.recall(APART) === null;
  let leader = first;
  const follow = () => { if (box.checked) hold(leader, leader === first ? second : first); };
  for (const pane of [first, second]) {
    for (const name of ["wheel", "pointerdown", "touchstart", "keydown", "focusin"]) {
      pane.addEventListener(name, () => { leader = pane; }, { passive: true });
    }
    pane.addEventListener("scroll", () => { if (pane === leader) follow(); }, { passive: true });
  }
  box.addEventListener("change", () => {
    if (box.checked) device.forget(APART);
    else device.keep(APART, "yes");
    follow();
  });
}

/**
 * Scroll `other` so that the block at the line of `leader` stands at that line in both.
 * @param {HTMLElement} leader
 * @param {HTMLElement} other
 * @returns {void}
 */
function hold(leader, other) {
  const line = leader.getBoundingClientRect().top + leader.clientHeight * LINE;
  const blocks = /** @type {HTMLElement[]} */ ([...leader.querySelectorAll("[data-beside]")]);
  const block = blocks.findLast((one) => one.getBoundingClientRect().top <= line) ?? blocks[0];
  const partner = document.getElementById(block?.dataset.beside ?? "");
  if (!block || !partner) return;
  const [here, there] = [block.getBoundingClientRect(), partner.getBoundingClientRect()];
  const part = Math.min(Math.max((line - here.top) / here.height, 0), 1);
  // Between two blocks, or before the first, what is left to the line is the same in both.
  const past = line - here.top - part * here.height;
  other.scrollTop += there.top + part * there.height + past - line;
}
