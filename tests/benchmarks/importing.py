"""How fast a data set is imported, and in how much memory; search and related articles included.

`python -m tests.benchmarks.importing [--articles 10000 30000 100000] [--large 200]` starts an
empty site in a temporary folder and imports JSON lines of 5 kB into it, until it holds as many
articles as is said, one figure after the other: each beside what it may be. With `--large` a file
of so many megabytes is read through as well, and a tenth of it: the memory has to be the same.
Absolute times drift; compare those of one run. Linux only (it asks for the memory of a child).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.benchmarks.texts import text_of
from tests.site import ROOT

# The figures to keep.
MOST_SECONDS = 60 / 10_000
MOST_MEGABYTES = 500
MOST_GROWTH = 1.5
FLAT = 1.25

LENGTH = 5_000
_MEGABYTE = 1024 * 1024
# In what Linux counts memory.
_KILOBYTE = 1024


@dataclass(frozen=True)
class Run:
    """What a command took: seconds, and megabytes of memory at most."""

    seconds: float
    megabytes: float


def run(data: Path, *arguments: str) -> Run:
    """Run a command of manage.py on the site in `data`; raises AssertionError when it fails."""
    environment = {**os.environ, "POSTIL_DATA": str(data)}
    began = time.perf_counter()
    command = [sys.executable, "manage.py", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(time.perf_counter() - began, used.ru_maxrss * _KILOBYTE / _MEGABYTE)


def line(number: int) -> str:
    """Return the record of an article, as a line."""
    record = {
        "title": f"Trial text {number}",
        "date": "2019-03-04",
        "author": f"Writer {chr(ord('A') + number % 26)}",
        "url": f"https://trial.example/{number}",
        "text": text_of(number, LENGTH),
    }
    return f"{json.dumps(record)}\n"


def imported(folder: Path, sizes: list[int]) -> Iterator[str]:
    """Import until the site holds as many articles as each of `sizes` says."""
    data = folder / "site"
    data.mkdir()
    run(data, "migrate", "--verbosity=0")
    known, first = 0, 0.0
    for size in sizes:
        path = folder / f"{size}.jsonl"
        with path.open("w") as file:
            file.writelines(line(number) for number in range(known, size))
        took = run(data, "import_articles", str(path), "--verbosity=0")
        path.unlink()
        each = took.seconds / (size - known)
        first = first or each
        yield (
            f"{known:,} to {size:,} articles: {took.seconds:.0f} s, {each * 1000:.1f} ms each (at"
            f" most {MOST_SECONDS * 1000:.1f}), {each / first:.2f} of the first (at most"
            f" {MOST_GROWTH}), {took.megabytes:.0f} MB (at most {MOST_MEGABYTES})"
        )
        known = size


def read_through(folder: Path, megabytes: int) -> Iterator[str]:
    """Read a file of so many megabytes, and one of a tenth, without storing what is in it."""
    data = folder / "empty"
    data.mkdir()
    run(data, "migrate", "--verbosity=0")
    used = []
    for size in (megabytes // 10, megabytes):
        path = folder / "large.jsonl"
        with path.open("w") as file:
            numbers = count()
            while file.tell() < size * _MEGABYTE:
                file.write(line(next(numbers)))
        took = run(data, "import_articles", str(path), "--dry-run")
        used.append(took.megabytes)
        yield f"{size} MB read through: {took.seconds:.0f} s, {took.megabytes:.0f} MB of memory"
    yield f"{used[1] / used[0]:.2f} of the memory for a tenth (at most {FLAT})"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the importing of a data set.")
    parser.add_argument("--articles", type=int, nargs="*", default=[10_000, 30_000])
    parser.add_argument("--large", type=int, default=0, metavar="MEGABYTES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for told in imported(Path(folder), sorted(options.articles)):
            print(told, flush=True)
        if options.large:
            for told in read_through(Path(folder), options.large):
                print(told, flush=True)


if __name__ == "__main__":
    main()
