// @ts-check
/**
 * The codebook beside the text: claims with their definitions, those of the article first. One of
 * them tags the chosen words; without words every new highlight gets it for a while.
 */
import { fragment } from "./api.js";
import { tagWith } from "./claimkeys.js";
import { addressFor, findCodes, showCodes, told } from "./codes.js";
import { CODEBOOK, device, ofReader } from "./memory.js";
import { paint } from "./painter.js";
import { stick } from "./sticky.js";
import { toolSheet } from "./toolsheet.js";
import { CHOSEN, hear } from "./types.js";

/** @import { Chosen, Passage } from "./types.js" */

/** @type {AbortController | null} */
let life = null;

/**
 * Open the codebook and go to its field, or close it.
 * @param {HTMLElement} article
 * @param {Passage | null} chosen
 * @returns {Promise<void>}
 */
export async function switchCodebook(article, chosen) {
  if (life) return life.abort();
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const panel = await openCodebook(article, chosen, before);
  if (!panel) return;
  device.keep(ofReader(CODEBOOK), "open");
  // On a touch screen a field would bring the keyboard up over the claims.
  const first = matchMedia("(pointer: coarse)").matches ? "h2" : "input";
  /** @type {HTMLElement | null} */ (panel.querySelector(first))?.focus({ preventScroll: true });
}

/**
 * Open the codebook and leave the focus where it is; null when it is open or does not come.
 * @param {HTMLElement} article
 * @param {Passage | null} chosen the words that are chosen already
 * @param {HTMLElement | null} [before] where the focus goes back to
 * @returns {Promise<HTMLElement | null>}
 */
export async function openCodebook(article, chosen, before = null) {
  const current = new AbortController();
  life = current;
  const [page] = await Promise.all([fragment(addressFor("")).catch(told), toolSheet()]);
  const template = /** @type {HTMLTemplateElement | null | undefined} */ (page?.querySelector("#codebook-part"));
  const made = template?.content.firstElementChild;
  if (!page || !made || current.signal.aborted) {
    life = null;
    return null;
  }
  const panel = /** @type {HTMLElement} */ (document.importNode(made, true));
  const { signal } = current;
  signal.addEventListener("abort", () => {
    life = null;
    panel.remove();
    before?.focus({ preventScroll: true });
    device.forget(ofReader(CODEBOOK));
  });
  panel.querySelector("[data-close]")?.addEventListener("click", () => current.abort(), { signal });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    current.abort();
  }, { signal });
  showCodes(article, panel, page);
  const look = findCodes(article, panel, signal);
  takeClaims(article, panel, chosen, look, signal);
  article.querySelector(".rail")?.after(panel);
  return panel;
}

/**
 * Tag, or make new highlights get, the claim that is pressed in `panel`, until `signal`.
 * @param {HTMLElement} article
 * @param {HTMLElement} panel
 * @param {Passage | null} chosen
 * @param {() => Promise<void>} look shows how often claims are tagged now
 * @param {AbortSignal} signal
 * @returns {void}
 */
function takeClaims(article, panel, chosen, look, signal) {
  let passage = chosen;
  let erase = () => {};
  const hold = (/** @type {Passage | null} */ next) => {
    erase();
    passage = next;
    erase = passage && panel.contains(document.activeElement) ? paint(article, "pending", passage) : () => {};
  };
  hear(article, CHOSEN, (/** @type {Chosen} */ { passage: next }) => {
    // A field in the panel takes the selection along; the words stay the chosen ones.
    if (next || !panel.contains(document.activeElement)) hold(next);
  }, signal);
  panel.addEventListener("focusin", () => hold(passage), { signal });
  panel.addEventListener("focusout", (event) => {
    if (!panel.contains(/** @type {Node | null} */ (event.relatedTarget))) erase();
  }, { signal });
  signal.addEventListener("abort", () => erase());
  // What is pressed leaves the words chosen.
  panel.addEventListener("pointerdown", (event) => {
    if (/** @type {Element} */ (event.target).closest("button.code-name")) event.preventDefault();
  }, { signal });
  panel.addEventListener("click", async (event) => {
    const code = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button.code-name"));
    if (!code) return;
    const said = { claim: code.dataset.name ?? "", stance: "supports" };
    const words = passage;
    hold(null);
    if (!words) return stick(article, said);
    document.getSelection()?.removeAllRanges();
    await tagWith(article, { passage: words, note: null }, said);
    await look();
  }, { signal });
}
