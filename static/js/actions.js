// @ts-check
/** What can be done with chosen words or with a highlight, by a button or by a key. */
import { highlightAt, namesOn, noteOf } from "./active.js";
import { toast } from "./announce.js";
import { copyText } from "./clipboard.js";
import { addressOf, signInAddress } from "./places.js";
import { highlight } from "./saving.js";
import { passageOfHighlight } from "./selection.js";
import { typeInto } from "./shortcuts.js";
import { ACT, ACTIVATE, CHOSEN, hear, tell } from "./types.js";
import { word } from "./words.js";

/** @import { Action, Chosen, Passage, Subject } from "./types.js" */

/** Actions on claims that need no words. */
const OF_PAGE = new Set(["all-claims", "sticky"]);

/** What a highlight says of its claim. */
const CODES = new Set(["stance", "voice", "mode", "confidence"]);

/** Actions of a note that its own links and forms do: a press on them is the action. */
const OF_NOTE = new Set(["reply", "edit", "words", "delete"]);

/**
 * Do what widgets of `article` ask for, until `signal`.
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerActions(article, signal) {
  /** @type {Passage | null} */
  let chosen = null;
  /** @type {string | null} */
  let active = null;
  hear(article, CHOSEN, (/** @type {Chosen} */ { passage }) => { chosen = passage; }, signal);
  hear(article, ACTIVATE, (/** @type {{name: string | null}} */ { name }) => { active = name; }, signal);
  hear(article, ACT, (/** @type {{action: Action}} */ { action }) => {
    const isByNumber = action.startsWith("claim-");
    // A number shows only its claim unless words or a highlight are plainly meant.
    const name = highlightInFocus(article) ?? (isByNumber ? null : active);
    const subject = chosen ? { passage: chosen, note: null } : subjectOf(article, name);
    if (action === "codebook") import("./codebook.js").then((codebook) => codebook.switchCodebook(article, chosen));
    else if (OF_NOTE.has(action)) press(noteOf(article, name), action);
    else if (action === "compare") compare(noteOf(article, name));
    else if (subject && !OF_PAGE.has(action)) act(article, action, subject);
    else if (isByNumber || OF_PAGE.has(action)) import("./claimkeys.js").then((keys) => keys.press(article, action, noteOf(article, name)));
    else toast(word("choose_first"));
  }, signal);
}

/**
 * Return the highlight `name` as a subject, or null when it is not on the page.
 * @param {HTMLElement} article
 * @param {string | null} name
 * @returns {Subject | null}
 */
export function subjectOf(article, name) {
  const passage = name && passageOfHighlight(article, name);
  if (!passage) return null;
  const note = noteOf(article, name);
  return { passage, note: note?.querySelector("[data-action=claim]") ? note : null };
}

/**
 * @param {HTMLElement} article
 * @returns {string | null}
 */
function highlightInFocus(article) {
  const focused = document.activeElement;
  const mark = /** @type {HTMLElement | null} */ (focused?.closest("mark[data-h]") ?? null);
  return mark ? namesOn(article, mark)[0] ?? null : highlightAt(focused);
}

/**
 * @param {HTMLElement | null} note
 * @param {Action} action
 * @returns {void}
 */
function press(note, action) {
  const control = /** @type {HTMLElement | null | undefined} */ (note?.querySelector(`:is(:scope, :scope > .note-resolved) > .note-actions [data-action=${action}]`));
  if (control) control.click();
  else toast(word("not_yours"));
}

/**
 * Open both articles side by side.
 * @param {HTMLElement | null} note
 * @returns {void}
 */
function compare(note) {
  const link = /** @type {HTMLElement | null | undefined} */ (note?.querySelector("a.note-link"));
  if (link) link.click();
  else toast(word("no_link"));
}

/**
 * Do `action` with `subject`.
 * @param {HTMLElement} article
 * @param {Action} action
 * @param {Subject} subject
 * @returns {Promise<void>}
 */
export async function act(article, action, subject) {
  if (action === "copy") return copyAddress(subject.passage);
  if (action === "quote") return (await import("./quoting.js")).copyQuote(article, subject.passage);
  if (!("signedIn" in article.dataset)) return location.assign(signInAddress(article, subject.passage));
  document.getSelection()?.removeAllRanges();
  tell(article, CHOSEN, { passage: null, by: "link" });
  if (action === "highlight") await highlightOnce(article, subject);
  else if (action === "note") await typeInto(import("./composer.js").then(({ composeNote }) => composeNote(article, subject)));
  else if (action === "claim") await typeInto(import("./claimpicker.js").then(({ pickClaim }) => pickClaim(article, subject)));
  else if (action === "link") await typeInto(import("./linker.js").then(({ linkPassage }) => linkPassage(article, subject)));
  else if (action === "everywhere") await typeInto(import("./everywhere.js").then(({ markEverywhere }) => markEverywhere(article, subject)));
  else if (CODES.has(action)) (await import("./coding.js")).codeNext(article, subject, action);
  else (await import("./claimkeys.js")).tagByKey(article, subject, action);
}

/**
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @returns {Promise<void>}
 */
async function highlightOnce(article, subject) {
  if (subject.note) toast(word("already_highlighted"));
  else await highlight(article, subject.passage);
}

/**
 * @param {Passage} passage
 * @returns {Promise<void>}
 */
async function copyAddress(passage) {
  await copyText(addressOf(passage));
  toast(word("link_copied"));
}
