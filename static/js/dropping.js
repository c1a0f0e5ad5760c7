// @ts-check
/** The files of what is dropped on a page: those of folders too, with all that is within them. */

/** More than a form takes; what goes beyond is left to be refused in words. */
const MOST = 5_000;
/** What systems put beside the files of people. */
const OF_THE_SYSTEM = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/;

/**
 * Return the dropped files in the order of their paths; what systems keep for themselves is left out.
 * @param {DataTransfer} transfer that of the event, while it is handled
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(transfer) {
  // They are gone once the handler of the event has ended.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  /** @type {File[]} */
  const found = [];
  for (const entry of entries) if (entry) await collect(entry, found);
  return found;
}

/**
 * Return those of `files` that people put there, as a folder that is chosen holds them.
 * @param {Iterable<File>} files
 * @returns {File[]}
 */
export function ofPeople(files) {
  return [...files].filter((file) => !file.webkitRelativePath.split("/").some((name) => OF_THE_SYSTEM.test(name)));
}

/**
 * @param {FileSystemEntry} entry
 * @param {File[]} found
 * @returns {Promise<void>}
 */
async function collect(entry, found) {
  if (OF_THE_SYSTEM.test(entry.name) || found.length >= MOST) return;
  if (entry.isFile) {
    const { file } = /** @type {FileSystemFileEntry} */ (entry);
    found.push(await new Promise((resolve, reject) => { file.call(entry, resolve, reject); }));
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const within = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) break;
    within.push(...some);
  }
  within.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
  for (const one of within) await collect(one, found);
}
