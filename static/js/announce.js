// @ts-check
/** What is said to a screen reader, and what is shown for a moment to everyone. */
import { word } from "./words.js";

/** How long a toast with an offer stays, in milliseconds. Source: the design, section 7. */
const OFFER_TIME = 10_000;
const PLAIN_TIME = 4_000;

/**
 * Say `text` once, politely.
 * @param {string} text
 * @returns {void}
 */
export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region) return;
  // The same words twice are only said again when the region was empty in between.
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

/**
 * Show `text` for a moment; with `act`, for ten seconds and with a button that calls it: "Undo",
 * unless it is called otherwise.
 * @param {string} text
 * @param {() => void} [act]
 * @param {string} [label]
 * @returns {void}
 */
export function toast(text, act, label) {
  const box = document.querySelector(".toasts");
  if (!box) return;
  const item = document.createElement("div");
  item.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  item.append(words);
  if (act) item.append(actButton(label ?? word("undo"), () => { item.remove(); act(); }));
  box.append(item);
  leaveAfter(item, act ? OFFER_TIME : PLAIN_TIME);
}

/**
 * @param {string} label
 * @param {() => void} act
 * @returns {HTMLButtonElement}
 */
function actButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-action";
  button.textContent = label;
  button.addEventListener("click", act, { once: true });
  return button;
}

/**
 * Take `item` away after `time`, but not while it is in use.
 * @param {HTMLElement} item
 * @param {number} time
 * @returns {void}
 */
function leaveAfter(item, time) {
  setTimeout(() => {
    if (item.matches(":hover, :focus-within")) leaveAfter(item, time);
    else item.remove();
  }, time);
}
