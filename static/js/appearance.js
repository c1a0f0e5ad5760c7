// @ts-check
/** How the page looks: a setting applies at once, and the server keeps it for other pages. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form#appearance"));

/**
 * Return what is chosen for the setting `name`, "" when the page has no such setting.
 * @param {string} name
 * @returns {string}
 */
export function appearanceOf(name) {
  return document.documentElement.dataset[name] ?? "";
}

/**
 * Show the page with `value` chosen for the setting `name`, and keep that on the server.
 *
 * Whoever draws by a setting hears of it by the event "appearance:changed" on the document.
 * @param {string} name
 * @param {string} value
 * @returns {Promise<boolean>} whether the server keeps it; on this page it holds anyway
 */
export async function setAppearance(name, value) {
  document.documentElement.dataset[name] = value;
  for (const control of form?.querySelectorAll(`input[name="${name}"]`) ?? []) {
    const input = /** @type {HTMLInputElement} */ (control);
    if (input.type !== "hidden") input.checked = input.value === value;
  }
  document.dispatchEvent(new CustomEvent("appearance:changed", { detail: { name, value } }));
  window.dispatchEvent(new Event("resize"));
  if (!form) return false;
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", String(new FormData(form).get("csrfmiddlewaretoken")));
  sent.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual", keepalive: true });
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

/**
 * Apply every choice in the form of settings at once.
 * @param {AbortSignal} signal
 * @returns {void}
 */
export function offerAppearance(signal) {
  form?.addEventListener("change", (event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.target);
    setAppearance(chosen.name, chosen.type === "checkbox" && !chosen.checked ? "off" : chosen.value);
  }, { signal });
}
