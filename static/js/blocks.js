// @ts-check
/** Fetching blocks of the article as the server draws them now, in the place of the old ones. */
import { toast } from "./announce.js";
import { fragment } from "./api.js";
import { exchange, notesIn } from "./exchanging.js";
import { CHANGED, tell } from "./types.js";
import { word } from "./words.js";

/** More blocks than these are fetched faster as one page. */
const MANY = 8;

/**
 * Fetch the blocks with these numbers and put them in the place of the old ones. Forms being
 * written in ([data-keep]) move over; the focus stays where it was, or goes to the block.
 *
 * Raises Failure when the server has no answer; the page then stays as it is.
 * @param {HTMLElement} article
 * @param {number[]} numbers
 * @returns {Promise<boolean>} false where the text is another one by now, and nothing was exchanged
 */
export async function refresh(article, numbers) {
  if (numbers.length > MANY) return redraw(article);
  const fresh = await fetchBlocks(article, numbers);
  if (!fresh) return false;
  put(article, fresh);
  tell(article, CHANGED, { blocks: numbers });
  refreshFrame(article);
  return true;
}

/**
 * Fetch the page and put all that is drawn on it in the place of what was, as `refresh` does.
 *
 * Raises Failure.
 * @param {HTMLElement} article
 * @returns {Promise<boolean>} as `refresh` does
 */
export async function redraw(article) {
  const page = await fetchPage(article);
  if (!page) return false;
  put(article, page.querySelectorAll(".prose > .bk"));
  exchangeFrame(article, page);
  return true;
}

/**
 * Fetch the page as it is now with all the notes that stand on it, as `fetchBlocks` does.
 * @param {HTMLElement} article
 * @returns {Promise<DocumentFragment | null>}
 */
export async function fetchPage(article) {
  const page = await fragment(location.pathname + location.search);
  const { withNotes } = await import("./wholenotes.js");
  return isSameText(article, page) ? withNotes(article, page, fetchBlocks) : null;
}

/**
 * Fetch the blocks with these numbers as they are now.
 *
 * Raises Failure.
 * @param {HTMLElement} article
 * @param {number[]} numbers
 * @returns {Promise<Element[] | null>} null where the text is another one by now
 */
export async function fetchBlocks(article, numbers) {
  const fresh = await Promise.all(numbers.map((number) => fragment(addressOf(article, number))));
  return fresh.every((content) => isSameText(article, content)) ? fresh.flatMap((content) => content.querySelector(".bk") ?? []) : null;
}

/**
 * @param {HTMLElement} article
 * @param {Iterable<Element>} fresh blocks
 * @returns {void}
 */
function put(article, fresh) {
  for (const block of fresh) {
    const old = article.querySelector(`#${CSS.escape(block.id)}`);
    if (old) exchange(old, block);
  }
}

/**
 * Put the notes of block `number` that wait on the server into the page.
 *
 * Raises Failure.
 * @param {HTMLElement} article
 * @param {string} number
 * @param {string} url of the page that has them
 * @returns {Promise<void>}
 */
export async function fetchNotes(article, number, url) {
  const page = await fragment(url);
  if (!isSameText(article, page)) return;
  const [old, fresh] = [article, page].map((root) => root.querySelector(`#bk${CSS.escape(number)}`));
  if (old && fresh) exchange(old, fresh);
  tell(article, CHANGED, { blocks: [Number(number)] });
}

/**
 * Return the number of the block that `element` stands beside, in a list; none for the article.
 * @param {Element} element
 * @returns {number[]}
 */
export function blocksOf(element) {
  const about = element.closest(".after-text .note")?.id;
  const block = (about ? document.getElementById(`h${about.slice(1)}`) ?? element : element).closest(".bk");
  return block ? [Number(block.id.slice(2))] : [];
}

/**
 * @param {HTMLElement} article
 * @param {number | undefined} number of a block
 * @returns {Element} the notes beside it, made when it has none yet
 */
export function notesOf(article, number) {
  return notesIn(article.querySelector(`#bk${number}`) ?? article);
}

/**
 * Say whether `content` is drawn of the text that the page shows; else tell the reader. Numbers of
 * blocks and offsets hold within one version only: what is of another one may not stand beside it.
 * @param {HTMLElement} article
 * @param {DocumentFragment} content a block, or a page
 * @returns {boolean}
 */
function isSameText(article, content) {
  const isSame = content.querySelector("[data-version]")?.getAttribute("data-version") === article.dataset.version;
  if (!isSame) toast(word("text_changed"), () => location.reload(), word("reload"));
  return isSame;
}

/**
 * @param {HTMLElement} article
 * @param {number} number
 * @returns {string} where the block is drawn as this page shows it: with its filters, as unfolded
 */
function addressOf(article, number) {
  const asked = new URLSearchParams(location.search);
  // A block that stands here with all of its notes stays so.
  if (article.querySelector(`#bk${number}:has(.note[id]):not(:has([data-notes-of]))`)) asked.set("notes", String(number));
  return `${article.dataset.blocksUrl ?? ""}${number}/?${asked}`;
}

/** What stands beside the text and counts what is in it. */
const FRAME = [".rail nav", ".limits", ".walk", ".density svg", ".after-text"];

/** @type {AbortController | null} */
let running = null;

/**
 * Fetch the page once more for its counts; a newer call takes the place of one under way.
 * @param {HTMLElement} article
 * @returns {Promise<void>}
 */
export async function refreshFrame(article) {
  running?.abort();
  running = new AbortController();
  try {
    const page = await fragment(location.pathname + location.search, running.signal);
    if (isSameText(article, page)) exchangeFrame(article, page);
  } catch {
    // The counts stay as they were; what was written is saved and shown.
  }
}

/**
 * @param {HTMLElement} article
 * @param {DocumentFragment} page
 * @returns {void}
 */
function exchangeFrame(article, page) {
  for (const name of FRAME) {
    const [old, fresh] = [article.querySelector(name), page.querySelector(name)];
    if (!old || !fresh) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const same = focused?.id && fresh.querySelector(`#${CSS.escape(focused.id)}`);
    if (!focused || same || focused.closest(".after-text .note")) exchange(old, fresh);
  }
  tell(article, CHANGED, { blocks: [] });
}
