// @ts-check
/** Putting text on the clipboard. */

/**
 * Copy `text`, which somebody just asked for.
 * @param {string} text
 * @returns {Promise<void>}
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByField(text);
  }
}

/**
 * Copy words that are pasted as `html` where that is understood, and as `text` elsewhere.
 * @param {string} text
 * @param {string} html
 * @returns {Promise<void>}
 */
export async function copyBoth(text, html) {
  try {
    const kinds = { "text/plain": text, "text/html": html };
    const blobs = Object.entries(kinds).map(([type, words]) => [type, new Blob([words], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    const fill = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData("text/plain", text);
      event.clipboardData?.setData("text/html", html);
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
    copyByField(text);
    document.removeEventListener("copy", fill);
  }
}

/**
 * Copy where the clipboard is closed to scripts: on a site without https.
 * @param {string} text
 * @returns {void}
 */
function copyByField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
