// @ts-check
/** Talking to the server: writes that may be repeated safely, and fragments of pages. */
import { word } from "./words.js";

/** @import { Answer, Fields } from "./types.js" */

/** How long to wait before the one repetition of a write that got no answer, in milliseconds. */
const PAUSE = 800;
const PASSING_TROUBLE = new Set([502, 503, 504]);

/**
 * @typedef {object} Refusal  Why the server did not do it.
 * @property {string} [error]
 * @property {string} [message]
 * @property {Record<string, string | string[]>} [fields]
 * @property {Record<string, unknown>} [current]
 */

/** A write or a reading that failed; `message` is a sentence for the reader. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {string} code the server's word for it: "text_changed", "sign_in", ..., "offline" is ours
   * @param {Record<string, unknown>} [current] what is stored, where that is the reason
   */
  constructor(message, code, current) {
    super(message);
    this.name = "Failure";
    this.code = code;
    this.current = current;
  }
}

/**
 * Send `fields` to `url` and return the answer. Without an answer it is sent once more, the same:
 * creates carry a client_id and updates a counter, so nothing happens twice.
 *
 * Raises Failure.
 * @param {string} url
 * @param {Fields | [string, string][]} fields
 * @returns {Promise<Answer>}
 */
export async function send(url, fields) {
  const request = () => fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
  });
  const response = await twice(request);
  const data = await response.json().catch(() => null);
  if (response.ok && data) return data;
  throw failureOf(response, data);
}

/**
 * Return what stands in the body of the HTML at `url`, ready to be put into this page.
 *
 * Raises Failure.
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @param {Fields} [fields] to be sent along, where that is what it is made of
 * @returns {Promise<DocumentFragment>}
 */
export async function fragment(url, signal, fields) {
  const headers = { "X-Requested-With": "fetch", ...(fields && { Accept: "application/json", "X-CSRFToken": csrfToken() }) };
  const sent = fields && { method: "POST", body: new URLSearchParams(fields) };
  const response = await twice(() => fetch(url, { headers, ...sent, ...(signal && { signal }) }));
  if (!response.ok) throw failureOf(response, await response.json().catch(() => null));
  const page = new DOMParser().parseFromString(trusted(await response.text()), "text/html");
  const content = document.createDocumentFragment();
  content.append(...document.adoptNode(page.body).childNodes);
  return content;
}

/**
 * Return the text of the file at `url`. Raises Failure.
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function textAt(url) {
  const response = await twice(() => fetch(url, { headers: { "X-Requested-With": "fetch" } }));
  if (!response.ok) throw new Failure(word("failed"), String(response.status));
  return response.text();
}

/**
 * Return a new UUID. `crypto.randomUUID` is missing where a site is served without https.
 * @returns {string}
 */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * @param {() => Promise<Response>} request
 * @returns {Promise<Response>}
 */
async function twice(request) {
  const first = await request().catch(unlessAborted);
  if (first && !PASSING_TROUBLE.has(first.status)) return first;
  await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  const second = await request().catch(unlessAborted);
  if (second) return second;
  throw new Failure(word("offline"), "offline");
}

/**
 * @param {unknown} error
 * @returns {null}
 */
function unlessAborted(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  return null;
}

/**
 * @param {Response} response
 * @param {Refusal | null} data
 * @returns {Failure}
 */
function failureOf({ status }, data) {
  const known = status === 403 || status === 429 ? `failed_${status}` : "failed";
  return new Failure(sentenceOf(data) || word(known), data?.error ?? String(status), data?.current);
}

/**
 * Return what proves to the server that a write comes from a page of its own: as it is now, for
 * signing in anew in another tab changes it.
 * @returns {string}
 */
export function csrfToken() {
  const now = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (now) return now;
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  return field?.value ?? "";
}

/**
 * Return the server's sentence, with what it says of single fields.
 * @param {Refusal | null} data
 * @returns {string}
 */
function sentenceOf(data) {
  const details = Object.values(data?.fields ?? {}).flat();
  return [data?.message, ...details.filter((detail) => detail !== data?.message)].filter(Boolean).join(" ");
}

/** @typedef {{createHTML: (html: string) => string}} Policy */

/** The one name under which HTML may be parsed, where a page demands trusted types. */
const policy = /** @type {{trustedTypes?: {createPolicy: (name: string, rules: Policy) => Policy}}} */ (globalThis)
  .trustedTypes?.createPolicy("postil-fragments", { createHTML: (html) => html });

/**
 * @param {string} html from our own origin
 * @returns {string}
 */
function trusted(html) {
  return policy ? policy.createHTML(html) : html;
}
