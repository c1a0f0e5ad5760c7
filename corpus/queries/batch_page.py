"""One page of an import: its files with the articles they propose, and what waits in all."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from corpus.models import ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.queries.importing import CandidateRow, candidate_rows
from corpus.queries.siblings import Sibling, siblings_in

CANDIDATES_A_PAGE = 100
"""Far fewer than the fields of a form that are read, which all the boxes of a page are."""


@dataclass(frozen=True)
class FileRow:
    """A file of an import with those of its articles that the page shows, in order.

    `count` is how many articles were found in it in all, `pieces` how many sources it holds
    where it was opened.
    """

    file: ImportFile
    candidates: list[CandidateRow]
    count: int
    pieces: int = 0

    @property
    def source(self) -> SourceFile:
        """Return the bytes that came."""
        return self.file.source


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
    """A page of an import; `page` holds the keys of the articles on it.

    `siblings` are by key what else waits in the import with nearly the same words.
    """

    page: Page[UUID]
    files: list[FileRow]
    waiting: Waiting
    siblings: dict[UUID, list[Sibling]]

    @property
    def rows(self) -> list[CandidateRow]:
        """Return the articles on the page."""
        return [row for file in self.files for row in file.candidates]


def batch_page(batch: ImportBatch, number: str = "") -> BatchPage:
    """Return a page of the import, in a fixed number of queries; the nearest there is.

    Files in which nothing was found stand on the first page. Files of imports made before
    files were kept have rows that are not stored.
    """
    keys = in_order(batch).values_list("pk", flat=True)
    page: Page[UUID] = Paginator(keys, CANDIDATES_A_PAGE).get_page(number)
    on_page = ImportCandidate.objects.filter(pk__in=list(page.object_list))
    by_source: dict[UUID, list[CandidateRow]] = defaultdict(list)
    for row in candidate_rows(on_page):
        by_source[row.candidate.source_id].append(row)
    counts, pieces = _counts(batch), _pieces(batch)
    rows = [
        FileRow(file, by_source.get(file.source_id, []), counts.get(file.source_id, 0))
        if file.state == ImportFile.State.READ
        else FileRow(file, [], 0, pieces.get(file.pk, 0))
        for file in _files(batch, counts)
    ]
    shown = [row for row in rows if row.candidates or (page.number == 1 and not row.count)]
    siblings = siblings_in(batch, list(page.object_list))
    return BatchPage(page, shown, waiting_in(batch), siblings)


def waiting_in(batch: ImportBatch) -> Waiting:
    """Return what waits for a decision in the import."""
    pending = ImportCandidate.objects.filter(batch=batch, state=ImportCandidate.State.PENDING)
    return Waiting(dict(pending.order_by().values_list("pk", "counter")))


def in_order(batch: ImportBatch) -> QuerySet[ImportCandidate]:
    """Return the candidates of the import file after file, as its page lists them."""
    of_source = ImportFile.objects.filter(batch=batch, source=OuterRef("source"))
    first = Subquery(of_source.order_by("position").values("position")[:1])
    found = ImportCandidate.objects.filter(batch=batch).annotate(file_position=first)
    return found.order_by(F("file_position").asc(nulls_last=True), "source", "position")


def following_of(candidate: ImportCandidate) -> ImportCandidate | None:
    """Return the article after the candidate in its file while it waits too, or None."""
    rows = ImportCandidate.objects.select_related("source", "batch", "updates")
    return rows.filter(
        batch=candidate.batch_id,
        source=candidate.source_id,
        position=candidate.position + 1,
        state=ImportCandidate.State.PENDING,
    ).first()


def _counts(batch: ImportBatch) -> dict[UUID, int]:
    """Return how many articles were found in each file, by its source."""
    found = ImportCandidate.objects.filter(batch=batch).order_by().values("source")
    return dict(found.annotate(count=Count("pk")).values_list("source", "count"))


def _pieces(batch: ImportBatch) -> dict[UUID, int]:
    """Return how many sources are within each file that was opened, by its key."""
    within = batch.files.filter(within__isnull=False).order_by().values("within")
    counted = within.annotate(count=Count("pk")).values_list("within", "count")
    return {key: count for key, count in counted if key is not None}


def _files(batch: ImportBatch, counts: dict[UUID, int]) -> list[ImportFile]:
    """Return the files of the import in their order, those that were not kept at the end."""
    files = list(batch.files.select_related("source").defer("source__content"))
    known = {file.source_id for file in files}
    others = SourceFile.objects.defer("content").filter(pk__in=counts.keys() - known)
    read = ImportFile.State.READ
    return [*files, *(ImportFile(batch=batch, source=o, name=o.name, state=read) for o in others)]
