// @ts-check
/**
 * The words that scripts show, translated by the server: each <template data-words> holds
 * a <span data-word="name"> for each, in which {name} stands for a value.
 */

/**
 * Return the words called `name` with its values filled in. Raises Error when the page has none.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function word(name, values = {}) {
  const templates = [.../** @type {NodeListOf<HTMLTemplateElement>} */ (document.querySelectorAll("template[data-words]"))];
  const found = templates.map((template) => template.content.querySelector(`[data-word="${name}"]`)?.textContent).find(Boolean);
  if (!found) throw new Error(`The page has no words for ${name}.`);
  return found.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/**
 * Return a fresh copy of the first element in <template id="name">. Raises Error when there is none.
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(name) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(name));
  const first = template?.content.firstElementChild;
  if (!first) throw new Error(`The page has no part ${name}.`);
  return /** @type {HTMLElement} */ (document.importNode(first, true));
}
