// @ts-check
/** A page has room for so many notes: of those that stand on it none goes because others come. */

/**
 * Put the blocks that `page` leaves notes of out, and `article` has whole, in their place.
 * @param {HTMLElement} article
 * @param {DocumentFragment} page
 * @param {(article: HTMLElement, numbers: number[]) => Promise<Element[] | null>} fetchBlocks as `blocks.js` has it
 * @returns {Promise<DocumentFragment | null>} null where the text is another one by now
 */
export async function withNotes(article, page, fetchBlocks) {
  const cut = [...page.querySelectorAll("a[data-notes-of]")].map((more) => more.getAttribute("data-notes-of"));
  const whole = cut.filter((number) => article.querySelector(`#bk${number}:has(.note[id]):not(:has([data-notes-of]))`));
  const blocks = await fetchBlocks(article, whole.map(Number));
  for (const block of blocks ?? []) page.querySelector(`#${CSS.escape(block.id)}`)?.replaceWith(block);
  return blocks && page;
}
