// @ts-check
/** The list of keys: those of this page as they are now, with the switch that turns them off. */
import { toast } from "./announce.js";
import { Failure, fragment, send } from "./api.js";
import { areKeysOn, keyOf, shortcutCalled } from "./shortcuts.js";
import { toolSheet } from "./toolsheet.js";

/**
 * Show the keys that the page at `address` tells of, in a dialog; the page itself where it cannot.
 * @param {string} address
 * @returns {Promise<void>}
 */
export async function showKeys(address) {
  try {
    const [page] = await Promise.all([fragment(address), toolSheet()]);
    if (!document.querySelector("dialog[open]")) open(page, address);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    toast(error.message);
  }
}

/**
 * @param {DocumentFragment} page
 * @param {string} address
 * @returns {void}
 */
function open(page, address) {
  const template = /** @type {HTMLTemplateElement} */ (page.querySelector("#keys-part"));
  const dialog = /** @type {HTMLDialogElement} */ (document.importNode(template.content, true).firstElementChild);
  dialog.querySelector("h2")?.after(...[...page.querySelectorAll(".key-group")].flatMap(groupOf));
  const toggle = /** @type {HTMLInputElement} */ (dialog.querySelector("input[type=checkbox]"));
  toggle.checked = areKeysOn();
  toggle.addEventListener("change", () => keep(address, toggle.checked));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Return the heading and the list of a group, nothing when the page has no use for it.
 * @param {Element} group
 * @returns {HTMLElement[]}
 */
function groupOf(group) {
  const needs = group.getAttribute("data-needs");
  const own = [...group.querySelectorAll("[data-shortcut]")].filter((row) => shortcutCalled(nameOf(row)));
  if (needs ? !shortcutCalled(needs) : own.length === 0) return [];
  const [heading, list] = [document.createElement("h3"), document.createElement("dl")];
  heading.textContent = group.querySelector("h2")?.textContent ?? "";
  list.className = "keys";
  for (const row of own) if (keyOf(nameOf(row))) list.append(...lineOf([capOf(keyOf(nameOf(row)))], row));
  for (const row of group.querySelectorAll("[data-fixed]")) list.append(...lineOf([...row.querySelectorAll("kbd")], row));
  return [heading, list];
}

/**
 * @param {Element} row
 * @returns {string}
 */
function nameOf(row) {
  return row.getAttribute("data-shortcut") ?? "";
}

/**
 * @param {string} key
 * @returns {HTMLElement}
 */
function capOf(key) {
  const cap = document.createElement("kbd");
  cap.textContent = key;
  return cap;
}

/**
 * @param {Element[]} caps
 * @param {Element} row whose first words say what they do
 * @returns {HTMLElement[]}
 */
function lineOf(caps, row) {
  const [term, description] = [document.createElement("dt"), document.createElement("dd")];
  term.append(...caps);
  description.textContent = row.firstElementChild?.textContent ?? "";
  return [term, description];
}

/**
 * Turn single keys on or off, here and on other pages.
 * @param {string} address
 * @param {boolean} isOn
 * @returns {Promise<void>}
 */
async function keep(address, isOn) {
  document.documentElement.toggleAttribute("data-keys-off", !isOn);
  try {
    await send(address, { switch: isOn ? "on" : "off" });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // On this page it holds; the sentence says that others do not know.
    toast(error.message);
  }
}
