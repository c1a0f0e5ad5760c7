"""What the reading page costs a reader's browser: the figures of its brief, in one run.

`python -m tests.benchmarks.reading [--rounds 9]`, by hand, on a machine with nothing else to do.
It serves one text without highlights and with 10, 100 and 1,000, opens each in Chromium in turn,
and prints one figure a line, the limit beside it. Times drift from run to run; ratios less so.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from annotations.project.checks.browser import chromium_path
from tests.benchmarks.spine import SHOWN
from tests.site import ROOT, Site, running

MARKINGS = 30

_FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
    list.getEntriesByName("first-contentful-paint").forEach((entry) => done(entry.startTime)))
    .observe({type: "paint", buffered: true}))"""

# Notes out of sight are placed when the browser has nothing else to do.
_PLACED = """() => new Promise((done) => {
  const look = () => (document.querySelector("[data-later]") ? setTimeout(look, 5)
    : requestAnimationFrame(() => done(performance.now())));
  look();
})"""

# Chooses some words of a block as a reader does and waits for the bar.
_CHOOSE = """async ([block, word]) => {
  const root = document.querySelector(`#p${block}`);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && walker.currentNode.length < 60);
  const end = Math.min(20 + word, walker.currentNode.length);
  getSelection().setBaseAndExtent(walker.currentNode, 4, walker.currentNode, end);
  while (document.querySelector(".selection-bar").hidden) await new Promise(requestAnimationFrame);
}"""
# Presses h: when the words were painted, the answer had come, and the server's mark was drawn.
_MARK = """() => new Promise((done) => {
  const known = document.querySelectorAll(".prose .note").length;
  const began = performance.now();
  const times = {};
  new PerformanceObserver((list, observer) => {
    for (const entry of list.getEntries()) {
      if (!entry.name.endsWith("/annotations/")) continue;
      times.saved = entry.responseEnd - began;
      observer.disconnect();
    }
  }).observe({ type: "resource" });
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "h", bubbles: true }));
  const look = () => {
    if (!times.painted && CSS.highlights.get("saving")?.size) {
      setTimeout(() => { times.painted ??= performance.now() - began; });
    }
    if (!times.drawn && document.querySelectorAll(".prose .note").length > known) {
      times.drawn = performance.now() - began;
    }
    if (times.drawn && times.saved && times.painted) done(times);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def opened(page: Page, path: str) -> dict[str, float]:
    """Return when first words were painted, all highlights laid out, all notes placed, in ms."""
    page.goto(path, wait_until="load")
    shown = page.evaluate(SHOWN)
    times = {"paint": page.evaluate(_FIRST_PAINT), "shown": shown["ms"]}
    times["placed"] = page.evaluate(_PLACED)
    # What is left to do of this page, and to take it down, is not to burden the next.
    page.wait_for_timeout(300)
    page.goto("about:blank")
    page.wait_for_timeout(300)
    return times


def opening(browser: Browser, site: Site, place: dict[str, Any], rounds: int) -> Iterator[str]:
    """Yield the times of opening the text with each number of highlights, and their ratios."""
    page = _page(browser, site, place)
    found: dict[str, list[dict[str, float]]] = {count: [] for count in place["articles"]}
    for turn in range(rounds + 1):
        for count, path in place["articles"].items():
            times = opened(page, path)
            if turn:  # the first turn fills the caches
                found[count].append(times)
    middle = {
        (count, what): statistics.median(times[what] for times in found[count])
        for count in found
        for what in ("paint", "shown", "placed")
    }
    for count in found:
        found_times = (f"{middle[count, what]:.0f}" for what in ("paint", "shown", "placed"))
        yield _row(f"N={count}: painted, laid out, notes placed", f"{', '.join(found_times)} ms")
    paint = middle["100", "paint"] / middle["0", "paint"]
    yield _row("first paint, N=100 to N=0", f"{paint:.2f}", "1.30")
    laid_out = middle["100", "shown"] / middle["0", "shown"]
    yield _row("laid out, N=100 to N=0", f"{laid_out:.2f}", "1.30")
    visible = middle["1000", "shown"] / middle["10", "shown"]
    yield _row("laid out, N=1000 to N=10", f"{visible:.2f}", "2.00")
    page.context.close()


def marking(browser: Browser, site: Site, place: dict[str, Any]) -> Iterator[str]:
    """Yield how long chosen words take to be painted, saved and drawn, from the key on."""
    page = _page(browser, site, place)
    page.goto(place["articles"]["10"])
    blocks = page.locator("#text [data-start]").count()
    found = []
    for number in range(MARKINGS):
        page.evaluate(_CHOOSE, [number % (blocks - 2) + 2, number % 30])
        found.append(page.evaluate(_MARK))
        page.wait_for_timeout(400)
    limits = {"painted": "50 ms", "saved": "150 ms", "drawn": ""}
    for what, limit in limits.items():
        middle = statistics.median(times[what] for times in found)
        yield _row(f"from key to {what}", f"{middle:.0f} ms", limit)
    page.context.close()


def _row(name: str, value: str, limit: str = "") -> str:
    return f"{name:40} {value:>18}" + (f"   below {limit}" if limit else "")


def _page(browser: Browser, site: Site, place: dict[str, Any]) -> Page:
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": place["session"], "url": site.url}])
    return context.new_page()


def figures(data: Path, rounds: int) -> Iterator[str]:
    """Yield the lines, each as soon as it is known."""
    with running(data, DATABASE_URL="") as site, sync_playwright() as playwright:
        filled = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.marked"],
            cwd=ROOT,
            env=site.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        place = json.loads(filled.stdout)
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
        )
        yield from opening(browser, site, place, rounds)
        yield from marking(browser, site, place)
        browser.close()


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        for line in figures(Path(folder) / "data", rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
