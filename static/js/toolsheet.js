// @ts-check
/** The style sheet of what opens on demand, which a page loads with the first of it. */

/** @type {Promise<void> | undefined} */
let coming;

/**
 * Wait until the sheet is there; without it, as when the server is away, things open unadorned.
 * @returns {Promise<void>}
 */
export function toolSheet() {
  coming ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = document.documentElement.dataset.tools ?? "";
    for (const name of ["load", "error"]) link.addEventListener(name, () => resolve());
    document.head.append(link);
  });
  return coming;
}
