"""Import texts, saved web pages, data sets and folders of them from the command line."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from corpus.garbage import seldom_collected
from corpus.importing.archives import Member
from corpus.importing.aside import Reading
from corpus.importing.columns import MEANINGS, columns_in, mapping_of, written
from corpus.importing.containers import members_of
from corpus.importing.data_sets import LOOKED_AT, is_data_set
from corpus.importing.describe import described
from corpus.importing.errors import ImportRefused, SourceTooLarge
from corpus.importing.formats import FORMATS
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.importing.streams import members_in
from corpus.management.ahead import STOPPED, Group, with_readings
from corpus.management.piles import chosen, passed_over
from corpus.permissions import SYSTEM
from corpus.services.imports import (
    Outcome,
    SourceBytes,
    Together,
    import_source,
    import_sources,
)
from corpus.services.rebuilding import settle_signatures
from corpus.services.sources import taken_as

# A source within a file, and why it cannot be read.
_Found = tuple[SourceBytes, ImportRefused | None]

_TOO_LARGE = (
    "%(name)s is larger than %(limit)d MB; split it and import the parts. Of such files only JSON "
    "lines and tables (CSV, TSV) are read, record by record."
)

OF_WHOLE_FILES = frozenset(FORMATS) - {"json", "csv"}
"""The formats that are not read record by record."""

AT_ONCE = 200
"""So many sources in a file are imported in one transaction: each writes most of the indexes."""

BYTES_AT_ONCE = 1024 * 1024
"""As soon as they are as large as this, no more of them."""


class Command(BaseCommand):
    """Import articles; what cannot be read is named, everything else is imported."""

    help = (
        "Import articles from texts, saved web pages, PDF documents, feeds (RSS, Atom), books "
        "(EPUB), web archives (WARC), data sets (JSON, JSON lines, CSV, TSV) and ZIP archives of "
        "these, or from all of them in folders: the files whose names end as such files do, or in "
        "nothing of the kind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--format",
            choices=["auto", *FORMATS],
            default="auto",
            help="what the files are; auto: told by their content. Anything can be read as text, "
            "html or markdown; with another format, files that are none of that kind are refused",
        )
        parser.add_argument(
            "--columns",
            type=_columns,
            default={},
            metavar="TEXT=COLUMN,...",
            help="what the columns of data sets are, such as text=body,title=headline; the others "
            f"mean nothing then. There are: {', '.join(MEANINGS)}",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be imported and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file; raises CommandError at the end if any was refused."""
        files, others = chosen(options["paths"])
        self._refused = 0
        self._hidden = 0
        self._format = "" if options["format"] == "auto" else options["format"]
        self._columns: dict[str, str] = options["columns"]
        self._is_trial: bool = options["dry_run"]
        self._counts = Counter[str]()
        quiet = options["verbosity"] == 0 or self._is_trial
        self._has_bar = not quiet and sys.stderr.isatty()
        with seldom_collected():
            bar = tqdm(files, unit="file", disable=not self._has_bar)
            groups = chain.from_iterable(map(self._in_file, bar))
            if self._is_trial:
                for group in groups:
                    self._describe(group.sources)
            else:
                self._import_all(groups, is_told=not quiet)
        if self._counts["added"] or self._counts["changed"]:
            settle_signatures()
        if others and options["verbosity"]:
            self.stdout.write(passed_over(others))
        if not quiet:
            self.stdout.write(_summary(self._counts, self._refused))
            if self._hidden:
                self.stdout.write(f"Hidden until a curator shows them: {self._hidden}.")
        if self._refused:
            raise CommandError(f"{self._refused} of {len(files)} files could not be imported.")

    def _in_file(self, path: Path) -> Iterator[Group]:
        """Yield the sources in a file as `_within` does; those of a large one as they are read."""
        try:
            if path.stat().st_size <= MAX_SOURCE_BYTES:
                source = SourceBytes(path.name, path.read_bytes())
                yield from self._within(taken_as(source, self._format))
                return
            with path.open("rb") as stream:
                members = members_in(stream, path.name)
                if members is None or self._format in OF_WHOLE_FILES:
                    limit = MAX_SOURCE_BYTES // (1024 * 1024)
                    raise SourceTooLarge(_TOO_LARGE, name=path.name, limit=limit)
                bar = tqdm(members, path.name, unit="article", disable=not self._has_bar)
                yield from self._sound(self._mapped(bar, path.name), Together(path.name))
        except (OSError, ImportRefused) as refusal:
            self._refuse(path.name, refusal)

    def _within(self, source: SourceBytes) -> Iterator[Group]:
        """Yield the sources that a file holds, which are one import, or the one that it is."""
        try:
            members = None if source.format else members_of(source.content, source.name)
            if members is None:
                yield Group([source], None)
                return
            sources: Iterator[_Found] = map(_as_source, members)
            if is_data_set(source.content, source.name):
                sources = self._mapped(members, source.name)
            yield from self._sound(sources, Together(source.name))
        except ImportRefused as refusal:
            self._refuse(source.name, refusal)

    def _mapped(self, members: Iterable[Member], name: str) -> Iterator[_Found]:
        """Yield the records of a data set as they are read by the columns that were said.

        Raises NotText when the first of them have no such columns.
        """
        rest = iter(members)
        first = list(islice(rest, LOOKED_AT))
        columns = columns_in(one.content for one in first if one.refusal is None)
        as_format = ""
        if self._columns:
            known = [column.name for column in columns]
            as_format = written(mapping_of(self._columns.items(), known))
        elif self._is_trial:
            told = ", ".join(f"{one.meaning}={one.name}" for one in columns if one.meaning)
            self.stdout.write(f"{name}: columns {told or 'are not known'}")
        for member in chain(first, rest):
            source, refusal = _as_source(member)
            yield replace(source, format=as_format), refusal

    def _sound(self, found: Iterable[_Found], together: Together) -> Iterator[Group]:
        """Yield those of the sources that can be read, some at a time; the others are named."""
        some: list[SourceBytes] = []
        size = 0
        trouble: OSError | ImportRefused | None = None
        try:
            for source, refused in found:
                if refused is not None:
                    self._refuse(source.name, refused)
                    continue
                some.append(source)
                size += len(source.content)
                if len(some) == AT_ONCE or size >= BYTES_AT_ONCE:
                    yield Group(some, together)
                    some, size = [], 0
        except (OSError, ImportRefused) as refusal:
            trouble = refusal
        if some:
            yield Group(some, together)
        if trouble is not None:
            raise trouble

    def _import_all(self, groups: Iterable[Group], *, is_told: bool) -> None:
        """Import each group."""
        with closing(with_readings(groups)) as found:
            try:
                for group, readings in found:
                    self._import(group, readings, is_told=is_told)
            except KeyboardInterrupt:
                raise CommandError(STOPPED, returncode=130) from None

    def _import(
        self, group: Group, readings: Sequence[Sequence[Reading] | None], *, is_told: bool
    ) -> None:
        """Import sources that come together, or one that comes by itself."""
        sources, together = group
        if together is not None:
            found = import_sources(SYSTEM, sources, together, read_before=readings)
        else:
            found = [*map(_alone, sources, readings)]
        for source, outcomes in zip(sources, found, strict=True):
            if isinstance(outcomes, ImportRefused):
                self._refuse(source.name, outcomes)
            else:
                self._count(outcomes, is_told=is_told)

    def _count(self, outcomes: Sequence[Outcome], *, is_told: bool) -> None:
        for outcome in outcomes:
            self._counts[_kind(outcome)] += 1
            self._hidden += outcome.article.is_hidden
            if is_told:
                self._tell_likeness(outcome)
                self._tell_hidden(outcome)

    def _tell_likeness(self, outcome: Outcome) -> None:
        """Name the articles that a new one is nearly the same as."""
        for copy in outcome.near:
            self._say(
                f"{outcome.article.title} is nearly the same as {copy.article.title}: "
                f"{round(100 * copy.share)} % of the words."
            )

    def _tell_hidden(self, outcome: Outcome) -> None:
        """Name an article that readers do not see though it was imported."""
        if outcome.article.is_hidden:
            self._say(f"{outcome.article.title} is hidden from readers.")

    def _say(self, sentence: str) -> None:
        """Write a line above the bar that shows how far it is."""
        with tqdm.external_write_mode(file=self.stdout):
            self.stdout.write(sentence)

    def _describe(self, sources: Sequence[SourceBytes]) -> None:
        for source in sources:
            self._describe_one(source)

    def _describe_one(self, source: SourceBytes) -> None:
        try:
            proposals = read_and_interpret(
                source.content, source.name, origin_url=source.origin_url, as_format=source.format
            )
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


def _alone(
    source: SourceBytes, read_before: Sequence[Reading] | None
) -> list[Outcome] | ImportRefused:
    try:
        return import_source(SYSTEM, source, read_before=read_before)
    except ImportRefused as refusal:
        return refusal


def _as_source(member: Member) -> _Found:
    return SourceBytes(member.name, member.content, member.origin_url), member.refusal


def _columns(words: str) -> dict[str, str]:
    """Return the mapping that was typed as "text=body,title=headline"."""
    pairs = [pair.partition("=") for pair in words.split(",")]
    if not all(sign and meaning in MEANINGS for meaning, sign, _name in pairs):
        raise ArgumentTypeError(f"{words} does not say which columns are what")
    return {meaning: name for meaning, _sign, name in pairs}


def _kind(outcome: Outcome) -> str:
    if outcome.is_new:
        return "added"
    return "changed" if outcome.is_update else "known"


def _summary(counts: Counter[str], refused: int) -> str:
    changed = f"{counts['changed']} got a new version, " if counts["changed"] else ""
    return (
        f"{counts['added']} articles added, {changed}"
        f"{counts['known']} were there already, {refused} files refused."
    )
