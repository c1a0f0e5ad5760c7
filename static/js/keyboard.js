// @ts-check
/** The keyboard on a screen, which lies over the page and leaves the layout as it is. */

/**
 * Tell the styles of `box` how much of the window a keyboard covers, in `--keyboard`, and keep what
 * is written in there in sight, until `signal`.
 * @param {HTMLElement} box what stays above the keyboard
 * @param {AbortSignal} signal
 * @param {() => void} [moved] called when that has changed
 * @returns {void}
 */
export function keepAboveKeyboard(box, signal, moved) {
  const seen = window.visualViewport;
  if (!seen) return;
  const lift = () => {
    const covered = `${Math.round(Math.max(0, window.innerHeight - seen.height - seen.offsetTop))}px`;
    if (box.style.getPropertyValue("--keyboard") === covered) return;
    box.style.setProperty("--keyboard", covered);
    if (box.contains(document.activeElement)) document.activeElement?.scrollIntoView({ block: "nearest" });
    moved?.();
  };
  for (const name of ["resize", "scroll"]) seen.addEventListener(name, lift, { signal });
  lift();
}
