// @ts-check
/** Putting a highlight that lost its words on others: the guess, or words chosen in the text. */
import { noteOf } from "./active.js";
import { announce, toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { focusOn } from "./focus.js";
import { fieldsOf } from "./saving.js";
import { ACTIVATE, CHOSEN, hear, tell } from "./types.js";
import { offerUndo } from "./undo.js";
import { isFloating } from "./watching.js";
import { part, word } from "./words.js";

/** @import { Chosen, Fields, Passage } from "./types.js" */

/** Ends the choosing that is under way. @type {AbortController | null} */
let choosing = null;

/**
 * Attach to what `form` says: the best guess.
 * @param {HTMLElement} article
 * @param {HTMLFormElement} form
 * @returns {Promise<void>}
 */
export async function attachToGuess(article, form) {
  choosing?.abort();
  await attach(article, form.action, /** @type {Fields} */ (Object.fromEntries(new FormData(form))));
}

/**
 * Let the reader choose words of the article for the highlight that `link` is about; a button in
 * the bar at the chosen words then attaches it there. Escape, with nothing chosen, ends it.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {void}
 */
export function chooseWords(article, link) {
  choosing?.abort();
  const ending = new AbortController();
  choosing = ending;
  const { signal } = ending;
  const lost = link.dataset.words ?? link.closest(".orphan")?.querySelector(".quoted")?.textContent?.trim() ?? "";
  const bar = part("attach-bar-part");
  const said = word("attach_choose", { words: shortened(lost) });
  const sentence = /** @type {HTMLElement} */ (bar.querySelector("[data-said]"));
  sentence.textContent = said;
  article.append(bar);
  article.dataset.attaching = "";
  announce(said);
  /** @type {Passage | null} */
  let chosen = null;
  hear(article, CHOSEN, (/** @type {Chosen} */ { passage }) => { chosen = passage; }, signal);
  const buttons = [...article.querySelectorAll(".selection-bar, .touch-bar")].map((toolbar) => {
    const button = part("attach-button-part");
    toolbar.prepend(button);
    return button;
  });
  signal.addEventListener("abort", () => {
    for (const added of [bar, ...buttons]) added.remove();
    delete article.dataset.attaching;
  });
  for (const button of buttons) {
    button.addEventListener("click", (event) => {
      // The bar itself would take it for one of its own actions.
      event.stopPropagation();
      if (!chosen) return;
      const fields = { ...fieldsOf(article, chosen, ""), counter: link.dataset.attachTo ?? "" };
      document.getSelection()?.removeAllRanges();
      tell(article, CHOSEN, { passage: null, by: "mouse" });
      ending.abort();
      attach(article, link.href, fields);
    });
  }
  bar.querySelector("button")?.addEventListener("click", () => { ending.abort(); link.focus(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || chosen || isFloating(event.target)) return;
    ending.abort();
    link.focus();
  }, { signal });
  const near = nearTo(article, link);
  near?.scrollIntoView({ block: "center" });
  // Who came from another page goes on from there, by keys too.
  if (link.hidden && near) focusOn(near);
}

/**
 * Return the block in which the words may be: where the page says so, or that of the guess.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @returns {HTMLElement | null}
 */
function nearTo(article, link) {
  const said = link.dataset.near ? document.getElementById(link.dataset.near) : null;
  if (said) return said;
  const blocks = /** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll("[data-start]"));
  const guess = link.parentElement?.querySelector("input[name=start]");
  const start = guess instanceof HTMLInputElement ? Number(guess.value) : 0;
  return [...blocks].findLast((block) => Number(block.dataset.start) <= start) ?? blocks[0] ?? null;
}

/**
 * @param {HTMLElement} article
 * @param {string} url
 * @param {Fields} fields
 * @returns {Promise<void>}
 */
async function attach(article, url, fields) {
  try {
    const answer = await send(url, fields);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    // What is in use under the article is not exchanged, and the orphan has to go from there.
    if (focused?.closest(".orphan")) focused.blur();
    await offerUndo(article, answer);
    const came = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-attach-now]"));
    if (came?.href === new URL(url, document.baseURI).href) came.closest(".message")?.querySelector("p")?.remove();
    const name = `h${answer.number ?? 0}`;
    tell(article, ACTIVATE, { name });
    article.querySelector(`mark[data-h~="${name}"]`)?.scrollIntoView({ block: "center" });
    const note = noteOf(article, name);
    if (note && !note.closest(".orphan")) focusOn(note);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}

/** As much of the lost words as a line holds. */
const LINE = 60;

/**
 * @param {string} words
 * @returns {string}
 */
function shortened(words) {
  const characters = [...words];
  return characters.length > LINE ? `${characters.slice(0, LINE).join("").trimEnd()}…` : words;
}
