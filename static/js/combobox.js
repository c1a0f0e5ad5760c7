// @ts-check
/**
 * A field whose list of options the server fills in; the focus stays in the field.
 * Source: WAI-ARIA Authoring Practices, combobox with list autocomplete.
 */
import { Failure, fragment } from "./api.js";

/** How long typing rests before options are fetched, in milliseconds. */
const REST = 120;

/** @typedef {{field: HTMLInputElement, list: HTMLElement}} Combobox */

/**
 * @typedef {object} Behaviour
 * @property {() => string} address where the options for what is typed come from, "" for nowhere
 * @property {(option: HTMLElement) => void} onPick one was pressed
 * @property {(event: KeyboardEvent) => void} onEnter Enter was pressed in the field
 * @property {(content: DocumentFragment) => void} [onFill] options have come
 * @property {(content: DocumentFragment | null) => void} [show] fills the list and chooses in it, in
 *   place of what is done otherwise; null when nothing came
 */

/**
 * @typedef {object} Completion
 * @property {() => void} ask fills the list anew
 * @property {() => Promise<void>} settled resolves when the list has the options for what is typed
 */

/**
 * Return the combobox that is in `form`.
 * @param {HTMLFormElement} form
 * @returns {Combobox}
 */
export function comboboxIn(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("[role=combobox]"));
  const list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
  return { field, list };
}

/**
 * Fill `box` now and whenever something is typed, and let keys and pointer choose, until `signal`.
 * @param {Combobox} box
 * @param {Behaviour} behaviour
 * @param {AbortSignal} signal
 * @returns {Completion}
 */
export function completeFrom(box, behaviour, signal) {
  const options = { signal };
  let asking = new AbortController();
  let filled = Promise.resolve();
  let timer = 0;
  const stop = () => { asking.abort(); clearTimeout(timer); timer = 0; };
  const ask = () => {
    stop();
    asking = new AbortController();
    if (!behaviour.show) select(box, null);
    filled = fill(box, behaviour, asking.signal);
  };
  const settled = async () => {
    if (timer) ask();
    const last = filled;
    await last;
    if (timer || last !== filled) await settled();
  };
  box.field.addEventListener("input", () => {
    stop();
    // What was offered for other words is not chosen for these.
    if (!behaviour.show) select(box, null);
    timer = setTimeout(ask, REST);
  }, options);
  box.field.addEventListener("keydown", (event) => onKey(box, behaviour, event), options);
  // A press on an option leaves the focus in the field.
  box.list.addEventListener("pointerdown", (event) => event.preventDefault(), options);
  box.list.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[role=option]"));
    if (!option) return;
    stop();
    select(box, option);
    behaviour.onPick(option);
  }, options);
  signal.addEventListener("abort", stop);
  ask();
  return { ask, settled };
}

/**
 * Return the chosen option of `list`, or null.
 * @param {HTMLElement} list
 * @returns {HTMLElement | null}
 */
export function selectedIn(list) {
  return list.querySelector("[role=option][aria-selected=true]");
}

/**
 * @param {Combobox} box
 * @param {Behaviour} behaviour
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
async function fill(box, behaviour, signal) {
  /** @type {DocumentFragment | null} */
  let content = null;
  try {
    const address = behaviour.address();
    content = address ? await fragment(address, signal) : null;
    if (signal.aborted) return;
  } catch (error) {
    // Aborted: something newer was asked. Failed: nothing to choose, but what is typed still counts.
    if (!(error instanceof Failure)) return;
  }
  if (behaviour.show) return behaviour.show(content);
  if (content) behaviour.onFill?.(content);
  box.list.replaceChildren(...content?.querySelectorAll("[role=option]") ?? []);
  const options = optionsIn(box.list);
  box.field.setAttribute("aria-expanded", String(options.length > 0));
  select(box, box.field.value.trim() ? options[0] ?? null : null);
}

/**
 * @param {Combobox} box
 * @param {Behaviour} behaviour
 * @param {KeyboardEvent} event
 * @returns {void}
 */
function onKey(box, behaviour, event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const options = optionsIn(box.list);
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const from = at < 0 && step < 0 ? 0 : at;
    select(box, options[(from + step + options.length) % options.length] ?? null);
  } else if (event.key === "Enter") {
    event.preventDefault();
    behaviour.onEnter(event);
  }
}

/**
 * Choose `option`, or none.
 * @param {Combobox} box
 * @param {HTMLElement | null} option
 * @returns {void}
 */
export function select({ field, list }, option) {
  selectedIn(list)?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
function optionsIn(list) {
  return [...list.querySelectorAll("[role=option]")].map((option) => /** @type {HTMLElement} */ (option));
}
