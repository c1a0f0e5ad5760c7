"""How soon readers see what others write, and what listening costs.

`python -m tests.benchmarks.live [--postgres] [--seconds 60] [--workers 2] [--only pair]`, by
hand, on a machine with nothing else to do. It starts a site of its own on SQLite, or on
PostgreSQL, fills it with a thousand readers and prints one figure a line, the limit beside it:
the time from the beginning of one reader's save to the event at the others' streams, the memory
and the processor time of a thousand streams in which nothing happens, and what came of 50 who
write at once for `--seconds`. Leaves with 1 when a limit is missed. Linux only (reads /proc).
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from annotations.project.checks.postgres import postgres_server
from tests.benchmarks.ears import PATIENCE, Audience, Ear
from tests.benchmarks.spine import Reader, create
from tests.site import ROOT, Site, running

SAVES = 60
MANY = 200
IDLE = 1_000
WRITERS = 50
LISTENERS = 10

_SETTLED = 3.0
"""Seconds after which everybody has been told who is here."""

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figure:
    """One figure and the most that it may be, None for what is told beside."""

    name: str
    value: float
    limit: float | None
    unit: str = "ms"

    @property
    def is_missed(self) -> bool:
        """Say whether the limit is not kept."""
        return self.limit is not None and self.value > self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"(limit {self.limit:g})"
        missed = " MISSED" if self.is_missed else ""
        return f"{self.name:44} {self.value:8.1f} {self.unit:4} {limit}{missed}"


class Bench:
    """A running site with its readers and articles."""

    def __init__(self, site: Site, server: int, place: dict[str, Any]) -> None:
        self.site = site
        self.server = server
        self.place = place

    def reader(self, number: int) -> Reader:
        """Return one of the readers."""
        return Reader(self.site, self.place["sessions"][number])

    def audience(self, count: int) -> Audience:
        """Return `count` who listen to the article that is written on."""
        article = self.place["articles"][0]
        return Audience(self.site.url, [(article, one) for one in self.place["sessions"][:count]])


async def telling(bench: Bench, count: int, limits: tuple[float, float | None]) -> list[Figure]:
    """Return the time from a save to the event at the others with `count` readers."""
    writer, saved = bench.reader(0), []
    async with bench.audience(count) as ears:
        await asyncio.sleep(_SETTLED)
        began: dict[str, float] = {}
        for number in range(SAVES):
            key = str(uuid4())
            began[key] = time.perf_counter()
            await asyncio.to_thread(create, writer, bench.place, number, key)
            saved.append((time.perf_counter() - began[key]) * 1000)
            await asyncio.sleep(0.1 + count / 1000)
        await _all_heard(ears, began)
        times = [(at - began[key]) * 1000 for ear in ears[1:] for at, key in ear.told()]
    name = f"save to event, {count} readers"
    return [
        Figure(f"{name}, median", statistics.median(times), limits[0]),
        Figure(f"{name}, 99 %", statistics.quantiles(times, n=100)[-1], limits[1]),
        Figure("of that the save, median", statistics.median(saved), None),
    ]


async def idling(bench: Bench, seconds: float) -> list[Figure]:
    """Return what IDLE streams cost in which nothing happens, spread over the articles."""
    async with bench.audience(LISTENERS):
        await asyncio.sleep(_SETTLED)
    await asyncio.sleep(_SETTLED)
    articles, sessions = bench.place["articles"], bench.place["sessions"]
    wanted = [(articles[n % len(articles)], one) for n, one in enumerate(sessions[:IDLE])]
    weight, share = _weight(bench.server), await _share(bench.server, seconds)
    async with Audience(bench.site.url, wanted) as ears:
        await asyncio.sleep(_SETTLED)
        idle_share = await _share(bench.server, seconds)
        idle_weight = _weight(bench.server)
        gone = sum(ear.is_over for ear in ears)
    return [
        Figure(f"{IDLE} idle streams, memory", idle_weight - weight, 150, "MiB"),
        Figure(f"{IDLE} idle streams, processor", idle_share, 5, "%"),
        Figure("of that without any", share, None, "%"),
        Figure("streams that broke off", gone, 0, ""),
    ]


async def writing(bench: Bench, seconds: float) -> list[Figure]:
    """Return what came of WRITERS who write as fast as they can while LISTENERS listen."""
    loop = asyncio.get_running_loop()
    async with bench.audience(LISTENERS) as ears:
        with ThreadPoolExecutor(WRITERS) as pool:
            until = time.monotonic() + seconds
            work = (
                loop.run_in_executor(pool, _write, bench, number, until)
                for number in range(WRITERS)
            )
            shares = await asyncio.gather(*work)
        made = {key: spent for saves, _ in shares for key, spent in saves.items()}
        errors = [error for _, several in shares for error in several]
        await _all_heard(ears, made)
        counts = [Counter(key for _, key in ear.told()) for ear in ears]
    for error in errors[:3]:
        print(error, file=sys.stderr)
    lost = sum(len(made.keys() - heard.keys()) for heard in counts)
    twice = sum(count - 1 for heard in counts for count in heard.values())
    times = list(made.values())
    return [
        Figure(f"{WRITERS} who write at once, saves a second", len(made) / seconds, None, ""),
        Figure("one save, median", statistics.median(times), None),
        Figure("one save, 99 %", statistics.quantiles(times, n=100)[-1], None),
        Figure("errors", len(errors), 0, ""),
        Figure(f"events lost, at {LISTENERS} listeners", lost, 0, ""),
        Figure("events told twice", twice, 0, ""),
    ]


def _write(bench: Bench, number: int, until: float) -> tuple[dict[str, float], list[str]]:
    """Return how long each save took, by its key, in milliseconds, and what went wrong."""
    writer = bench.reader(number)
    saves: dict[str, float] = {}
    errors: list[str] = []
    while time.monotonic() < until and not errors:
        key, began = str(uuid4()), time.perf_counter()
        try:
            create(writer, bench.place, number + len(saves), key)
            saves[key] = (time.perf_counter() - began) * 1000
        except (AssertionError, OSError) as problem:
            errors.append(repr(problem)[:500])
    return saves, errors


async def _all_heard(ears: Sequence[Ear], keys: dict[str, float]) -> None:
    """Wait until everybody was told of all `keys`, or until nobody is told more."""
    until = time.monotonic() + PATIENCE
    for ear in ears:
        while time.monotonic() < until and keys.keys() - {key for _, key in ear.told()}:
            await asyncio.sleep(0.5)


def _family(pid: int) -> Iterator[int]:
    """Yield `pid` and all processes that it and its children began."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _weight(server: int) -> float:
    """Return the PSS of the server with its workers, in MiB."""
    rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in _family(server))
    return sum(int(text.split("\nPss:")[1].split()[0]) for text in rollups) / 1024


