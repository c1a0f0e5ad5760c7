"""Import text files and folders of them from the command line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from corpus.importing.describe import described
from corpus.importing.errors import ImportRefused, SourceTooLarge
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source
from corpus.services.rebuilding import settle_signatures

TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
"""How the names of files end that are taken from a folder; a file named by itself always is."""

MOST_NAMED = 5
"""How many of the files that were passed over are named."""


class Command(BaseCommand):
    """Import articles; what cannot be read is named, everything else is imported."""

    help = (
        "Import articles from text files, or from all text files in folders: those whose names "
        "end in .txt, .text, .md, .markdown or in nothing of the kind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--format", choices=["auto", "text"], default="auto", help="auto: detect by content"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be imported and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file; raises CommandError at the end if any was refused."""
        files, others = _chosen(options["paths"])
        self._refused = 0
        added, known = 0, 0
        quiet = options["verbosity"] == 0 or options["dry_run"]
        for path in tqdm(files, unit="file", disable=quiet or not sys.stderr.isatty()):
            source = self._read(path)
            if source is None:
                continue
            if options["dry_run"]:
                self._describe(source)
                continue
            new, old = self._import(source)
            added, known = added + new, known + old
        if added:
            settle_signatures()
        if others and options["verbosity"]:
            self.stdout.write(_passed_over(others))
        if not quiet:
            self.stdout.write(_summary(added, known, self._refused))
        if self._refused:
            raise CommandError(f"{self._refused} of {len(files)} files could not be imported.")

    def _read(self, path: Path) -> SourceBytes | None:
        try:
            if path.stat().st_size > MAX_SOURCE_BYTES:
                limit = MAX_SOURCE_BYTES // (1024 * 1024)
                raise SourceTooLarge(
                    f"{path.name} is larger than {limit} MB; split it and import the parts."
                )
            return SourceBytes(path.name, path.read_bytes())
        except (OSError, ImportRefused) as refusal:
            self._refuse(path.name, refusal)
            return None

    def _import(self, source: SourceBytes) -> tuple[int, int]:
        try:
            outcomes = import_source(SYSTEM, source)
        except ImportRefused as refusal:
            self._refuse(source.name, refusal)
            return 0, 0
        new = sum(outcome.is_new for outcome in outcomes)
        return new, len(outcomes) - new

    def _describe(self, source: SourceBytes) -> None:
        try:
            proposals = read_and_interpret(source.content, source.name)
        except ImportRefused as refusal:
            self._refuse(source.name, refusal)
            return
        for number, proposal in enumerate(proposals, start=1):
            self.stdout.write(f"{source.name}: article {number} of {len(proposals)}")
            for line in described(proposal):
                self.stdout.write(f"  {line}")

    def _refuse(self, name: str, refusal: Exception) -> None:
        self._refused += 1
        reason = str(refusal)
        if isinstance(refusal, OSError):
            reason = f"{name} could not be read: {refusal.strerror or refusal}."
        self.stderr.write(reason)


def _chosen(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to import, and those in folders that are no text by their names."""
    files: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if path.is_dir():
            for item in _inside(path):
                (files if item.suffix.lower() in TEXT_SUFFIXES else others).append(item)
        else:
            files.append(path)
    return files, others


def _inside(folder: Path) -> list[Path]:
    items = (item for item in sorted(folder.rglob("*")) if item.is_file())
    return [item for item in items if not item.name.startswith(".")]


def _passed_over(others: list[Path]) -> str:
    shown = ", ".join(path.name for path in others[:MOST_NAMED])
    more = ", ..." if len(others) > MOST_NAMED else ""
    return f"{len(others)} passed over, no text by their names: {shown}{more}"


def _summary(added: int, known: int, refused: int) -> str:
    return f"{added} articles added, {known} were there already, {refused} files refused."
