// @ts-check
/** Colour on words that are not marks yet, by the Custom Highlight API: the text is not touched. */
import { passageAt, rangesOf } from "./selection.js";

/** @typedef {"pending" | "saving" | "failed" | "found" | `live${number}`} Paint */

/**
 * Paint start..end (code points) and return what takes the paint off again. Chosen words (`exact`)
 * that stand there no more, for the text was changed since, are not painted.
 * @param {HTMLElement} article
 * @param {Paint} paint
 * @param {{start: number, end: number, exact?: string}} span
 * @returns {() => void}
 */
export function paint(article, paint, span) {
  if (!("highlights" in CSS)) return () => {};
  if (span.exact && passageAt(article, span.start, span.end)?.exact !== span.exact) return () => {};
  const ranges = rangesOf(article, span.start, span.end);
  const highlight = CSS.highlights.get(paint) ?? new Highlight();
  CSS.highlights.set(paint, highlight);
  for (const range of ranges) {
    range.startContainer.parentElement?.closest("[data-start]")?.setAttribute("data-painted", "");
    highlight.add(range);
  }
  return () => { for (const range of ranges) highlight.delete(range); };
}
