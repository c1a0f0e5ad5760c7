"""One page of an import: its files with the articles they propose, and what waits in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from corpus.models import ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.queries.batch_filters import REFUSED, in_part
from corpus.queries.importing import CandidateRow, candidate_rows
from corpus.queries.siblings import Sibling, siblings_in

CANDIDATES_A_PAGE = 100
"""Far fewer than the fields of a form that are read, which all the boxes of a page are."""
EMPTY_FILES = 20
"""So many files in which nothing was found stand on the first page."""

_State = ImportFile.State
# Behind all files: those of imports made before files were kept.
_LAST = 2**31


@dataclass(frozen=True)
class FileRow:
    """A file of an import with those of its articles that the page shows, in order.

    Those of what was within it stand with it. `count` is how many articles were found in it
    in all, `pieces` how many sources it holds where it was opened.
    """

    file: ImportFile
    candidates: list[CandidateRow]
    count: int = 0
    pieces: int = 0

    @property
    def source(self) -> SourceFile:
        """Return the bytes that came."""
        return self.file.source


class Placed(NamedTuple):
    """An article that an import proposes, as far as its place among the others needs it."""

    pk: UUID
    source_id: UUID
    state: str
    doubts: int


@dataclass(frozen=True)
class Waiting:
    """The articles of an import that wait for a decision: their counters by key."""

    counters: dict[UUID, int]

    @property
    def state(self) -> str:
        """Return a digest that differs once any of them is changed, decided, split or joined."""
        pairs = sorted(f"{key}:{counter}" for key, counter in self.counters.items())
        return sha256("\n".join(pairs).encode()).hexdigest()


@dataclass(frozen=True)
class BatchPage:
    """A page of an import; `page` holds the keys of the articles on it, or of refused files.

    `only` names the part of the import that is shown, "" for all of it; `waiting` is of that
    part. `siblings` are by key what else waits in the import with nearly the same words.
    `more_refused` is how many files that could not be read are not on the page.
    """

    page: Page[UUID]
    only: str
    files: list[FileRow]
    waiting: Waiting
    siblings: dict[UUID, list[Sibling]]
    more_refused: int

    @property
    def rows(self) -> list[CandidateRow]:
        """Return the articles on the page."""
        return [row for file in self.files for row in file.candidates]


def batch_page(batch: ImportBatch, number: str = "", only: str = "") -> BatchPage:
    """Return a page of a part of the import, in a fixed number of queries; the nearest there is.

    Files in which nothing was found stand on the first page of the whole, the first
    EMPTY_FILES of them. Files of imports made before files were kept have rows that are not
    stored.
    """
    refused = batch.files.filter(state=_State.REFUSED)
    keys: Sequence[UUID] = (
        list(refused.values_list("pk", flat=True))
        if only == REFUSED
        else [placed.pk for placed in in_order(batch, only)]
    )
    page: Page[UUID] = Paginator(keys, CANDIDATES_A_PAGE).get_page(number)
    shown = list(page.object_list)
    sections = _sections(batch, _in_order_of(shown))
    empty = _empty(batch, {row.file.pk for row in sections})
    if only == REFUSED:
        empty = empty.filter(pk__in=shown)
    elif only or page.number > 1:
        empty = empty.none()
    else:
        empty = empty[:EMPTY_FILES]
    files = sorted([*sections, *(FileRow(file, []) for file in empty)], key=_place)
    pieces = _pieces(batch, [row.file.pk for row in files])
    told = sum(row.file.state == _State.REFUSED for row in files)
    return BatchPage(
        page,
        only,
        [replace(row, pieces=pieces.get(row.file.pk, 0)) for row in files],
        waiting_in(batch, only),
        siblings_in(batch, shown),
        0 if only else refused.count() - told,
    )


def waiting_in(batch: ImportBatch, only: str = "") -> Waiting:
    """Return what waits for a decision in a part of the import."""
    pending = ImportCandidate.objects.filter(batch=batch, state=ImportCandidate.State.PENDING)
    found = pending.filter(in_part(only)).order_by()
    return Waiting(dict(found.values_list("pk", "counter")))


def in_order(batch: ImportBatch, only: str = "") -> list[Placed]:
    """Return what a part of the import proposes, file after file, as its page lists it.

    The files are put in order here: a database would look at all of them for each article.
    """
    files = dict(batch.files.order_by("-position").values_list("source", "position"))
    found = ImportCandidate.objects.filter(in_part(only), batch=batch)
    rows = found.order_by("source", "position").values_list("pk", "source_id", "state", "doubts")
    return sorted(
        (Placed._make(row) for row in rows),
        key=lambda placed: files.get(placed.source_id, _LAST),
    )


def following_of(candidate: ImportCandidate) -> ImportCandidate | None:
    """Return the article after the candidate in its file while it waits too, or None."""
    rows = ImportCandidate.objects.select_related("source", "batch", "updates")
    return rows.filter(
        batch=candidate.batch_id,
        source=candidate.source_id,
        position=candidate.position + 1,
        state=ImportCandidate.State.PENDING,
    ).first()


def _in_order_of(keys: Sequence[UUID]) -> list[CandidateRow]:
    rows = candidate_rows(ImportCandidate.objects.filter(pk__in=keys))
    by_key = {row.id: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _sections(batch: ImportBatch, rows: Sequence[CandidateRow]) -> list[FileRow]:
    """Return the files that `rows` came in, each with its own; those within a file with it."""
    arrivals = _arrivals(batch, rows)
    counts = _counts(batch, arrivals)
    found: dict[UUID, FileRow] = {}
    for row in rows:
        arrival = arrivals[row.candidate.source_id]
        file = arrival.within or arrival
        if file.pk not in found:
            count = 0 if arrival.within else counts.get(arrival.source_id, 0)
            found[file.pk] = FileRow(file, [], count)
        called = _called_within(arrival)
        found[file.pk].candidates.append(replace(row, piece=called))
    return list(found.values())


def _arrivals(batch: ImportBatch, rows: Sequence[CandidateRow]) -> dict[UUID, ImportFile]:
    """Return by its source the file that each of `rows` came in, the first of several."""
    sources = {row.candidate.source_id: row.candidate.source for row in rows}
    files = batch.files.filter(source__in=sources).select_related("source", "within__source")
    kept = files.defer("source__content", "within__source__content").order_by("-position")
    arrivals = {file.source_id: file for file in kept}
    for key, source in sources.items():
        if key not in arrivals:
            arrivals[key] = ImportFile(
                batch=batch, source=source, name=source.name, state=_State.READ, position=_LAST
            )
    return arrivals


def _place(row: FileRow) -> int:
    return row.file.position


def _called_within(file: ImportFile) -> str:
    """Return what the file is called in the one that it is within, "" for one by itself."""
    if file.within is None:
        return ""
    return file.name.removeprefix(file.within.name).strip(" ,:/") or file.name


def _empty(batch: ImportBatch, others: set[UUID]) -> QuerySet[ImportFile]:
    """Return the files of the import that stand for themselves: nothing was found in them yet.

    What waits within another, or holds others that are on the page, does not.
    """
    found = ImportCandidate.objects.filter(batch=batch, source=OuterRef("source"))
    waits = Q(state=_State.WAITING, within=None)
    nothing = Q(state=_State.READ) & ~Exists(found)
    stays = waits | nothing | Q(state__in=[_State.REFUSED, _State.OPENED])
    files = batch.files.filter(stays).exclude(pk__in=others).order_by("position")
    return files.select_related("source").defer("source__content")


def _counts(batch: ImportBatch, sources: Mapping[UUID, ImportFile]) -> dict[UUID, int]:
    """Return how many articles were found in each of the sources."""
    found = ImportCandidate.objects.filter(batch=batch, source__in=sources).order_by()
    return dict(found.values("source").annotate(count=Count("pk")).values_list("source", "count"))


def _pieces(batch: ImportBatch, files: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many sources are within each of the files that was opened, by its key."""
    within = batch.files.filter(within__in=files).order_by().values("within")
    counted = within.annotate(count=Count("pk")).values_list("within", "count")
    return {key: count for key, count in counted if key is not None}
