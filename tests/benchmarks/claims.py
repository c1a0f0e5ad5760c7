"""What the pages of claims cost the server where there is much to show.

`python -m tests.benchmarks.claims [--rounds 15]`, by hand, on a machine with nothing else to do.
It fills a site of its own with a claim of 10,000 passages and with 200 claims in 500 articles,
and prints one figure a line, the limit beside it: the median of what the server takes for a
page, in milliseconds, the processor time of the first page and of its parts (claim_parts.py),
and what Chromium takes to show and to scroll the table.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from annotations.project.checks.browser import chromium_path
from tests.benchmarks.spine import Reader, median_of
from tests.site import ROOT, Site, running

# Turns the wheel sixty times over the table and returns the times of the frames between.
_SCROLL = """() => new Promise((done) => {
  const box = document.querySelector(".matrix-scroll");
  const frames = [];
  let last = performance.now();
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    box.scrollBy(60, 25);
    if (frames.length < 61) requestAnimationFrame(step);
    else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""
# Presses the arrow key to the right and waits for the frame that shows it.
_STEP = """() => new Promise((done) => {
  const began = performance.now();
  const key = { key: "ArrowRight", bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
# The limits in the browser: sixty frames a second, what feels like at once, and not like waiting.
_MOST_OF_FRAME = 17
_MOST_OF_KEY = 100
_MOST_UNTIL_SHOWN = 1_000
_SHOWN = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
    performance.now()))))"""


def pages(site: Site, place: dict[str, Any], rounds: int) -> Iterator[str]:
    """Yield what the server takes for each page."""
    reader = Reader(site, place["session"])
    for name, path, limit in (
        ("claim of 10,000 passages, first page", place["claim"], 100),
        ("the same, one stance", f"{place['claim']}?stance=supports", 100),
        ("the same, of one reader", f"{place['claim']}?reader=reader1", 100),
        ("table of 200 x 500, by total", "/claims/matrix/", 300),
        ("the same, similar together", "/claims/matrix/?sort=similarity", 300),
        ("the same, by years", "/claims/matrix/?by=years", 300),
        ("passages of a cell", place["cell"], 100),
    ):
        spent = median_of(partial(reader.get, path), rounds)
        size = len(reader.get(path)) / 1000
        yield f"{name:40} {spent:6.0f} ms (limit {limit}), {size:5.0f} kB gzipped"


def showing(site: Site) -> Iterator[str]:
    """Yield what Chromium takes to show the table, to scroll it and to go on by a key."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
        )
        page = browser.new_page(base_url=site.url, viewport={"width": 1440, "height": 900})
        yield from _shown(page)
        browser.close()


def _shown(page: Page) -> Iterator[str]:
    page.goto("/claims/matrix/", wait_until="load")
    yield f"{'table shown':40} {page.evaluate(_SHOWN):6.0f} ms (limit {_MOST_UNTIL_SHOWN})"
    frames = sorted(page.evaluate(_SCROLL))
    median, worst = frames[30], frames[-1]
    limit = f"(limit {_MOST_OF_FRAME}), worst {worst:.0f} ms"
    yield f"{'frame while scrolling, median':40} {median:6.0f} ms {limit}"
    page.locator(".matrix [tabindex='0']").focus()
    steps = sorted(page.evaluate(_STEP) for _ in range(15))
    yield f"{'arrow key to its frame':40} {steps[7]:6.0f} ms (limit {_MOST_OF_KEY})"


def _fill(site: Site) -> dict[str, Any]:
    place: dict[str, Any] = json.loads(_said_by("tests.benchmarks.claimed", site))
    return place


def _said_by(module: str, site: Site) -> str:
    """Return what `module` prints when it runs on the data of `site`."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=os.environ | site.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", DATABASE_URL="") as site,
    ):
        for line in pages(site, _fill(site), arguments.rounds):
            print(line, flush=True)
        print(_said_by("tests.benchmarks.claim_parts", site), end="", flush=True)
        for line in showing(site):
            print(line, flush=True)


if __name__ == "__main__":
    main()
