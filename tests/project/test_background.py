"""The worker that `start` brings along: it works, comes back, and goes when the server goes."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.site import running

SECONDS = 60
ASK = "from corpus.permissions import SYSTEM; from corpus.services.rebuilding import ask_rebuild;"
# Of what was asked for; a worker with nothing else to do asks for more by itself.
STATES = (
    "from corpus.models import Job; from corpus.services.rebuilding import REBUILD;"
    "print(*Job.objects.filter(kind=REBUILD).values_list('state', flat=True))"
)


@pytest.fixture
def data(prepared_data: Path, tmp_path: Path) -> Path:
    """Return a data folder of its own, as a first start left it."""
    return shutil.copytree(prepared_data, tmp_path / "data")


def test_start_does_what_is_asked_for(data: Path) -> None:
    with running(data, DATABASE_URL="") as site:
        site.run_python(f"{ASK} ask_rebuild(SYSTEM)")

        until(lambda: site.run_python(STATES).split() == ["done"])


def test_killed_worker_is_replaced(data: Path) -> None:
    served = running(data, DATABASE_URL="")
    with served as site:
        keeper = children(served.process.pid)[0]
        until(lambda: len(children(keeper)) == 1)
        first = children(keeper)[0]
        os.kill(first, signal.SIGKILL)
        until(lambda: children(keeper) not in ([], [first]))

        site.run_python(f"{ASK} ask_rebuild(SYSTEM)")
        until(lambda: site.run_python(STATES).split() == ["done"])

    assert "The background worker died; another takes its place." in served.said


def test_ctrl_c_ends_the_worker_too(data: Path) -> None:
    served = running(data, DATABASE_URL="")
    with served:
        keeper = children(served.process.pid)[0]
        until(lambda: len(children(keeper)) == 1)
        worker = children(keeper)[0]

    assert served.process.returncode == 0
    assert not is_there(worker)
    assert not is_there(keeper)


def test_worker_ends_when_its_keeper_is_killed(data: Path) -> None:
    served = running(data, DATABASE_URL="")
    with served:
        keeper = children(served.process.pid)[0]
        until(lambda: len(children(keeper)) == 1)
        worker = children(keeper)[0]
        os.kill(keeper, signal.SIGKILL)

        until(lambda: not is_there(worker))


def test_worker_of_its_own_does_what_waits_and_ends(data: Path) -> None:
    with running(data, DATABASE_URL="") as site:
        pass
    site.run_python(f"{ASK} ask_rebuild(SYSTEM)")
    assert site.run_python(STATES).split() == ["waiting"]

    site.manage("worker", "--once")

    assert site.run_python(STATES).split() == ["done"]


def children(parent: int) -> list[int]:
    """Return the numbers of the processes that `parent` began and that still run."""
    return sorted(number for number, state, of in processes() if of == parent and state != "Z")


def is_there(process: int) -> bool:
    """Say whether a process still runs."""
    return any(number == process and state != "Z" for number, state, _ in processes())


def processes() -> Iterator[tuple[int, str, int]]:
    """Yield number, state and parent of every process; source: proc(5), /proc/pid/stat."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                yield int(folder.name), state, int(parent)


def until(is_so: Callable[[], bool]) -> None:
    """Return once `is_so`; raise TimeoutError after SECONDS."""
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)
