"""A running site and a real browser, for tests that tell a reader's story.

The server is a process of its own, as for readers: Playwright's loop and the ORM cannot share
one. Each worker of the run has its own site, copied from one that was prepared once.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from filelock import FileLock
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from annotations.project.checks.browser import chromium_path
from tests.witness import watch

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 300
MOST_PATIENCE = 30_000
"""Milliseconds that a page may take to show what a test waits for: only a failure takes so long."""

SECONDS_TO_STOP = 20
FIRST_START = "first-start.txt"


@dataclass(frozen=True)
class Site:
    """A site that answers at `url`, with its data in `data`; it prints to the file `output`."""

    url: str
    data: Path
    environment: dict[str, str]
    output: Path

    def printed(self) -> str:
        """Return what the site has printed so far."""
        return self.output.read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site's data; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_START,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run_python(self, code: str) -> str:
        """Run `code` in this site's Django shell; return what it printed."""
        return self.manage("shell", "--verbosity=0", "--command", code)

    def made_by(self, code: str) -> Any:
        """Run `code` in this site's Django shell; return the JSON that it printed last."""
        return json.loads(self.run_python(code).splitlines()[-1])


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that a first start has filled, made once for all workers.

    The file FIRST_START in it has what that start printed.
    Fonts and static files come from the last run when nothing changed since.
    """
    built = ROOT / ".pytest_cache" / "built"
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "prepared-site"
    with FileLock(f"{folder}.lock", timeout=2 * SECONDS_TO_START):
        if not folder.exists():
            making = folder.with_suffix(".making")
            if built.exists():
                shutil.copytree(built, making, dirs_exist_ok=True)
            first = running(making, DATABASE_URL="")
            with first:
                pass
            (making / FIRST_START).write_text(first.said)
            for part in ("fonts", "static"):
                shutil.copytree(making / part, built / part, dirs_exist_ok=True)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def site(prepared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the six articles and the samples; shared by the browser tests of one worker."""
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(prepared_data, data)
    with running(data, DATABASE_URL=own_database()) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Launch one Chromium for all browser tests of a worker."""
    expect.set_options(timeout=MOST_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser, site: Site) -> Iterator[Any]:
    """Return a function that opens a browser profile of its own; all are closed at the end.

    It takes the options of Playwright's `Browser.new_context`.
    """
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        opened.append(new_profile(chromium, site, **options))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


def new_profile(chromium: Browser, site: Site, **options: Any) -> BrowserContext:
    """Open a browser profile at `site`; takes the options of Playwright's `Browser.new_context`."""
    options.setdefault("viewport", {"width": 1440, "height": 900})
    context = chromium.new_context(base_url=site.url, locale="en-GB", **options)
    context.set_default_timeout(MOST_PATIENCE)
    watch(context)
    return context


@pytest.fixture
def page(new_context: Any) -> Iterator[Page]:
    """Give a page in a fresh profile; errors of scripts and of the policy fail the test."""
    page: Page = new_context().new_page()
    complaints = complaints_of(page)
    yield page
    assert not complaints


def complaints_of(page: Page) -> list[str]:
    """Return a list that the errors of scripts and of the policy on `page` will be put into."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_complaint(message)))
    return complaints


class running:  # noqa: N801 - reads as a word: with running(folder) as site
    """Context: a site served from `data` on a free port; `said` is what it printed."""

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        self.port = free_port()
        self.data = data
        self.options = options
        self.environment = clean_environment(data) | environment
        # A file takes all that is printed; a pipe that nobody reads would stop the site once full.
        self.output = data.with_name(f"{data.name}-{self.port}.txt")

    def __enter__(self) -> Site:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "manage.py",
                    "start",
                    f"--port={self.port}",
                    "--workers=1",
                    *self.options,
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        url = f"http://127.0.0.1:{self.port}"
        try:
            self._wait_until_it_answers(f"{url}/healthz")
        except BaseException:
            self.process.kill()
            raise
        return Site(url, self.data, self.environment, self.output)

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(SECONDS_TO_STOP)
            raise

    @property
    def said(self) -> str:
        """Return what the site has printed so far."""
        return self.output.read_text(errors="replace")

    def _wait_until_it_answers(self, address: str) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"The site did not start:\n{self.said}")
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"The site did not answer:\n{self.said}")


def clean_environment(data: Path) -> dict[str, str]:
    """Return this process's environment with no setting but the data folder and the database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"POSTIL_DATA": str(data)}


def free_port() -> int:
    """Return a port that nothing listens on at the moment."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def own_database() -> str:
    """Return the URL of a new database on the server of DATABASE_URL, or "" for the SQLite file."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    import psycopg

    name = f"site_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _complaint(message: ConsoleMessage) -> list[str]:
    """Return what the console said if it tells of a mistake of ours, as a list of one or none."""
    is_mistake = message.type == "error" and "Failed to load resource" not in message.text
    return [message.text] if is_mistake else []
