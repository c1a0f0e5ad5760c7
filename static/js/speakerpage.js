// @ts-check
/** A page with a form that asks who speaks. */
import { completeSpeaker } from "./speakerfield.js";

const { signal } = new AbortController();
for (const form of document.querySelectorAll("main form")) completeSpeaker(/** @type {HTMLFormElement} */ (form), {}, signal);
