// @ts-check
/** The ribbon that joins what is shown in two panes and follows their scrolling. */

/** @typedef {{top: number, bottom: number}} Edge  In pixels from the top of the ribbon's box. */

/**
 * Return the two paths of a ribbon `width` pixels wide from `left` to `right`: its face and its rims.
 * @param {Edge} left
 * @param {Edge} right
 * @param {number} width
 * @returns {{fill: string, edge: string}}
 */
export function ribbonPaths(left, right, width) {
  const over = `M0 ${left.top}${curve(0, left.top, width, right.top)}`;
  const under = `M0 ${left.bottom}${curve(0, left.bottom, width, right.bottom)}`;
  const back = curve(width, right.bottom, 0, left.bottom);
  return { fill: `${over}V${right.bottom}${back}Z`, edge: over + under };
}

/**
 * Draw the ribbon into `box` between what is shown in the two panes; nothing when either shows
 * its text as a whole.
 * @param {HTMLElement} box
 * @param {Element} first pane
 * @param {Element} second pane
 * @returns {void}
 */
export function drawRibbon(box, first, second) {
  const frame = box.getBoundingClientRect();
  const [left, right] = [edgeOf(first, frame), edgeOf(second, frame)];
  const drawing = box.querySelector("svg");
  drawing?.toggleAttribute("hidden", !left || !right);
  if (!left || !right || !drawing) return;
  drawing.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  const { fill, edge } = ribbonPaths(left, right, frame.width);
  drawing.querySelector(".ribbon-fill")?.setAttribute("d", fill);
  drawing.querySelector(".ribbon-edge")?.setAttribute("d", edge);
}

/**
 * Return what is shown in `pane`: the marks of the linked passage, or a changed block.
 * @param {Element} pane
 * @returns {Element[]}
 */
export function linkedParts(pane) {
  return [...pane.querySelectorAll(".prose [data-state~=linked]")];
}

/**
 * @param {Element} pane
 * @param {DOMRect} frame
 * @returns {Edge | null}
 */
function edgeOf(pane, frame) {
  const boxes = linkedParts(pane).flatMap((part) => [...part.getClientRects()]);
  if (boxes.length === 0) return null;
  const top = Math.min(...boxes.map((box) => box.top)) - frame.top;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) - frame.top;
  return { top, bottom };
}

/**
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @returns {string}
 */
function curve(x0, y0, x1, y1) {
  const middle = (x0 + x1) / 2;
  return `C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}
