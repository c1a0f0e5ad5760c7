// @ts-check
/** The density bar: ticks at the true height of their marks, the part in sight, dragging. */
import { whenIdle } from "./state.js";
import { CHANGED, hear } from "./types.js";

const SVG = "http://www.w3.org/2000/svg";
/** The bar's own height, in the units of its viewBox. */
const HEIGHT = 1000;
/** As many paths, each of all ticks of one look, are put in place in one go. */
const TURN = 20;

/**
 * Keep the density bar of `article` true until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function drawDensity(article, signal) {
  const density = /** @type {HTMLElement | null} */ (article.querySelector(".density"));
  if (!density) return;
  let frame = 0;
  /** @type {Element[]} */
  let moved = [];
  const draw = () => { frame = 0; showPartInSight(article, density); };
  const soon = () => { frame ||= requestAnimationFrame(draw); };
  // The server's heights are nearly true: thousands of marks need not be looked up at once.
  const goOn = () => {
    placeTicks(article, moved.splice(0, TURN));
    if (moved.length > 0 && !signal.aborted) whenIdle(goOn);
  };
  const change = () => {
    soon();
    if (moved.length === 0) whenIdle(goOn);
    moved = [...density.querySelectorAll(".tick")];
  };
  const options = { signal, passive: true };
  // Scrolling moves no mark: with thousands of them, looking again would make it stutter.
  window.addEventListener("scroll", soon, options);
  window.addEventListener("resize", soon, options);
  const observer = new ResizeObserver(change);
  observer.observe(article);
  hear(article, CHANGED, change, signal);
  density.addEventListener("pointerdown", (event) => density.setPointerCapture(event.pointerId), options);
  for (const name of ["pointerdown", "pointermove"]) {
    density.addEventListener(name, (event) => drag(article, density, /** @type {PointerEvent} */ (event)), options);
  }
  signal.addEventListener("abort", () => { observer.disconnect(); cancelAnimationFrame(frame); });
}

/**
 * Put each tick at the height of its mark.
 * @param {HTMLElement} article
 * @param {Element[]} paths
 * @returns {void}
 */
function placeTicks(article, paths) {
  const { top, height } = article.getBoundingClientRect();
  const drawn = paths.map((path) => {
    const names = (path.getAttribute("data-h") ?? "").split(" ").values();
    return (path.getAttribute("d") ?? "").replace(/M(\d+) \d+/g, (place, x) => {
      const box = document.getElementById(names.next().value ?? "")?.getBoundingClientRect();
      return box ? `M${x} ${Math.round((box.top - top) * HEIGHT / height)}` : place;
    });
  });
  paths.forEach((path, index) => path.setAttribute("d", drawn[index] ?? ""));
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} density
 * @returns {void}
 */
function showPartInSight(article, density) {
  const drawing = density.querySelector("svg");
  if (!drawing) return;
  const { top, height } = article.getBoundingClientRect();
  const scale = HEIGHT / height;
  const seen = drawing.querySelector(".viewport") ?? drawing.appendChild(viewport());
  seen.setAttribute("y", String(Math.max(0, -top * scale)));
  seen.setAttribute("height", String(window.innerHeight * scale));
}

/** @returns {SVGRectElement} */
function viewport() {
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", "viewport");
  rect.setAttribute("width", "16");
  rect.setAttribute("rx", "3");
  return rect;
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} density
 * @param {PointerEvent} event
 * @returns {void}
 */
function drag(article, density, event) {
  if (event.buttons !== 1) return;
  const bar = density.getBoundingClientRect();
  const part = Math.min(Math.max((event.clientY - bar.top) / bar.height, 0), 1);
  const { top, height } = article.getBoundingClientRect();
  window.scrollTo({ top: window.scrollY + top + part * height - window.innerHeight / 2, behavior: "instant" });
}
