// @ts-check
/** What the palette offers: the keys and controls of this page, its settings, pages to go to. */
import { keyOf, shortcutCalled } from "./shortcuts.js";

/**
 * @typedef {object} Entry
 * @property {string} id     the same each time: an address, or the name of a command
 * @property {string} label
 * @property {string} [meta] what tells it from others of the name
 * @property {string} [key]
 * @property {Element | null} [swatch]
 * @property {boolean} [isFound] an article, a claim or a person
 * @property {() => void} run
 */

/** So many commands leave room for what else is called so. */
const MOST_CALLED = 8;
/** Controls of the page that stand for what can be done here; none of a note, a form or a row. */
const CONTROLS = "main :is(a.button, .curator-ways a, .step-way, .walk :is(a, button), .limits a), .menu-list form button";

/**
 * Return every command that this page has, each once.
 * @param {DocumentFragment} page the page of commands
 * @param {HTMLElement} dialog with the names of all shortcuts
 * @returns {Entry[]}
 */
export function commandsOf(page, dialog) {
  const every = [...shortcutsOf(dialog), ...controls(), ...places(page), ...settings()];
  const labels = new Set();
  return every.filter(({ label }) => {
    const isNew = label !== "" && !labels.has(label.toLowerCase());
    labels.add(label.toLowerCase());
    return isNew;
  });
}

/**
 * Return what the server found, by the headings of its kinds.
 * @param {DocumentFragment | null} found
 * @returns {[string, Entry[]][]}
 */
export function entriesIn(found) {
  return [...found?.querySelectorAll(".command-kind") ?? []].map((kind) => [
    wordsOf(kind.querySelector("h2")),
    [...kind.querySelectorAll("a")].map((link) => ({
      id: link.getAttribute("href") ?? "",
      label: wordsOf(link.querySelector(".option-name")),
      meta: wordsOf(link.querySelector(".option-count")),
      swatch: link.querySelector(".swatch"),
      isFound: true,
      run: () => location.assign(link.href),
    })),
  ]);
}

/**
 * Return the commands of which each of the words `typed` begins a word, whatever case and accents:
 * first those whose name begins so, and not too many of them.
 * @param {Entry[]} commands
 * @param {string} typed
 * @returns {Entry[]}
 */
export function called(commands, typed) {
  const wanted = folded(typed);
  const named = commands.filter(({ label }) => {
    const words = folded(label).split(/[^\p{L}\p{N}]+/u);
    return wanted.split(/\s+/).every((part) => words.some((known) => known.startsWith(part)));
  });
  const isFirst = (/** @type {Entry} */ { label }) => folded(label).startsWith(wanted);
  return [...named.filter(isFirst), ...named.filter((entry) => !isFirst(entry))].slice(0, MOST_CALLED);
}

/**
 * Return the option for `entry`, what was typed in bold.
 * @param {Entry} entry
 * @param {string} id
 * @param {string} typed
 * @returns {HTMLElement}
 */
export function optionOf({ id: name, label, meta, key, swatch, isFound }, id, typed) {
  const [option, words] = [document.createElement("div"), document.createElement("span")];
  option.id = id;
  option.className = "option";
  option.dataset.entry = name;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  words.className = "option-name";
  words.append(...partsOf(label, typed, isFound ? "" : "(?<![\\p{L}\\p{N}])"));
  if (swatch) option.append(document.importNode(swatch, true));
  option.append(words);
  if (meta) option.append(aside("span", meta));
  if (key) option.append(aside("kbd", key));
  return option;
}

/**
 * @param {"span" | "kbd"} kind
 * @param {string} text
 * @returns {HTMLElement}
 */
function aside(kind, text) {
  const element = document.createElement(kind);
  if (kind === "span") element.className = "option-count";
  element.textContent = text;
  return element;
}

/**
 * @param {string} label
 * @param {string} typed
 * @param {string} place where its words are looked for, as a pattern
 * @returns {(string | HTMLElement)[]}
 */
function partsOf(label, typed, place) {
  const words = typed.split(/\s+/).filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [label];
  return label.split(new RegExp(`${place}(${words.join("|")})`, "iu")).map((part, at) => {
    if (at % 2 === 0) return part;
    const bold = document.createElement("b");
    bold.textContent = part;
    return bold;
  });
}

/**
 * @param {HTMLElement} dialog
 * @returns {Entry[]}
 */
function shortcutsOf(dialog) {
  return [...dialog.querySelectorAll("[data-shortcuts] [data-name]")].flatMap((row) => {
    const name = row.getAttribute("data-name") ?? "";
    const shortcut = shortcutCalled(name);
    const number = /^claim-(\d)$/.exec(name)?.[1];
    const claim = number && document.querySelector(`.rail [data-number="${number}"] > span:not(.swatch, .count)`);
    if (!shortcut || (number && !claim)) return [];
    const label = claim ? `${wordsOf(row)}: ${wordsOf(claim)}` : wordsOf(row);
    return [{ id: name, label, key: keyOf(name), run: shortcut.run }];
  });
}

/**
 * @returns {Entry[]}
 */
function controls() {
  const shown = [...document.querySelectorAll(CONTROLS)].filter((control) => !control.closest("dialog, .note, [hidden]"));
  return shown.map((control) => {
    const label = nameOf(control);
    return { id: `control:${label}`, label, run: () => /** @type {HTMLElement} */ (control).click() };
  });
}

/**
 * @param {DocumentFragment} page
 * @returns {Entry[]}
 */
function places(page) {
  return [...page.querySelectorAll("[data-pages] a")].map((link) => (
    { id: link.getAttribute("href") ?? "", label: wordsOf(link), run: () => location.assign(link.getAttribute("href") ?? "") }
  ));
}

/**
 * Return each choice of the settings, named by what it is a choice of.
 * @returns {Entry[]}
 */
function settings() {
  const choices = document.querySelectorAll("#appearance :is(input[type=radio], input[type=checkbox])");
  return [...choices].map((choice) => {
    const input = /** @type {HTMLInputElement} */ (choice);
    const legend = input.type === "radio" ? wordsOf(input.closest("fieldset")?.querySelector("legend") ?? null) : "";
    const label = wordsOf(input.labels?.[0] ?? null);
    return { id: `${input.name}:${input.value}`, label: legend ? `${legend}: ${label}` : label, run: () => input.click() };
  });
}

/**
 * @param {Element} control
 * @returns {string} its words, without the key that is drawn beside them
 */
function nameOf(control) {
  const copy = /** @type {Element} */ (control.cloneNode(true));
  for (const cap of copy.querySelectorAll("kbd")) cap.remove();
  return wordsOf(copy);
}

/**
 * @param {Element | null} element
 * @returns {string}
 */
function wordsOf(element) {
  return element?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

/**
 * @param {string} text
 * @returns {string}
 */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
