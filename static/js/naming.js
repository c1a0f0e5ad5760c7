// @ts-check
/**
 * Naming readers in a note: behind an @ those who will see it are offered while their name is typed.
 * Source: WAI-ARIA, a text box with aria-activedescendant.
 */
import { announce } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { select, selectedIn } from "./combobox.js";
import { word } from "./words.js";

/** How long typing rests before readers are fetched, in milliseconds. */
const REST = 120;
/** What is typed of a name, up to the caret. */
const BEGUN = /(?:^|[^\w@./+-])@([\p{L}\p{N}_.+-]{0,40})$/u;

/**
 * Offer readers in `field` for as long as it is there.
 * @param {HTMLTextAreaElement} field
 * @param {(typed: string) => string} address where the readers for what is typed come from
 * @returns {void}
 */
export function offerReaders(field, address) {
  const list = listFor(field);
  let asking = new AbortController();
  let timer = 0;
  const close = () => {
    asking.abort();
    clearTimeout(timer);
    list.hidden = true;
    select(/** @type {any} */ ({ field, list }), null);
  };
  const take = (/** @type {HTMLElement} */ option) => {
    const end = field.selectionStart;
    const typed = begunIn(field) ?? "";
    close();
    field.setRangeText(`${option.dataset.name} `, end - typed.length, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = async (/** @type {string} */ typed) => {
    asking = new AbortController();
    try {
      const content = await fragment(address(typed), asking.signal);
      list.replaceChildren(...content.querySelectorAll("[role=option]"));
    } catch (error) {
      if (!(error instanceof Failure)) return;
      list.replaceChildren();
    }
    const first = /** @type {HTMLElement | null} */ (list.querySelector("[role=option]"));
    if (!first || document.activeElement !== field || begunIn(field) !== typed) return close();
    list.hidden = false;
    select(/** @type {any} */ ({ field, list }), first);
    announce(word("readers_offered", { count: String(list.childElementCount) }));
  };
  field.addEventListener("input", () => {
    const typed = begunIn(field);
    if (typed === null) return close();
    asking.abort();
    clearTimeout(timer);
    timer = setTimeout(() => fill(typed), REST);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const option = selectedIn(list);
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) select(/** @type {any} */ ({ field, list }), /** @type {any} */ (option)?.[step] ?? option);
    else if ((event.key === "Enter" || event.key === "Tab") && option) take(option);
    else if (event.key === "Escape") close();
    else return;
    // The key is for the list alone: the form would be closed by it, or the line broken.
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[role=option]"));
    if (option) take(option);
  });
}

/**
 * @param {HTMLTextAreaElement} field
 * @returns {string | null} what is typed of a name before the caret, null when none is begun
 */
function begunIn(field) {
  return BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
}

/**
 * @param {HTMLTextAreaElement} field
 * @returns {HTMLElement}
 */
function listFor(field) {
  const list = document.createElement("div");
  list.className = "options speaker-options";
  list.id = `readers-${Math.random().toString(36).slice(2)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("readers"));
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  return list;
}
