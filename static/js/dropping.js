// @ts-check
/** The files of what is dropped on a page: those of folders too, with all that is within them. */

/** More than a form takes; what goes beyond is left to be refused in words. */
const MOST = 5_000;
/** What systems put beside the files of people. */
const OF_THE_SYSTEM = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/;
/** What is saved beside a page, to show it. */
const OF_PAGES = /\.(css|js|png|jpe?g|gif|svg|webp|ico|avif|woff2?|ttf|mp4|mp3)$/i;

/**
 * @typedef {object} Taken  What a folder holds for people.
 * @property {File[]} files
 * @property {number} leftOut how many others there are, without those that systems keep for themselves
 */

/**
 * Return the dropped files in the order of their paths; of folders without the parts of saved pages.
 * @param {DataTransfer} transfer that of the event, while it is handled
 * @returns {Promise<Taken>}
 */
export async function droppedFiles(transfer) {
  // They are gone once the handler of the event has ended.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null);
  const files = [...transfer.files];
  /** @type {Taken} */
  const taken = { files: [], leftOut: 0 };
  if (!entries.some((entry) => entry?.isDirectory)) return { ...taken, files };
  for (const entry of entries) if (entry) await collect(entry, taken, "");
  return taken;
}

/**
 * Return those of `files` that are texts of people, as a folder that is chosen holds them.
 * @param {Iterable<File>} files
 * @returns {Taken}
 */
export function ofPeople(files) {
  const ours = [...files].filter((file) => !file.webkitRelativePath.split("/").some((name) => OF_THE_SYSTEM.test(name)));
  const kept = ours.filter((file) => !OF_PAGES.test(file.name));
  return { files: kept, leftOut: ours.length - kept.length };
}

/**
 * @param {FileSystemEntry} entry
 * @param {Taken} taken
 * @param {string} folder the one that it lies in, "" for none
 * @returns {Promise<void>}
 */
async function collect(entry, taken, folder) {
  if (OF_THE_SYSTEM.test(entry.name) || taken.files.length >= MOST) return;
  if (!entry.isFile) {
    for (const one of await within(/** @type {FileSystemDirectoryEntry} */ (entry))) await collect(one, taken, entry.name);
    return;
  }
  const file = folder && OF_PAGES.test(entry.name) ? null : await opened(/** @type {FileSystemFileEntry} */ (entry));
  if (file) taken.files.push(file);
  else taken.leftOut += 1;
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File | null>} null for what the system lets nobody open
 */
function opened(entry) {
  return new Promise((resolve) => { entry.file(resolve, () => resolve(null)); });
}

/**
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<FileSystemEntry[]>} in the order of their names; of a folder that is closed none
 */
async function within(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve) => { reader.readEntries(resolve, () => resolve([])); });
    if (some.length === 0) break;
    found.push(...some);
  }
  return found.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}
