"""The first figures of the site: one server process, real HTTP, on data of its own.

Run by hand: `python -m tests.benchmarks.spine [--rounds 20] [--no-browser]`, on a machine with
nothing else to do. It starts the site in a temporary folder, fills it with thousands of
highlights and prints one figure a line. Absolute times drift from run to run; compare ratios
within one. Linux only (reads /proc).
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from playwright.sync_api import sync_playwright

from annotations.project.checks.browser import chromium_path
from tests.benchmarks.texts import texts
from tests.site import ROOT, Site, running

TOKEN = "b" * 32
"""A CSRF token of the right form: what counts is that cookie and header agree."""

WRITES = 200
CLIENTS = 8
IMPORTED = 200
PASSAGE = 40
SEARCHES = ("labour", "labour momentum", '"of the"', "deselection OR referendum", "hunt -corbyn")

# The time at which the page has been laid out with its marks, two frames after loading.
SHOWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done({ms: performance.now(), marks: new Set([...document.querySelectorAll("mark[data-h]")]
        .flatMap((mark) => mark.dataset.h.split(" "))).size}))))"""


class Reader:
    """A signed-in reader on one kept connection."""

    def __init__(self, site: Site, session: str) -> None:
        self._connection = HTTPConnection(urlsplit(site.url).netloc, timeout=60)
        self._headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }

    def get(self, path: str) -> bytes:
        """Return the body as it was sent; raise AssertionError unless the answer is 200."""
        self._connection.request("GET", path, headers=self._headers | {"Accept": "text/html"})
        return self._answer(200)

    def post(self, path: str, fields: dict[str, Any]) -> bytes:
        """Send a form as scripts do; raise AssertionError unless something was made."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", path, urlencode(fields), self._headers | kind)
        return self._answer(201)

    def _answer(self, expected: int) -> bytes:
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == expected, (answer.status, body[:300])
        return body


def timed(work: Callable[[], object]) -> float:
    """Return how long `work` takes, in milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def median_of(work: Callable[[], object], rounds: int) -> float:
    """Return the median of `rounds` runs after two that warm up, in milliseconds."""
    for _ in range(2):
        work()
    return statistics.median(timed(work) for _ in range(rounds))


def starts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield how long the first start takes, and the best of three later ones."""
    times = []
    for _ in range(4):
        began = time.perf_counter()
        with running(data, DATABASE_URL=""):
            times.append(time.perf_counter() - began)
    yield "first start, ready", f"{times[0]:.1f} s"
    yield "later start, ready", f"{min(times[1:]):.2f} s"


def memory(server: int) -> Iterator[tuple[str, str]]:
    """Yield the PSS of the worker and of the whole server, in MiB."""
    task = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    worker = sum(_pss(int(pid)) for pid in task)
    yield "idle worker, PSS", f"{worker:.0f} MiB"
    yield "idle server with it, PSS", f"{worker + _pss(server):.0f} MiB"


def _pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.split("\nPss:")[1].split()[0]) / 1024


def creating(site: Site, place: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield how long a tagged highlight takes, by one client and by eight at once."""
    readers = [Reader(site, place["session"]) for _ in range(CLIENTS)]
    one = [timed(partial(create, readers[0], place, number)) for number in range(WRITES)]
    yield "create, 1 client, p50", f"{statistics.median(one):.1f} ms"
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        shares = pool.map(lambda reader: _create_many(reader, place), readers)
        many = [duration for share in shares for duration in share]
    rate = len(many) / (time.perf_counter() - began)
    yield f"create, {CLIENTS} clients, p50", f"{statistics.median(many):.1f} ms"
    yield f"create, {CLIENTS} clients", f"{rate:.0f}/s, no error"


