"""The files that a command line names, by themselves or in folders."""

from pathlib import Path

from corpus.importing.containers import READABLE

SUFFIXES = READABLE
"""How the names of files end that are taken from a folder; a file named by itself always is."""

MOST_NAMED = 5
"""How many of the files that were passed over are named."""


def chosen(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to import, and those in folders that are no text by their names."""
    files: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if path.is_dir():
            for item in _inside(path):
                (files if item.suffix.lower() in SUFFIXES else others).append(item)
        else:
            files.append(path)
    return files, others


def _inside(folder: Path) -> list[Path]:
    items = (item for item in sorted(folder.rglob("*")) if item.is_file())
    return [item for item in items if not item.name.startswith(".")]


def passed_over(others: list[Path]) -> str:
    """Return in words that these files were passed over; a few are named."""
    shown = ", ".join(path.name for path in others[:MOST_NAMED])
    more = ", ..." if len(others) > MOST_NAMED else ""
    return f"{len(others)} passed over, no text by their names: {shown}{more}"
