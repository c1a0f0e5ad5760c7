// @ts-check
/** The button that prints the page; without scripts the browser's own menu does. */

const { signal } = new AbortController();
for (const button of document.querySelectorAll("button[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => print(), { signal });
}

export {};