def _create_many(reader: Reader, place: dict[str, Any]) -> list[float]:
    return [
        timed(partial(create, reader, place, number)) for number in range(WRITES // CLIENTS * 2)
    ]


def create(
    reader: Reader, place: dict[str, Any], number: int, client_id: str | None = None
) -> None:
    """Make a tagged highlight on the text of `place`, somewhere else for each `number`."""
    text = place["text"]
    start = text.index(" ", number * 61 % (len(text) - 200)) + 1
    fields = {
        "client_id": client_id or uuid4(),
        "version": 1,
        "start": start,
        "end": start + PASSAGE,
        "exact": text[start : start + PASSAGE],
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[start + PASSAGE :][:32],
        "note": "",
        "audience": "public",
        "claim": place["tag"],
        "stance": "disputes",
    }
    reader.post(place["written"], fields)


def opening(site: Site, place: dict[str, Any], rounds: int) -> Iterator[tuple[str, str]]:
    """Yield how long the server takes for an article with N highlights, and its size."""
    reader = Reader(site, place["session"])
    for count, path in place["articles"].items():
        spent = median_of(partial(reader.get, path), rounds)
        yield f"open, N={count}, server", f"{spent:.0f} ms"
        yield f"open, N={count}, gzip", f"{len(reader.get(path)) / 1000:.1f} kB"


def showing(site: Site, place: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield after how long Chromium has laid out all highlights; the best of three."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
        )
        page = browser.new_page(base_url=site.url, viewport={"width": 1440, "height": 900})
        page.set_default_timeout(60_000)
        for count, path in place["articles"].items():
            shown = [_shown(page, path) for _ in range(3)]
            assert all(found["marks"] == int(count) for found in shown), shown
            best = min(found["ms"] for found in shown)
            yield f"open, N={count}, all visible", f"{best:.0f} ms"
        browser.close()


def _shown(page: Any, path: str) -> dict[str, Any]:
    page.goto(path, wait_until="load")
    found: dict[str, Any] = page.evaluate(SHOWN)
    return found


def claim_pages(site: Site, place: dict[str, Any], rounds: int) -> Iterator[tuple[str, str]]:
    """Yield the time of a claim's page: three columns, then the first and last of one stance."""
    reader = Reader(site, place["session"])
    first = f"{place['claim']}?stance=supports"
    last = first
    while following := _next_page(site, last):
        last = place["claim"] + following
    for name, path in (("three columns", place["claim"]), ("first", first), ("last", last)):
        spent = median_of(partial(reader.get, path), rounds)
        yield f"claim page of 500, {name}", f"{spent:.0f} ms"


def _next_page(site: Site, path: str) -> str:
    reader = HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    reader.request("GET", path)
    html = reader.getresponse().read().decode()
    if 'rel="next"' not in html:
        return ""
    return html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")


def searching(site: Site, place: dict[str, Any], rounds: int) -> Iterator[tuple[str, str]]:
    """Yield the time of a page of results for each of SEARCHES."""
    reader = Reader(site, place["session"])
    for words in SEARCHES:
        path = f"/search/?{urlencode({'q': words})}"
        yield f"search {words}", f"{median_of(partial(reader.get, path), rounds):.0f} ms"


def carrying(site: Site, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield how fast files are imported and articles exported, the command's start included."""
    for number, text in enumerate(texts(IMPORTED, 7_000)):
        (folder / f"{number}.txt").write_text(f"Import {number}\n\n{text}")
    spent = timed(lambda: site.manage("import_articles", str(folder))) / 1000
    yield f"import {IMPORTED} files of 7 kB", f"{IMPORTED / spent:.0f}/s"
    target = folder / "all.jsonl"
    spent = timed(lambda: site.manage("export_articles", "--output", str(target))) / 1000
    count = len(target.read_text().splitlines())
    yield f"export {count} articles", f"{spent:.1f} s"


def _crowd(site: Site) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.crowd"],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def figures(data: Path, arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each figure, as soon as it is known."""
    yield from starts(data)
    server = running(data, DATABASE_URL="")
    with server as site:
        place = json.loads(_crowd(site))
        Reader(site, place["session"]).get("/")
        time.sleep(2)
        yield from memory(server.process.pid)
        yield from opening(site, place, arguments.rounds)
        if not arguments.no_browser:
            yield from showing(site, place)
        yield from claim_pages(site, place, arguments.rounds)
        yield from searching(site, place, arguments.rounds)
        yield from creating(site, place)
        with tempfile.TemporaryDirectory() as folder:
            yield from carrying(site, Path(folder))


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--no-browser", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, value in figures(Path(folder) / "data", arguments):
            print(f"{name:34} {value:>16}", flush=True)


if __name__ == "__main__":
    main()
