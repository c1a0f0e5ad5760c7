// @ts-check
/** Changing which words a highlight marks: a handle at each end, moved by pointer or by keys. */
import { highlightAt, noteOf } from "./active.js";
import { announce, toast } from "./announce.js";
import { Failure, fragment, send } from "./api.js";
import { pointsAt, textOf, unitsAt } from "./articletext.js";
import { refresh } from "./blocks.js";
import { letterAt, unitAtPoint, withEdge } from "./edges.js";
import { focusOn } from "./focus.js";
import { followPointer } from "./gripping.js";
import { edgeOf, placeHandle, unitByKey } from "./handles.js";
import { paint } from "./painter.js";
import { fieldsOf, showFailure } from "./saving.js";
import { passageAt, passageOfHighlight } from "./selection.js";
import { setState } from "./state.js";
import { toolSheet } from "./toolsheet.js";
import { ACT, ACTIVATE, CHANGED, hear, tell } from "./types.js";
import { offerUndo } from "./undo.js";

/** @import { Edge, Span } from "./edges.js" */
/** @import { Passage } from "./types.js" */

/** @typedef {{url: string, counter: string}} Home  Where a change is sent, and which state was seen. */

/** Ends what is under way. @type {AbortController | null} */
let changing = null;

/**
 * Let the reader move the ends of the highlight that `link`, in its note, leads to the page of.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {Promise<void>}
 */
export async function changeWords(article, link) {
  const name = highlightAt(link);
  const passage = name && passageOfHighlight(article, name);
  if (!passage) return location.assign(link.href);
  const counter = /** @type {HTMLElement | null} */ (link.closest("[data-counter]"))?.dataset.counter ?? "";
  try {
    const [page] = await Promise.all([fragment(link.href), toolSheet()]);
    const template = /** @type {HTMLTemplateElement | null} */ (page.querySelector("#resize-part"));
    if (!template) return location.assign(link.href);
    // On a phone the words are under the sheet that the note is read in.
    link.closest("dialog")?.close();
    begin(article, name, passage, document.importNode(template.content, true), { url: link.href, counter });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 * @param {Passage} passage the words it marks now
 * @param {DocumentFragment} parts the bar and the handles
 * @param {Home} home
 * @returns {void}
 */
function begin(article, name, passage, parts, home) {
  changing?.abort();
  const life = new AbortController();
  changing = life;
  const { blocks } = textOf(article);
  const bar = /** @type {HTMLElement} */ (parts.querySelector(".resize-bar"));
  const handles = /** @type {HTMLElement[]} */ ([...parts.querySelectorAll(".handle")]);
  /** @type {Span} */
  let span = { start: unitsAt(blocks, passage.start) ?? 0, end: unitsAt(blocks, passage.end) ?? 0 };
  let erase = () => {};
  const points = () => ({ start: pointsAt(blocks, span.start), end: pointsAt(blocks, span.end) });
  const chosen = () => passageAt(article, points().start, points().end);
  const show = () => {
    erase();
    erase = paint(article, "pending", points());
    for (const piece of article.querySelectorAll(`mark[data-h~="${name}"]`)) setState(piece, "resizing");
    for (const handle of handles) placeHandle(article, handle, span);
  };
  article.append(...handles, bar);
  article.dataset.resizing = "";
  hear(article, CHANGED, show, life.signal);
  hear(article, ACT, () => life.abort(), life.signal);
  window.addEventListener("resize", show, { signal: life.signal });
  life.signal.addEventListener("abort", () => {
    erase();
    for (const added of [bar, ...handles]) added.remove();
    delete article.dataset.resizing;
    for (const piece of article.querySelectorAll("mark[data-state~=resizing]")) setState(piece, "resizing", false);
  });
  listen(article, handles, () => span, (edge, unit) => {
    const before = span;
    span = withEdge(article, span, edge, unit);
    // More words than the server takes are not chosen.
    if (!chosen()) span = before;
    show();
  }, life.signal);
  listenToBar(article, name, bar, life, () => keep(article, name, chosen(), bar, home, life));
  show();
  const last = handles.find((handle) => edgeOf(handle) === "end");
  last?.scrollIntoView({ block: "nearest", behavior: "instant" });
  last?.focus({ preventScroll: true });
}

/**
 * Let pointers and keys `move` the end that each handle stands at.
 * @param {HTMLElement} article
 * @param {HTMLElement[]} handles
 * @param {() => Span} current
 * @param {(edge: Edge, unit: number) => void} move
 * @param {AbortSignal} signal
 * @returns {void}
 */
function listen(article, handles, current, move, signal) {
  for (const handle of handles) {
    const edge = edgeOf(handle);
    followPointer(handle, () => letterAt(article, current(), edge)?.box, (x, y) => {
      const unit = unitAtPoint(article, x, y);
      if (unit !== null) move(edge, unit);
    }, signal);
    handle.addEventListener("keydown", (event) => {
      const unit = unitByKey(article, handle, current(), event);
      if (unit === null) return;
      event.preventDefault();
      event.stopPropagation();
      move(edge, unit);
      handle.scrollIntoView({ block: "nearest", behavior: "instant" });
    }, { signal });
  }
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 * @param {HTMLElement} bar
 * @param {AbortController} life
 * @param {() => void} save
 * @returns {void}
 */
function listenToBar(article, name, bar, life, save) {
  const options = { signal: life.signal };
  const leave = () => {
    life.abort();
    focusOn(noteOf(article, name) ?? article);
  };
  bar.querySelector("[data-save]")?.addEventListener("click", save);
  bar.querySelector("[data-leave]")?.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const isOnHandle = event.target instanceof Element && event.target.matches(".handle");
    if (event.key === "Enter" && isOnHandle) save();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  }, options);
}

/**
 * Send the chosen words and show what came of it; what is refused stays chosen.
 * @param {HTMLElement} article
 * @param {string} name
 * @param {Passage | null} passage
 * @param {HTMLElement} bar
 * @param {Home} home
 * @param {AbortController} life
 * @returns {Promise<void>}
 */
async function keep(article, name, passage, bar, { url, counter }, life) {
  if (!passage || bar.ariaBusy === "true") return;
  bar.ariaBusy = "true";
  try {
    const answer = await send(url, { ...fieldsOf(article, passage, ""), counter });
    life.abort();
    if (answer.restore_url) await offerUndo(article, answer);
    announce(answer.message);
    tell(article, ACTIVATE, { name });
    focusOn(noteOf(article, name) ?? article);
  } catch (error) {
    if (error instanceof Failure && error.code === "stale") {
      life.abort();
      toast(error.message);
      await refresh(article, passage.blocks).catch(() => {});
    } else showFailure(/** @type {HTMLElement} */ (bar.querySelector("[data-reason]")), error, article, null);
  } finally {
    bar.ariaBusy = null;
  }
}
