// @ts-check
/** The claims that the codebook beside the text lists, and finding some of them. */
import { announce, toast } from "./announce.js";
import { Failure, fragment } from "./api.js";
import { numberOptions } from "./claimkeys.js";
import { word } from "./words.js";

/** How long typing rests before claims are looked for, in milliseconds. */
const REST = 150;

/**
 * Follow what is typed into the field, until `signal`; Enter takes the first claim. Return what
 * shows the claims as they are now.
 * @param {HTMLElement} article
 * @param {HTMLElement} panel
 * @param {AbortSignal} signal
 * @returns {() => Promise<void>}
 */
export function findCodes(article, panel, signal) {
  const field = /** @type {HTMLInputElement} */ (panel.querySelector("input"));
  let timer = 0;
  let asked = new AbortController();
  const look = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      showCodes(article, panel, await fragment(addressFor(field.value), AbortSignal.any([signal, asked.signal])));
    } catch (error) {
      if (!(error instanceof DOMException)) told(error);
    }
  };
  const lookAndSay = async () => {
    await look();
    const count = panel.querySelectorAll(".code").length;
    announce(count ? word("claims_found", { count }) : panel.querySelector(".empty")?.textContent?.trim() ?? "");
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(lookAndSay, REST); }, { signal });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) /** @type {HTMLElement | null} */ (panel.querySelector("button.code-name"))?.click();
  }, { signal });
  signal.addEventListener("abort", () => { clearTimeout(timer); asked.abort(); });
  return look;
}

/**
 * Show the claims of `page`: who may mark gets a button for each in place of the way to it. What
 * is unfolded stays so, and the focus stays on its claim.
 * @param {HTMLElement} article
 * @param {HTMLElement} panel
 * @param {DocumentFragment} page
 * @returns {void}
 */
export function showCodes(article, panel, page) {
  const codes = page.querySelector(".codes");
  if (!codes) return;
  numberOptions(article, page);
  for (const cap of codes.querySelectorAll("kbd")) {
    cap.ariaHidden = "true";
    cap.parentElement?.setAttribute("aria-keyshortcuts", cap.textContent ?? "");
  }
  for (const link of "signedIn" in article.dataset ? codes.querySelectorAll("a.code-name") : []) {
    const button = document.createElement("button");
    button.type = "button";
    for (const { name, value } of link.attributes) if (name !== "href") button.setAttribute(name, value);
    button.append(...link.childNodes);
    link.replaceWith(button);
  }
  const held = document.activeElement?.closest(".code");
  for (const open of panel.querySelectorAll(".code:has([open])")) codeOf(codes, open)?.querySelector("details")?.setAttribute("open", "");
  panel.querySelector(".codes")?.remove();
  panel.append(codes);
  if (held) /** @type {HTMLElement | null | undefined} */ (codeOf(codes, held)?.querySelector("button"))?.focus({ preventScroll: true });
}

/**
 * Return what in `codes` is about the same claim as `code`.
 * @param {Element} codes
 * @param {Element} code
 * @returns {Element | null | undefined}
 */
function codeOf(codes, code) {
  const slug = code.querySelector("[data-slug]")?.getAttribute("data-slug");
  return codes.querySelector(`[data-slug="${slug}"]`)?.closest(".code");
}

/**
 * Return where the codebook of this article is, limited to what has `words`, "" for all of it.
 * @param {string} words
 * @returns {string}
 */
export function addressFor(words) {
  return `${location.pathname}codebook/?${new URLSearchParams({ q: words })}`;
}

/**
 * Show why something failed; what is no Failure is thrown again.
 * @param {unknown} error
 * @returns {null}
 */
export function told(error) {
  if (!(error instanceof Failure)) throw error;
  toast(error.message);
  return null;
}
