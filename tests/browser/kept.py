"""Pictures of telling states of the site, kept in tests/data/pictures and compared coarsely.

`python -m tests.browser.kept [name ...]` takes them anew, all or those named; look at them
before you commit them. What is kept is the mean colour of small squares, a quarter or half as
wide and high as the screen: enough to see what is where, not how a browser smooths letters.
"""

import base64
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from annotations.project.checks.browser import chromium_path
from tests.browser.conftest import MAKE_READERS
from tests.browser.devices import DESKTOP, PHONE
from tests.browser.reading import LABOUR, choose_by_touch, drag_over, press_on
from tests.site import ROOT, Site, new_profile, running

FOLDER = ROOT / "tests" / "data" / "pictures"
MOST_BYTES = 56_000
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"]

SQUARE = 8
"""Pixels of the screen along one side of the squares that are compared."""

SHADE = 16
"""Of 255: the colours that are kept are this far apart, which halves the pictures."""

MOST_APART = 20
"""Of 255: by so much a colour of a square may differ, as when letters are smoothed otherwise."""

MOST_SQUARES = 0.01
"""The share of the squares that may differ by more."""

A4: dict[str, Any] = {"viewport": {"width": 794, "height": 1123}}
_CLAIM = "/claims/deselection-threat/"

# Draws the pictures into squares; returns the first, the second and where they differ as PNG.
_COMPARE = """
async ([fresh, kept, scale, square, most, shade]) => {
  const bitmap = async (data) =>
    createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const pixelsOf = (image) => {
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const shrink = (image, by, step = 1) => {
    const [width, height] = [Math.floor(image.width / by), Math.floor(image.height / by)];
    const small = new ImageData(width, height);
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      const sums = [0, 0, 0];
      for (let dy = 0; dy < by; dy += 1) for (let dx = 0; dx < by; dx += 1) {
        const at = ((y * by + dy) * image.width + x * by + dx) * 4;
        for (let part = 0; part < 3; part += 1) sums[part] += image.data[at + part];
      }
      const to = (y * width + x) * 4;
      const inStep = (mean) => Math.round(mean / step) * step;
      sums.forEach((sum, part) => { small.data[to + part] = inStep(sum / by / by); });
      small.data[to + 3] = 255;
    }
    return small;
  };
  const pngOf = async (...images) => {
    const width = images.reduce((sum, image) => sum + image.width, 0);
    const canvas = new OffscreenCanvas(width, Math.max(...images.map((image) => image.height)));
    let x = 0;
    for (const image of images) {
      canvas.getContext("2d").putImageData(image, x, 0);
      x += image.width;
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  };
  const now = shrink(pixelsOf(await bitmap(fresh)), scale, shade);
  if (!kept) return { png: await pngOf(now) };
  const before = pixelsOf(await bitmap(kept));
  const isSameSize = now.width === before.width && now.height === before.height;
  if (!isSameSize) return { png: await pngOf(before, now), share: 1 };
  const [coarseNow, coarseBefore] = [now, before].map((image) => shrink(image, square / scale));
  const told = new ImageData(coarseNow.width, coarseNow.height);
  let count = 0;
  for (let at = 0; at < told.data.length; at += 4) {
    const apart = [0, 1, 2].map((part) => coarseNow.data[at + part] - coarseBefore.data[at + part]);
    const differs = Math.max(...apart.map(Math.abs)) > most;
    if (differs) count += 1;
    told.data.set(differs ? [200, 0, 0, 255] : [240, 240, 240, 255], at);
  }
  return { png: await pngOf(before, now, told), share: count / (told.width * told.height) };
}
"""
# Dresses the page in a theme, hides what is never the same twice, and waits until all rests.
_SETTLE = """
async (theme) => {
  document.documentElement.dataset.theme = theme;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".note-when, .note time { visibility: hidden !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  await document.fonts.ready;
  const frame = () => new Promise(requestAnimationFrame);
  for (let count = 0; count < 4; count += 1) await frame();
}
"""


@dataclass(frozen=True)
class State:
    """A state of a page: how `reach` brings a fresh page of `who` to it, on which screen."""

    reach: Callable[[Page], object]
    who: str = ""
    theme: str = "light"
    screen: dict[str, Any] = field(default_factory=lambda: DESKTOP)

    @property
    def scale(self) -> int:
        """Return how many pixels of the screen one of the kept picture stands for."""
        return 2 if self.screen is PHONE else 4


