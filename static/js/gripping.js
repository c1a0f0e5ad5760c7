// @ts-check
/** Pulling a handle through the text, with a mouse, a pen or a finger; the page goes along. */

/** So near the edge of the window the page scrolls along, and so far at each step, in pixels. */
const EDGE = 72;
const SCROLL = 10;

/**
 * While `handle` is pulled, call `move` with the point of the window that its letter is pulled to.
 * @param {HTMLElement} handle
 * @param {() => DOMRect | undefined} letter the box of the letter that it stands at
 * @param {(x: number, y: number) => void} move
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function followPointer(handle, letter, move, signal) {
  const options = { signal };
  /** @type {{x: number, y: number, dx: number, dy: number} | null} */
  let pull = null;
  const follow = () => { if (pull) move(pull.x - pull.dx, pull.y - pull.dy); };
  const end = () => { pull = null; delete handle.dataset.state; };

  handle.addEventListener("pointerdown", (event) => {
    const box = letter();
    if (event.button !== 0 || !box) return;
    // Nothing else begins here: no choosing of words, no scrolling by this finger.
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const edge = handle.dataset.side === "right" ? box.right : box.left;
    pull = { x: event.clientX, y: event.clientY, dx: event.clientX - edge, dy: event.clientY - (box.top + box.height / 2) };
    handle.dataset.state = "pulled";
    scrollAlong(() => pull, follow, signal);
  }, options);
  handle.addEventListener("pointermove", (event) => {
    if (!pull) return;
    pull.x = event.clientX;
    pull.y = event.clientY;
    follow();
  }, options);
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) handle.addEventListener(name, end, options);
}

/**
 * Scroll the page while the pointer is near its upper or lower edge.
 * @param {() => {y: number} | null} pull where the pointer is, null once it let go
 * @param {() => void} follow
 * @param {AbortSignal} signal
 * @returns {void}
 */
function scrollAlong(pull, follow, signal) {
  const step = () => {
    const now = pull();
    if (!now || signal.aborted) return;
    const by = now.y < EDGE ? -SCROLL : now.y > window.innerHeight - EDGE ? SCROLL : 0;
    if (by) {
      window.scrollBy({ top: by, behavior: "instant" });
      follow();
    }
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
