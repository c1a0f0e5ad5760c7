"""The runs of pytest: on a SQLite file, on PostgreSQL, in the browser."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from annotations.project.bootstrap import ROOT
from annotations.project.checks.browser import BrowserMissing, ensure_chromium
from annotations.project.checks.postgres import postgres_server
from annotations.project.checks.tally import Tally, tally_of_report

MOST_WORKERS = 4
LONGEST = 25 * 60
"""Seconds after which a run is ended with all it started: something in it waits for ever."""


def run_on_sqlite() -> Tally:
    """Run every test but the browser's, on a SQLite file."""
    return run_pytest(_together(), "-m", "not browser")


def run_on_postgres() -> Tally:
    """Run again, on PostgreSQL, every test that uses the database."""
    with postgres_server() as url:
        return run_pytest(_together(), "-m", "not browser", "--database-only", database=url)


def run_in_browser() -> Tally:
    """Run the browser tests on a SQLite file."""
    return _in_browser("-m", "browser")


def run_in_browser_on_postgres() -> Tally:
    """Run again, on PostgreSQL, the browser tests marked for both databases."""
    with postgres_server() as url:
        return _in_browser("-m", "browser and both_databases", database=url)


def run_pytest(*arguments: str | Sequence[str], database: str = "") -> Tally:
    """Run pytest with `arguments`, on the database at the URL `database` if one is given."""
    flat = [word for part in arguments for word in ([part] if isinstance(part, str) else part)]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *flat]
        code = run_bounded(command, {"DATABASE_URL": database}, LONGEST)
        return tally_of_report(report, code)


def run_bounded(command: Sequence[str], more: Mapping[str, str], seconds: float) -> int:
    """Run `command` with `more` in its environment; return its exit code, 1 if it was ended.

    All that it started ends with it, also after `seconds` and when this process is interrupted.
    """
    running = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | more, process_group=0 if os.name == "posix" else None
    )
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"Ended: it did not finish within {seconds:.0f} s.", flush=True)
        return 1
    finally:
        _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()


def _together() -> list[str]:
    return ["-n", str(min(MOST_WORKERS, os.cpu_count() or 1)), "--dist=worksteal"]


def _in_browser(*arguments: str, database: str = "") -> Tally:
    try:
        ensure_chromium()
    except BrowserMissing as problem:
        print(problem, flush=True)
        return Tally(failed=1)
    return run_pytest(_together(), *arguments, database=database)
