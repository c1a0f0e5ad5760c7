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
