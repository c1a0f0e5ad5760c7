// @ts-check
/** Walking a large table by keys: one place in it is in the order of Tab, arrows lead to the rest. */

/** So many rows Page Up and Page Down go. */
const PAGE = 10;

/** The column that was walked to last: a cell over several empty columns is not the end of the way. */
let walked = 0;

/**
 * Let arrows, Home, End and the page keys walk the cells of `table`, its heads included.
 * @param {HTMLTableElement} table
 * @param {HTMLElement | null} start what Tab comes to first; null for the first cell
 * @param {AbortSignal} signal
 */
export function walkByKeys(table, start, signal) {
  table.setAttribute("role", "grid");
  for (const link of table.querySelectorAll("a, .matrix-name")) link.setAttribute("tabindex", "-1");
  hold(table, start ?? targetIn(table.rows[1]?.cells[1]) ?? targetIn(table.rows[1]?.cells[0]));
  table.addEventListener("keydown", (event) => walk(table, event), { signal });
  table.addEventListener("focusin", (event) => hold(table, /** @type {HTMLElement} */ (event.target)), { signal });
}

/**
 * Return what is focused in a cell: its link or name, the cell itself where it is empty.
 * @param {HTMLTableCellElement | undefined} cell
 * @returns {HTMLElement | null}
 */
function targetIn(cell) {
  return cell ? cell.querySelector("a, .matrix-name") ?? cell : null;
}

/**
 * Return the column that a cell begins in.
 * @param {HTMLTableCellElement} cell
 * @returns {number}
 */
function placeOf(cell) {
  let place = 0;
  for (let other = cell.previousElementSibling; other instanceof HTMLTableCellElement; other = other.previousElementSibling) place += other.colSpan;
  return place;
}

/**
 * Return the cell of a row that stands in a column.
 * @param {HTMLTableRowElement | undefined} row
 * @param {number} column
 * @returns {HTMLTableCellElement | undefined}
 */
function cellOver(row, column) {
  let end = 0;
  return [...row?.cells ?? []].find((cell) => (end += cell.colSpan) > column);
}

/**
 * Let `target` be the one place in the table that Tab comes to.
 * @param {HTMLTableElement} table
 * @param {HTMLElement | null} target
 */
function hold(table, target) {
  if (!target) return;
  for (const other of table.querySelectorAll("[tabindex='0']")) other.setAttribute("tabindex", "-1");
  target.tabIndex = 0;
}

/**
 * @param {HTMLTableElement} table
 * @param {KeyboardEvent} event
 */
function walk(table, event) {
  const cell = /** @type {HTMLElement} */ (event.target).closest("td, th");
  if (!(cell instanceof HTMLTableCellElement) || event.altKey || event.metaKey) return;
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const first = placeOf(cell);
  if (walked < first || walked >= first + cell.colSpan) walked = first;
  const width = table.rows[0]?.cells.length ?? 1;
  const step = stepOf(event, row.rowIndex, cell, table.rows.length - 1, width - 1);
  if (!step) return;
  event.preventDefault();
  walked = step.column;
  const next = targetIn(cellOver(table.rows[step.row], walked));
  hold(table, next);
  next?.focus();
  next?.closest("td, th")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * Return where a key leads to, null for one that leads nowhere.
 * @param {KeyboardEvent} event
 * @param {number} row
 * @param {HTMLTableCellElement} cell
 * @param {number} lastRow
 * @param {number} lastColumn
 * @returns {{row: number, column: number} | null}
 */
function stepOf(event, row, cell, lastRow, lastColumn) {
  const column = walked;
  const start = placeOf(cell);
  const whole = event.ctrlKey;
  /** @type {Record<string, [number, number]>} */
  const ways = {
    ArrowUp: [whole ? 0 : row - 1, column],
    ArrowDown: [whole ? lastRow : row + 1, column],
    ArrowLeft: [row, whole ? 0 : start - 1],
    ArrowRight: [row, whole ? lastColumn : start + cell.colSpan],
    Home: [whole ? 0 : row, 0],
    End: [whole ? lastRow : row, lastColumn],
    PageUp: [row - PAGE, column],
    PageDown: [row + PAGE, column],
  };
  const way = ways[event.key];
  if (!way) return null;
  const within = (/** @type {number} */ place, /** @type {number} */ last) => Math.min(Math.max(place, 0), last);
  return { row: within(way[0], lastRow), column: within(way[1], lastColumn) };
}