def _at(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


def _with_sheet(page: Page) -> None:
    page.goto(LABOUR)
    page.locator("mark[data-h]").nth(3).tap()
    page.locator("dialog.sheet .note").first.wait_for()


def _with_note(page: Page) -> None:
    page.goto(LABOUR)
    press_on(page, "Danczuk could find")
    page.locator(".note[data-state~=active]").wait_for()


def _with_bar(page: Page) -> None:
    page.goto(LABOUR)
    drag_over(page, "the only member keen")


def _with_touch_bar(page: Page) -> None:
    page.goto(LABOUR)
    choose_by_touch(page, "the only member keen")


def _with_picker(page: Page) -> None:
    _with_bar(page)
    page.keyboard.press("t")
    page.get_by_role("dialog", name="Claim for this passage").get_by_role("option").first.wait_for()


def _with_dialog(page: Page) -> None:
    _with_bar(page)
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Link this passage")
    dialog.get_by_role("combobox").first.fill("deselect")
    # One is chosen once the results are those for what was typed, not those offered before.
    dialog.locator("[role=option][aria-selected=true]").wait_for()


def _with_both(page: Page) -> None:
    page.goto(LABOUR)
    page.goto(page.locator("a.note-link").first.get_attribute("href") or "")
    page.locator(".ribbon-fill[d]").wait_for(state="attached")


def _on_paper(page: Page) -> None:
    page.goto(LABOUR)
    page.emulate_media(media="print")


_SILENT = DESKTOP | {"java_script_enabled": False}
STATES = {
    "reader-light": State(_with_note),
    "reader-dark": State(_with_note, theme="dark"),
    "reader-sepia": State(_with_note, theme="sepia"),
    "reader-phone": State(_at(LABOUR), screen=PHONE),
    "phone-sheet": State(_with_sheet, theme="dark", screen=PHONE),
    "phone-selection": State(_with_touch_bar, "ada", screen=PHONE),
    "selection-bar": State(_with_bar, "alice"),
    "claim-picker": State(_with_picker, "bob", theme="dark"),
    "link-dialog": State(_with_dialog, "carol", theme="sepia"),
    "side-by-side": State(_with_both),
    "claim": State(_at(_CLAIM)),
    "library": State(_at("/")),
    "search": State(_at("/search/?q=momentum")),
    "print": State(_on_paper, screen=A4),
    "without-script": State(_at(LABOUR), screen=_SILENT),
}


def kept(name: str) -> Path:
    """Return where the picture called `name` is kept."""
    return FOLDER / f"{name}.png"


@contextmanager
def still_site(data: Path) -> Iterator[tuple[Site, dict[str, str]]]:
    """Serve a site from `data` on which nobody marks anything; with it the keys that sign in."""
    with running(data, DATABASE_URL="") as site:
        yield site, site.made_by(MAKE_READERS)


def taken(browser: Browser, site: Site, keys: dict[str, str], state: State) -> bytes:
    """Return a PNG of the window as `state` has it, in a profile of its own."""
    context = new_profile(browser, site, color_scheme="light", **state.screen)
    if state.who:
        context.add_cookies([{"name": "sessionid", "value": keys[state.who], "url": site.url}])
    page = context.new_page()
    state.reach(page)
    if state.screen.get("java_script_enabled", True):
        page.evaluate(_SETTLE, state.theme)
        page.mouse.move(2, 2)
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def reduced(browser: Browser, picture: bytes, state: State) -> bytes:
    """Return `picture` as it is kept: the mean colour of small squares."""
    return base64.b64decode(_compared(browser, picture, b"", state)["png"])


def compared(browser: Browser, name: str, picture: bytes) -> tuple[float, bytes]:
    """Return which share of the squares differs from the kept picture, and a PNG that shows it.

    The PNG has the kept picture, the new one, and in red where they differ.
    """
    found = _compared(browser, picture, kept(name).read_bytes(), STATES[name])
    return found["share"], base64.b64decode(found["png"])


def _compared(browser: Browser, picture: bytes, before: bytes, state: State) -> dict[str, Any]:
    page = browser.new_page()
    fresh, old = (base64.b64encode(data).decode() for data in (picture, before))
    found: dict[str, Any] = page.evaluate(
        _COMPARE, [fresh, old, state.scale, SQUARE, MOST_APART, SHADE]
    )
    page.close()
    return found


def main() -> None:
    """Take the pictures named on the command line anew, or all; tell of those too heavy to keep."""
    names = sys.argv[1:] or list(STATES)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with still_site(Path(folder) / "data") as (site, keys):
            for name in names:
                small = reduced(browser, taken(browser, site, keys, STATES[name]), STATES[name])
                kept(name).write_bytes(small)
                told = "" if len(small) <= MOST_BYTES else f", more than {MOST_BYTES}"
                print(f"{name}: {len(small)} bytes{told}")
        browser.close()


if __name__ == "__main__":
    main()