async def _share(server: int, seconds: float) -> float:
    """Return what the server takes of one core for `seconds`, in per cent."""
    before = _processor_time(server)
    await asyncio.sleep(seconds)
    return (_processor_time(server) - before) / seconds * 100


def _processor_time(server: int) -> float:
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2] for pid in _family(server))
    return sum(sum(map(int, text.split()[11:13])) for text in fields) / _TICKS


@contextmanager
def _bench(data: Path, database: str, workers: int) -> Iterator[Bench]:
    server = running(data, f"--workers={workers}", DATABASE_URL=database)
    with server as site:
        filled = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.room"],
            cwd=ROOT,
            env=site.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        site.manage("worker", "--once")  # what was made is indexed
        yield Bench(site, server.process.pid, json.loads(filled.stdout))


@contextmanager
def _safe_postgres() -> Iterator[str]:
    """Run a PostgreSQL server that keeps what it acknowledged, as that of a site does."""
    import psycopg

    with postgres_server() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")
        yield url


PARTS = {
    "pair": lambda bench, _: telling(bench, 2, (30, None)),
    "crowd": lambda bench, _: telling(bench, MANY, (150, 500)),
    "idle": idling,
    "writers": writing,
}


async def _print(bench: Bench, parts: Sequence[str], seconds: float) -> bool:
    """Print the figures; say whether one is missed."""
    missed = False
    for part in parts:
        for figure in await PARTS[part](bench, seconds):
            print(figure, flush=True)
            missed = missed or figure.is_missed
    return missed


def main() -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = _safe_postgres() if arguments.postgres else nullcontext("")
        with database as url, _bench(Path(folder) / "data", url, arguments.workers) as bench:
            return asyncio.run(_print(bench, arguments.only, arguments.seconds))


if __name__ == "__main__":
    sys.exit(main())
