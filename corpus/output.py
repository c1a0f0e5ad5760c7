"""Writing an export: whole or not at all, with progress in a terminal."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from tqdm import tqdm


def write_lines(path: Path, lines: Iterable[str], *, unit: str) -> int:
    """Write `lines` to `path` and return how many there were.

    They go to a file beside it first, which then takes its place. Raises CommandError
    when the folder cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    count = 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for line in tqdm(lines, unit=unit, disable=not sys.stderr.isatty()):
                file.write(line + "\n")
                count += 1
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count
