// @ts-check
/** The page of notifications: what is opened counts as read. */
const life = new AbortController();
document.addEventListener("click", onOpen, { signal: life.signal });
document.addEventListener("auxclick", (event) => { if (event.button === 1) onOpen(event); }, { signal: life.signal });

/**
 * Mark as read what the pressed link of an unread line leads to.
 * @param {MouseEvent} event
 * @returns {void}
 */
function onOpen(event) {
  const line = /** @type {Element} */ (event.target).closest(".inbox-words a[href]")?.closest("li[data-unseen]");
  const form = /** @type {HTMLFormElement | null} */ (line?.querySelector("form.inbox-read") ?? null);
  if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => {});
}
