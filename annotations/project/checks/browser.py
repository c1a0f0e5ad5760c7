"""Chromium for the browser tests: found, or fetched when it is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from annotations.project.bootstrap import ENVIRONMENT

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADS = ENVIRONMENT / "browsers"


class BrowserMissing(Exception):
    """There is no Chromium and none could be fetched."""


def chromium_path() -> Path:
    """Return the path of a Chromium that is installed; raise BrowserMissing when none is."""
    for command in COMMANDS:
        found = shutil.which(command)
        if found:
            return Path(found)
    downloaded = sorted(DOWNLOADS.glob("chromium-*/chrome-*/chrome*"))
    programs = [path for path in downloaded if path.name in ("chrome", "chrome.exe")]
    if programs:
        return programs[-1]
    raise BrowserMissing("Chromium is missing: install it, or run `manage.py test` with a network.")


def ensure_chromium() -> Path:
    """Return the path of Chromium after fetching it if it is missing.

    As root on Debian that is the distribution's package, elsewhere Playwright's build in `.venv`.
    Raises BrowserMissing when the fetch fails.
    """
    try:
        return chromium_path()
    except BrowserMissing:
        _fetch()
        return chromium_path()


def _fetch() -> None:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        print("Chromium is missing: installing Debian's package chromium ...", flush=True)
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"])
        return
    print("Chromium is missing: fetching Playwright's build into .venv ...", flush=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: list[str]) -> None:
    environment = os.environ | {
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_BROWSERS_PATH": str(DOWNLOADS),
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-5:]
        raise BrowserMissing("Chromium could not be fetched:\n  " + "\n  ".join(said))
