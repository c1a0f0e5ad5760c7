// @ts-check
/** Working through suggestions by keys: j and k go, a, r and n decide, x chooses, u takes back. */
import { Failure, send } from "./api.js";
import { announce, toast } from "./announce.js";
import { choose, chosen, focusOn, meant, mergeOf, rowsOf, step, tell } from "./suggestionrows.js";
import { areKeysOn, isForOthers, keyOf, offerShortcuts } from "./shortcuts.js";
import { word } from "./words.js";

/**
 * @typedef {object} Taken  What the last decision took out of the list.
 * @property {string[]} ids
 * @property {{row: HTMLElement, next: Element | null}[]} rows in the order of the list
 */

const { signal } = new AbortController();
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#suggestions"));
/** @type {Taken[]} The last is undone first. */
const decisions = [];
let isBusy = false;
if (form && form.querySelector("[name=chosen]")) start(form);

/**
 * @param {HTMLFormElement} form
 * @returns {void}
 */
function start(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button) void decide(form, button.name, button.value ? [button.value] : chosen(form));
  }, { signal });
  form.addEventListener("change", () => tell(form), { signal });
  window.addEventListener("pageshow", () => tell(form), { signal });
  // A check box is a field, in which keys are not for the page; this one means nothing else there.
  form.addEventListener("keydown", (event) => {
    const isBox = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
    if (!isBox || event.ctrlKey || event.altKey || event.metaKey || !areKeysOn() || !isForOthers(event.target)) return;
    if (event.key === keyOf("choose-suggestion")) /** @type {HTMLElement} */ (event.target).click();
  }, { signal });
  offerShortcuts([
    { name: "next-suggestion", run: () => step(form, 1) },
    { name: "previous-suggestion", run: () => step(form, -1) },
    { name: "choose-suggestion", run: () => choose(form) },
    { name: "accept", run: () => void decide(form, "accept", meant(form)) },
    { name: "reject", run: () => void decide(form, "reject", meant(form)) },
    { name: "never-again", run: () => void decide(form, "silence", meant(form)) },
    { name: "undo-decision", run: () => void takeBack(form) },
  ], signal);
}

/**
 * Decide about `ids`: what is done leaves the list, and the focus goes to what follows.
 * @param {HTMLFormElement} form
 * @param {string} act
 * @param {string[]} ids
 * @returns {Promise<void>}
 */
async function decide(form, act, ids) {
  if (isBusy || !ids.length) return;
  const merge = act === "accept" && ids.length === 1 ? mergeOf(form, ids[0]) : null;
  if (merge) {
    window.location.assign(merge.href);
    return;
  }
  const answer = await post(form, [[act, ids.join(",")], ...stances(form, ids)]);
  if (!answer) return;
  const gone = rowsOf(form).filter((row) => answer.done.includes(row.dataset.suggestion ?? ""));
  const rows = gone.map((row) => ({ row, next: row.nextElementSibling }));
  const left = rowsOf(form).filter((row) => !gone.includes(row));
  const follows = rowsOf(form).slice(rowsOf(form).indexOf(/** @type {HTMLElement} */ (gone[0]))).find((row) => left.includes(row));
  for (const row of gone) row.remove();
  decisions.push({ ids: answer.done, rows });
  show(form, answer);
  focusOn(follows ?? left.at(-1));
  toast(answer.message, () => void takeBack(form));
}

/**
 * Take the last decision back and put its rows where they stood.
 * @param {HTMLFormElement} form
 * @returns {Promise<void>}
 */
async function takeBack(form) {
  const last = decisions.at(-1);
  if (isBusy) return;
  if (!last) {
    toast(word("suggestions_nothing"));
    return;
  }
  const answer = await post(form, [["undo", last.ids.join(",")]]);
  if (!answer) return;
  decisions.pop();
  const list = form.querySelector("ol");
  for (const { row, next } of last.rows.toReversed()) list?.insertBefore(row, next?.isConnected ? next : null);
  show(form, answer);
  focusOn(last.rows[0]?.row);
  document.querySelector(".toasts")?.replaceChildren();
  announce(word("suggestions_undone"));
}

/**
 * Return what is chosen in the fields of these rows.
 * @param {HTMLFormElement} form
 * @param {string[]} ids
 * @returns {[string, string][]}
 */
function stances(form, ids) {
  const wanted = new Set(ids.map((id) => `as-${id}`));
  return /** @type {[string, string][]} */ ([...new FormData(form)].filter(([name]) => wanted.has(name)));
}

/**
 * Show how many wait, and say so when nothing is left here.
 * @param {HTMLFormElement} form
 * @param {Decided} answer
 * @returns {void}
 */
function show(form, { waiting, kinds }) {
  const count = document.querySelector("[data-waiting]");
  const done = /** @type {HTMLElement | null} */ (document.querySelector("#worked-through"));
  if (count) count.textContent = String(waiting);
  for (const kind of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kind-waiting]"))) {
    kind.textContent = String(kinds[kind.dataset.kindWaiting ?? ""] ?? 0);
  }
  tell(form);
  const isEmpty = !rowsOf(form).length;
  form.hidden = isEmpty;
  if (done) done.hidden = !isEmpty;
  if (isEmpty) done?.focus();
}

/**
 * @typedef {object} Decided
 * @property {string[]} done
 * @property {number} waiting
 * @property {Record<string, number>} kinds how many of each kind wait, none for 0
 * @property {string} message
 */

/**
 * Send a decision; what failed is said, and nothing is answered.
 * @param {HTMLFormElement} form
 * @param {[string, string][]} fields
 * @returns {Promise<Decided | null>}
 */
async function post(form, fields) {
  isBusy = true;
  try {
    return /** @type {Decided} */ (/** @type {unknown} */ (await send(form.action, fields)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
    return null;
  } finally {
    isBusy = false;
  }
}
