// @ts-check
/** Claims by keys: number keys tag one or show only one, the last one again, one on every highlight. */
import { toast } from "./announce.js";
import { Failure, send } from "./api.js";
import { device, ofReader } from "./memory.js";
import { highlight, showSaved } from "./saving.js";
import { word } from "./words.js";

/** @import { Fields, Subject } from "./types.js" */

/** @typedef {{claim: string, stance: string}} Said */

const LAST = "postil:last-claim";
/** Stances by the shapes that stand for them. */
const STANCES = new Map([["▼", "disputes"], ["◆", "context"]]);

/**
 * Remember what was tagged, to tag it again.
 * @param {Fields} fields
 * @returns {void}
 */
export function rememberClaim({ claim = "", stance = "supports" }) {
  device.keep(ofReader(LAST), JSON.stringify({ claim, stance }));
}

/**
 * Return what was this reader tagged last on this device, or null.
 * @returns {Said | null}
 */
function lastClaim() {
  return JSON.parse(device.recall(ofReader(LAST)) ?? "null");
}

/**
 * Return the first claim of `note` with its stance, or null.
 * @param {HTMLElement | null} note
 * @returns {Said | null}
 */
function claimOf(note) {
  const chip = note?.querySelector(".chip");
  const claim = chip?.lastChild?.textContent?.trim();
  const shape = chip?.querySelector(".stance")?.textContent ?? "";
  return claim ? { claim, stance: STANCES.get(shape) ?? "supports" } : null;
}

/**
 * Tag `subject` with the claim that the shortcut `name` stands for: "claim-3", or "again".
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @param {string} name
 * @returns {Promise<void>}
 */
export async function tagByKey(article, subject, name) {
  const row = rowOf(article, name);
  const said = name === "again" ? lastClaim() : row && { claim: nameOf(row), stance: "supports" };
  if (!said) return toast(word(name === "again" ? "no_last_claim" : "no_number"));
  await tagWith(article, subject, said);
}

/**
 * Tag `subject` with a claim, and remember that.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @param {Said} said
 * @returns {Promise<void>}
 */
export async function tagWith(article, subject, said) {
  rememberClaim(said);
  await tag(article, subject, said);
}

/**
 * Do what the shortcut `name` does without words: begin or end the claim of new highlights, that
 * of `note` or else the last; or limit the page.
 * @param {HTMLElement} article
 * @param {string} name "sticky", "claim-3" or "all-claims"
 * @param {HTMLElement | null} note
 * @returns {Promise<void>}
 */
export async function press(article, name, note) {
  if (name !== "sticky") showOnly(article, name);
  else await (await import("./sticky.js")).switchSticky(article, claimOf(note) ?? lastClaim());
}

/**
 * Limit the page to the claim that the shortcut `name` stands for, or lift that ("all-claims").
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {void}
 */
function showOnly(article, name) {
  const isAll = name === "all-claims";
  const row = isAll ? article.querySelector(".limits [data-show-all]") : rowOf(article, name);
  if (row?.matches(".by-claim, [data-show-all]")) /** @type {HTMLElement} */ (row).click();
  else if (row) toast(word("claim_not_here", { claim: nameOf(row) }));
  else toast(word(isAll ? "all_shown" : "no_number"));
}

/**
 * Show on the options of a list of claims which of them has a number key.
 * @param {HTMLElement} article
 * @param {DocumentFragment} options
 * @returns {void}
 */
export function numberOptions(article, options) {
  for (const row of article.querySelectorAll(".rail [data-number][aria-keyshortcuts]")) {
    // Labels raise the first letter of a name.
    const name = nameOf(row).toLowerCase();
    const option = [...options.querySelectorAll("[data-slug]")].find((item) => item.getAttribute("data-name")?.toLowerCase() === name);
    const cap = document.createElement("kbd");
    cap.textContent = row.getAttribute("aria-keyshortcuts");
    option?.append(cap);
  }
}

/**
 * Return the row of the rail for the claim with the number in `name`.
 * @param {HTMLElement} article
 * @param {string} name
 * @returns {Element | null}
 */
function rowOf(article, name) {
  return article.querySelector(`.rail [data-number="${name.replace("claim-", "")}"]`);
}

/**
 * @param {Element} row
 * @returns {string}
 */
function nameOf(row) {
  return row.querySelector(":scope > span:not(.swatch, .count)")?.textContent ?? "";
}

/**
 * Tag the reader's own highlight, or make one of the words.
 * @param {HTMLElement} article
 * @param {Subject} subject
 * @param {Said} said
 * @returns {Promise<void>}
 */
async function tag(article, { passage, note }, said) {
  const link = /** @type {HTMLAnchorElement | null | undefined} */ (note?.querySelector("a[data-action=claim]"));
  if (!link) return highlight(article, passage, said);
  try {
    const fields = { ...said, counter: note?.dataset.counter ?? "" };
    await showSaved(article, await send(link.href, fields), passage.blocks);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}
