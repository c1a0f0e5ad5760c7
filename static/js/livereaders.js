// @ts-check
/** Who else reads the article now, in the top bar. */
import { toolSheet } from "./toolsheet.js";
import { word } from "./words.js";

/** As many faces are shown. */
const FACES = 3;

/** @typedef {{id: number, name: string, initials: string, slot: number}} Reader */

/**
 * Show `readers`, of whom one may be the reader of this page; nobody else is nothing.
 * @param {Reader[]} readers
 * @returns {Promise<void>}
 */
export async function showReaders(readers) {
  const others = readers.filter(({ id }) => String(id) !== document.documentElement.dataset.reader);
  if (others.length === 0) return void document.querySelector(".here")?.remove();
  await toolSheet();
  const place = /** @type {HTMLElement} */ (document.querySelector(".here") ?? document.createElement("div"));
  if (!place.isConnected) document.querySelector(".topbar-tools")?.prepend(place);
  place.className = "here";
  const names = new Intl.ListFormat(document.documentElement.lang).format(others.map(({ name }) => name));
  const count = document.createElement("span");
  count.className = "here-count";
  count.textContent = word("live_reading", { count: others.length + 1 });
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.textContent = word("live_with_you", { readers: names });
  place.title = said.textContent;
  place.replaceChildren(...others.slice(0, FACES).map(faceOf), count, said);
}

/**
 * @param {Reader} reader
 * @returns {HTMLElement}
 */
function faceOf({ initials, slot }) {
  const face = document.createElement("span");
  face.className = `avatar p${slot}`;
  face.ariaHidden = "true";
  face.textContent = initials;
  return face;
}
