// @ts-check
/** A quotation with its source, as text and as HTML: what is not known of the source is left out. */
import { toast } from "./announce.js";
import { copyBoth } from "./clipboard.js";
import { addressOf } from "./places.js";
import { word } from "./words.js";

/** @import { Passage } from "./types.js" */

/**
 * Copy the words of `passage`, who wrote them, where and when, and the address of the passage.
 * @param {HTMLElement} article
 * @param {Passage} passage
 * @returns {Promise<void>}
 */
export async function copyQuote(article, passage) {
  const title = article.querySelector("h1")?.textContent?.trim() ?? document.title;
  const { citedBy = "", citedIn = "", citedOn = "" } = article.dataset;
  const source = [citedBy, title, citedIn, citedOn].filter(Boolean).join(", ");
  const url = addressOf(passage);
  const [text, html] = [`“${passage.exact}”\n— ${source}\n${url}`, document.createElement("div")];
  const quote = document.createElement("blockquote");
  for (const words of passage.exact.split("\n\n")) quote.append(element("p", words));
  const link = /** @type {HTMLAnchorElement} */ (element("a", title));
  link.href = url;
  const cite = document.createElement("cite");
  cite.append(link);
  const from = element("p", citedBy ? `— ${citedBy}, ` : "— ");
  from.append(cite, ...[citedIn, citedOn].filter(Boolean).map((known) => `, ${known}`));
  html.append(quote, from);
  await copyBoth(text, html.innerHTML);
  toast(word("quote_copied"));
}

/**
 * @param {string} name
 * @param {string} words
 * @returns {HTMLElement}
 */
function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
