// @ts-check
/** Where notes stand, by one key: in the margin, inline, hidden, and round again. */
import { announce, toast } from "./announce.js";
import { appearanceOf, setAppearance } from "./appearance.js";

const MODES = ["margin", "inline", "hidden"];

/**
 * Show notes in the next mode, and say which, in the words of the settings.
 * @returns {void}
 */
export function nextMode() {
  const mode = MODES[(MODES.indexOf(appearanceOf("notes")) + 1) % MODES.length] ?? "margin";
  setAppearance("notes", mode);
  const choice = document.querySelector(`#appearance input[name=notes][value=${mode}]`);
  const name = choice?.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
  const said = `${name}: ${choice?.closest("label")?.textContent ?? mode}`;
  announce(said);
  toast(said);
}
