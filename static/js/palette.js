// @ts-check
/**
 * The palette: one field that finds every command of the page, every page to go to, and articles,
 * claims and people by name. Source: WAI-ARIA, combobox with list autocomplete.
 */
import { announce, toast } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { comboboxIn, completeFrom, select, selectedIn } from "./combobox.js";
import { called, commandsOf, entriesIn, optionOf } from "./commands.js";
import { recentOf, remember } from "./recent.js";
import { toolSheet } from "./toolsheet.js";
import { word } from "./words.js";

/** @import { Entry } from "./commands.js" */

/** @type {Promise<DocumentFragment> | undefined} */
let page;

/**
 * Open the palette that the page at `address` holds.
 * @param {string} address
 * @returns {Promise<void>}
 */
export async function openPalette(address) {
  try {
    page ??= fragment(address);
    const [content] = await Promise.all([page, toolSheet()]);
    if (!document.querySelector("dialog[open]")) open(content);
  } catch (error) {
    page = undefined;
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}

/**
 * @param {DocumentFragment} content
 * @returns {void}
 */
function open(content) {
  const template = /** @type {HTMLTemplateElement} */ (content.querySelector("#palette-part"));
  const dialog = /** @type {HTMLDialogElement} */ (document.importNode(template.content, true).firstElementChild);
  const selection = document.getSelection();
  const chosen = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0).cloneRange() : null;
  const life = new AbortController();
  const commands = commandsOf(content, dialog);
  document.body.append(dialog);
  const go = (/** @type {Entry} */ entry) => {
    remember(dialog, entry);
    dialog.close();
    // A field that takes the focus takes the chosen words; what is done next may be about them.
    if (chosen) document.getSelection()?.setBaseAndExtent(chosen.startContainer, chosen.startOffset, chosen.endContainer, chosen.endOffset);
    entry.run();
  };
  offer(dialog, commands, go, life.signal);
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { life.abort(); dialog.remove(); });
  dialog.showModal();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Entry[]} commands
 * @param {(entry: Entry) => void} go
 * @param {AbortSignal} signal
 * @returns {void}
 */
function offer(dialog, commands, go, signal) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const box = comboboxIn(form);
  /** @type {Map<string, Entry>} */
  let shown = new Map();
  const typed = () => box.field.value.trim();
  const goTo = (/** @type {HTMLElement | null} */ option) => {
    const entry = option && shown.get(option.id);
    if (entry) go(entry);
  };
  const show = (/** @type {DocumentFragment | null} */ found) => {
    const before = selectedIn(box.list)?.dataset.entry;
    const groups = groupsFor(dialog, commands, found, typed());
    shown = fill(box.list, groups, typed());
    const options = [...shown.keys()].map((id) => document.getElementById(id));
    select(box, options.find((option) => before && option?.dataset.entry === before) ?? options[0] ?? null);
    box.field.setAttribute("aria-expanded", String(options.length > 0));
    tellEmpty(dialog, options.length === 0 ? typed() : "");
    return options.length;
  };
  const { settled } = completeFrom(box, {
    address: () => (typed() ? `${dialog.dataset.foundUrl}?${new URLSearchParams({ q: typed() })}` : ""),
    show: (found) => {
      const count = show(found);
      if (typed()) announce(word(count ? "palette_count" : "palette_none", { count, words: typed() }));
    },
    onPick: goTo,
    onEnter: async () => {
      // What is at hand needs no answer; a name that only the server knows is waited for.
      if (!selectedIn(box.list)) await settled();
      goTo(selectedIn(box.list));
    },
  }, signal);
  box.field.addEventListener("input", () => {
    select(box, null);
    show(null);
  }, { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
}

/**
 * Return what is offered for the words `typed`, in groups by their headings.
 * @param {HTMLDialogElement} dialog
 * @param {Entry[]} commands
 * @param {DocumentFragment | null} found
 * @param {string} typed
 * @returns {[string, Entry[]][]}
 */
function groupsFor(dialog, commands, found, typed) {
  if (typed) return [[word("palette_commands"), called(commands, typed)], ...entriesIn(found)];
  const recent = recentOf(dialog, commands);
  const ids = new Set(recent.map(({ id }) => id));
  return [[word("palette_recent"), recent], [word("palette_commands"), commands.filter(({ id }) => !ids.has(id))]];
}

/**
 * Put `groups` into `list`; return the entries by the ids of their options.
 * @param {HTMLElement} list
 * @param {[string, Entry[]][]} groups
 * @param {string} typed
 * @returns {Map<string, Entry>}
 */
function fill(list, groups, typed) {
  /** @type {Map<string, Entry>} */
  const shown = new Map();
  const parts = groups.filter(([, entries]) => entries.length > 0).map(([heading, entries]) => {
    const [group, head] = [document.createElement("div"), document.createElement("div")];
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", heading);
    head.className = "palette-head";
    head.setAttribute("role", "presentation");
    head.textContent = heading;
    const options = entries.map((entry) => {
      const id = `command-${shown.size + 1}`;
      shown.set(id, entry);
      return optionOf(entry, id, typed);
    });
    group.append(head, ...options);
    return group;
  });
  list.replaceChildren(...parts);
  list.scrollTop = 0;
  return shown;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} typed what nothing is called, "" when something is
 * @returns {void}
 */
function tellEmpty(dialog, typed) {
  const line = /** @type {HTMLElement} */ (dialog.querySelector("[data-empty]"));
  const [said, link] = [line.querySelector("span"), /** @type {HTMLAnchorElement | null} */ (line.querySelector("a"))];
  line.hidden = !typed;
  if (said) said.textContent = word("palette_none", { words: typed });
  if (link) link.search = String(new URLSearchParams({ q: typed }));
}
