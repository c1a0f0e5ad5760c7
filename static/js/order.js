// @ts-check
/** The order of a list as it stands on the page: who is held, where it goes, how it is numbered. */

/**
 * Return the rows of `list` in their order.
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
export function rowsOf(list) {
  return /** @type {HTMLElement[]} */ ([...list.children]);
}

/**
 * Put `row` at the place `index`, counted from 0, and number all rows anew.
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {number} index
 * @returns {void}
 */
export function put(list, row, index) {
  const others = rowsOf(list).filter((other) => other !== row);
  list.insertBefore(row, others[index] ?? null);
  number(list);
}

/**
 * Return the place, counted from 1, of `row` in the whole list, of which a page shows a part.
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @returns {number}
 */
export function placeOf(list, row) {
  return firstPlace(list) + rowsOf(list).indexOf(row);
}

/**
 * Return the index that a row dropped at the height `y` of the window gets among the others.
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {number} y
 * @returns {number}
 */
export function indexAt(list, row, y) {
  const others = rowsOf(list).filter((other) => other !== row);
  return others.filter((other) => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2 < y;
  }).length;
}

/**
 * Let every form of the page send `counter`, the state that its reader has now seen.
 * @param {number} counter
 * @returns {void}
 */
export function keepCounter(counter) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=counter]"))) {
    field.value = String(counter);
  }
}

/**
 * Write the places into the rows, and where their forms without script would move them.
 * @param {HTMLElement} list
 * @returns {void}
 */
function number(list) {
  const rows = rowsOf(list);
  const first = firstPlace(list);
  const count = Number(list.dataset.count);
  for (const [index, row] of rows.entries()) {
    const place = row.querySelector(".place");
    if (place) place.textContent = String(first + index);
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (row.querySelectorAll("button[data-by]"))) {
      const to = first + index + Number(button.dataset.by);
      button.value = String(to);
      button.disabled = to < 1 || to > count;
    }
  }
}

/**
 * @param {HTMLElement} list
 * @returns {number}
 */
function firstPlace(list) {
  return /** @type {HTMLOListElement} */ (list).start;
}
