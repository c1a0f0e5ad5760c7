// @ts-check
/**
 * The shapes and the event names that all scripts share.
 *
 * Offsets are half-open and in Unicode code points of the article's plain text, as the
 * server counts them, unless a name says units (UTF-16, as the browser counts).
 */

/**
 * @typedef {object} Block  One block of the text, in reading order.
 * @property {string} id     the element's id, "p7"
 * @property {number} number the block's number, 7
 * @property {number} start  offset of its first character, in code points
 * @property {number} units  place of its first character in the whole text, in UTF-16 units
 * @property {string} text   its words
 */

/**
 * @typedef {object} ArticleText
 * @property {Block[]} blocks
 * @property {string} whole  all blocks joined by two line feeds
 */

/**
 * @typedef {object} Passage  Chosen words.
 * @property {number} start
 * @property {number} end
 * @property {string} exact
 * @property {string} prefix up to 32 code points before
 * @property {string} suffix up to 32 code points after
 * @property {number[]} blocks numbers of the blocks it touches
 */

/**
 * @typedef {object} Answer  What the server says after a write.
 * @property {string} id
 * @property {number} [number]
 * @property {number} [counter]
 * @property {number[]} [blocks]
 * @property {string} [url]
 * @property {string} [restore_url]
 * @property {string} message
 * @property {string | null} [warning]  of what is stored otherwise than its writer may think
 */

/**
 * @typedef {object} Change  What another did, as the stream of live updates tells it.
 * @property {"highlight" | "note" | "reply" | "link" | "claim" | "version"} kind
 * @property {string} id
 * @property {number | null} number
 * @property {"new" | "changed" | "gone"} what
 * @property {number[]} blocks
 * @property {number} [start]
 * @property {number} [end]
 * @property {number} [slot]
 * @property {number | null} counter
 * @property {string | null} actor
 * @property {boolean} is_own
 */

/** @typedef {Record<string, string>} Fields  Names and values of a form. */


/**
 * Events on the article element by which widgets talk.
 *
 * CHOSEN    {passage, by}  the reader chose words, or none any more
 * ACT       {action}       a button or a key asks for something on what is chosen or in focus
 * ACTIVATE  {name}         the highlight "h12" is in use, or none
 * CHANGED   {blocks}       these blocks were exchanged, or things in them moved
 */
export const CHOSEN = "postil:chosen";
export const ACT = "postil:act";
export const ACTIVATE = "postil:activate";
export const CHANGED = "postil:changed";
/** On the document: the server draws the whole article in another way than the page shows it. */
export const REDRAW = "postil:redraw";

/** @typedef {{passage: Passage | null, by: "mouse" | "touch" | "keys" | "link"}} Chosen */
/** @typedef {"highlight" | "note" | "claim" | "link" | "copy" | "quote" | "everywhere" | "words" | "reply" | "edit" | "delete" | "compare" | "stance" | "voice" | "mode" | "confidence" | "again" | "sticky" | "all-claims" | "codebook" | `claim-${number}`} Action */

/**
 * @typedef {object} Subject  What an action is about: fresh words, or a highlight that is there.
 * @property {Passage} passage
 * @property {HTMLElement | null} note the note of the highlight, when it is the reader's own
 */

/**
 * Tell the widgets of `article`.
 * @param {HTMLElement} article
 * @param {string} name one of the names above
 * @param {object} [detail]
 * @returns {void}
 */
export function tell(article, name, detail = {}) {
  article.dispatchEvent(new CustomEvent(name, { detail }));
}

/**
 * Listen to the widgets of `article` until `signal` ends it.
 * @template T
 * @param {HTMLElement} article
 * @param {string} name
 * @param {(detail: T) => void} act
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function hear(article, name, act, signal) {
  article.addEventListener(name, (event) => act(/** @type {CustomEvent<T>} */ (event).detail), { signal });
}
