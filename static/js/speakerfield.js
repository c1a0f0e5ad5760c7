// @ts-check
/**
 * The field for a speaker: names follow the typing, and the author of the article is offered where
 * the voice is the author's. Source: WAI-ARIA, combobox with list autocomplete.
 */
import { completeFrom, select, selectedIn } from "./combobox.js";
import { toolSheet } from "./toolsheet.js";
import { word } from "./words.js";

/**
 * Complete the field for a speaker in `form` until `signal`; nothing without such a field.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} from where it is: the slugs of the article and the claim
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function completeSpeaker(form, from, signal) {
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=speaker][data-complete-url]"));
  if (!field) return;
  toolSheet();
  const list = listFor(field);
  const known = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=new_speaker]"));
  let author = "";
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); select({ field, list }, null); };
  const take = (/** @type {HTMLElement} */ option) => {
    field.value = option.dataset.name ?? field.value;
    if (known) known.value = field.value;
    close();
  };
  const open = () => { list.hidden = list.childElementCount === 0; field.setAttribute("aria-expanded", String(!list.hidden)); };
  const completion = completeFrom({ field, list }, {
    address: () => addressOf(field, form, from),
    onPick: take,
    onEnter: (event) => {
      const isSaving = event.ctrlKey || event.metaKey || list.hidden;
      const option = isSaving ? null : selectedIn(list);
      if (option) take(option);
      else form.requestSubmit();
    },
    show: (content) => {
      author = content?.querySelector("[data-author]")?.getAttribute("data-author") ?? author;
      list.replaceChildren(...content?.querySelectorAll("[role=option]") ?? []);
      // Who could be meant is in sight from now on: the name as it is typed is meant.
      if (known) known.value = field.value;
      if (document.activeElement === field) open();
      select({ field, list }, field.value.trim() ? list.querySelector("[role=option]") : null);
      if (list.hidden) close();
    },
  }, signal);
  field.addEventListener("focus", () => completion.ask(), { signal });
  field.addEventListener("blur", close, { signal });
  field.addEventListener("input", () => field.removeAttribute("data-guessed"), { signal });
  field.addEventListener("keydown", (event) => {
    if (["ArrowDown", "ArrowUp"].includes(event.key)) open();
    if (event.key !== "Escape" || list.hidden) return;
    // The first Escape closes the list, the next one what it stands in.
    event.preventDefault();
    event.stopPropagation();
    close();
  }, { signal });
  followVoice(form, field, () => author, signal);
}

/**
 * Fill the author in where the voice is the author's and nobody is named; take that back elsewhere.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {() => string} author
 * @param {AbortSignal} signal
 * @returns {void}
 */
function followVoice(form, field, author, signal) {
  const voice = /** @type {HTMLSelectElement | null} */ (form.querySelector("select[name=voice]"));
  const help = document.createElement("div");
  help.className = "field-help";
  help.setAttribute("role", "status");
  field.closest(".field")?.append(help);
  const tell = () => { help.textContent = field.dataset.guessed === undefined ? "" : word("author_guessed"); };
  field.addEventListener("input", tell, { signal });
  voice?.addEventListener("change", () => {
    if (voice.value === "author" && !field.value.trim() && author()) {
      field.value = author();
      field.dataset.guessed = "";
    } else if (voice.value !== "author" && field.dataset.guessed !== undefined) {
      field.value = "";
      field.removeAttribute("data-guessed");
    }
    tell();
  }, { signal });
}

/**
 * Return the list that stands under `field`, which becomes a combobox.
 * @param {HTMLInputElement} field
 * @returns {HTMLElement}
 */
function listFor(field) {
  const list = document.createElement("div");
  list.className = "options speaker-options";
  list.id = `${field.id}-options`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("speakers"));
  field.removeAttribute("list");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  return list;
}

/**
 * @param {HTMLInputElement} field
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} from
 * @returns {string}
 */
function addressOf(field, form, from) {
  const url = new URL(field.dataset.completeUrl ?? "", location.href);
  const claim = /** @type {HTMLInputElement | null} */ (form.querySelector("#claim-field"))?.value ?? "";
  for (const [name, value] of Object.entries({ claim, ...from, q: field.value })) if (value) url.searchParams.set(name, value);
  return url.href;
}
