"""Imports and what they propose, in short; see batch_page.py for one, review.py for one text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Coalesce
from django.http import Http404

from corpus.importing.decisions import Decisions
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile, Job
from corpus.permissions import Viewer, allowed
from corpus.queries.accounts import names_for
from corpus.queries.days import published_words
from corpus.queries.recognition import has_open_question
from corpus.text.spans import word_count

_TITLE = KT("proposal__facts__title__value")

_FILES = ImportFile.objects.filter(within__isnull=True).order_by()
_CANDIDATES = ImportCandidate.objects.order_by()
_State = ImportCandidate.State


@dataclass(frozen=True)
class NearRow:
    """An article with nearly the same text; `share` is 0 to 1, of the shorter text."""

    article: Article
    share: float
    verdict: str

    @property
    def percent(self) -> int:
        """Return the share in whole percent."""
        return round(100 * self.share)


@dataclass(frozen=True)
class CandidateRow:
    """One proposed article in short; `candidate` comes without its proposal.

    `decided` counts what curators decided about it. `blocks`, `repairs`, `dropped` and
    `flags` are counts as well. `authors` and `date` are in words, "" when unknown.
    `piece` is what its source is called in the file that it was within, "" for one by itself.
    """

    candidate: ImportCandidate
    title: str
    title_basis: str
    authors: str
    outlet: str
    date: str
    words: int
    blocks: int
    repairs: int
    dropped: int
    flags: int
    decided: int
    near: list[NearRow]
    piece: str = ""

    @property
    def id(self) -> UUID:
        """Return the id of the candidate."""
        return self.candidate.id

    @property
    def counter(self) -> int:
        """Return the state that this row shows."""
        return self.candidate.counter

    @property
    def state(self) -> str:
        """Return what became of it: pending, applied, rejected or duplicate."""
        return self.candidate.state

    @property
    def state_label(self) -> str:
        """Return what became of it, in words."""
        return self.candidate.get_state_display()

    @property
    def position(self) -> int:
        """Return which article of its file it is, from 1."""
        return self.candidate.position

    @property
    def updates(self) -> Article | None:
        """Return the article that it would be a new version of."""
        return self.candidate.updates

    @property
    def article(self) -> Article | None:
        """Return the article that it became, or that was there already."""
        return self.candidate.article

    @property
    def is_asked(self) -> bool:
        """Say whether it has to be said first if a near copy is the same article."""
        waits = self.state == ImportCandidate.State.PENDING
        return waits and has_open_question(self.candidate)


def newest_own_batch(viewer: Viewer) -> str:
    """Return the id of the import that `viewer` gave last, "" for none."""
    own = ImportBatch.objects.filter(created_by_id=viewer.user_id)
    newest = own.order_by("-created_at").values_list("pk", flat=True).first()
    return str(newest or "")


def batch_list(viewer: Viewer) -> QuerySet[ImportBatch]:
    """Return the imports with counts of their files and candidates, newest first.

    None for who may not import.
    """
    if not allowed(viewer, "article.import"):
        return ImportBatch.objects.none()
    waiting = _FILES.filter(state=ImportFile.State.WAITING)
    refused = _FILES.filter(state=ImportFile.State.REFUSED)
    return ImportBatch.objects.annotate(
        files_count=_counted(_FILES),
        waiting_count=_counted(waiting),
        refused_count=_counted(refused),
        pending_count=_counted(_CANDIDATES.filter(state=_State.PENDING)),
        applied_count=_counted(_CANDIDATES.filter(state=_State.APPLIED)),
        rejected_count=_counted(_CANDIDATES.filter(state=_State.REJECTED)),
        duplicate_count=_counted(_CANDIDATES.filter(state=_State.DUPLICATE)),
    )


def givers(viewer: Viewer, batches: Iterable[ImportBatch]) -> dict[int, str]:
    """Return what `viewer` may call those who gave `batches`, by the key of the account."""
    return names_for(viewer, [batch.created_by_id for batch in batches])


def batch_or_404(viewer: Viewer, batch_id: UUID) -> ImportBatch:
    """Return the import with its counts; raises Http404 for absent and forbidden alike."""
    found = batch_list(viewer).filter(pk=batch_id).first()
    if found is None:
        raise Http404
    return found


def candidate_or_404(viewer: Viewer, batch_id: UUID, candidate_id: UUID) -> ImportCandidate:
    """Return a proposed article of an import; raises Http404 for absent and forbidden alike."""
    rows = ImportCandidate.objects.select_related("source", "batch", "article", "updates")
    found = rows.filter(pk=candidate_id, batch_id=batch_id).first()
    if found is None or not allowed(viewer, "article.import"):
        raise Http404
    return found


def job_of(batch: ImportBatch) -> Job | None:
    """Return what was last to be done in the background for the import, or None."""
    return Job.objects.filter(subject=batch.pk).order_by("-created_at").first()


def tells_outcome(job: Job | None) -> bool:
    """Say whether `job` was done with what an import proposes, so that its outcome is news."""
    done = ("import.apply", "import.reject", "import.undo")
    return job is not None and job.state == Job.State.DONE and job.kind in done


def candidate_rows(candidates: QuerySet[ImportCandidate]) -> list[CandidateRow]:
    """Return the candidates in short, in the order of their files; two queries."""
    found = list(
        candidates.select_related("article", "updates", "source")
        .defer("proposal", "source__content")
        .annotate(
            facts=KeyTransform("facts", "proposal"),
            made_blocks=KeyTransform("blocks", "proposal"),
            made_repairs=KeyTransform("repairs", "proposal"),
            dropped_lines=KeyTransform("dropped", "proposal"),
            made_flags=KeyTransform("flags", "proposal"),
            made_words=KeyTransform("words", "proposal"),
        )
        .order_by("source", "position")
    )
    articles = _near_articles(found)
    return [_row(candidate, articles) for candidate in found]


def near_rows(candidate: ImportCandidate) -> list[NearRow]:
    """Return the articles with nearly the text of the candidate, the nearest first."""
    return _near_of(candidate, _near_articles([candidate]))


def title_of(candidate: ImportCandidate) -> str:
    """Return the title that is proposed, or the file and the place in it where there is none."""
    titles = ImportCandidate.objects.filter(pk=candidate.pk).values_list(_TITLE, flat=True)
    return titles.first() or str(candidate)


def _row(candidate: Any, articles: Mapping[str, Article]) -> CandidateRow:
    facts = candidate.facts
    return CandidateRow(
        candidate,
        title=facts["title"]["value"] or "",
        title_basis=facts["title"]["basis"],
        authors=", ".join(facts["authors"]["value"] or ()),
        outlet=facts["outlet"]["value"] or "",
        date=published_words(facts["published"]["value"]),
        words=_words(candidate),
        blocks=len(candidate.made_blocks),
        repairs=len(candidate.made_repairs),
        dropped=len(candidate.dropped_lines),
        flags=len(candidate.made_flags),
        decided=len(Decisions.from_data(candidate.decisions).in_effect),
        near=_near_of(candidate, articles),
    )


def _near_articles(candidates: Iterable[ImportCandidate]) -> dict[str, Article]:
    ids = {row["article"] for candidate in candidates for row in candidate.near}
    if not ids:
        return {}
    found = Article.objects.filter(pk__in=ids).select_related("outlet")
    return {str(article.pk): article for article in found}


def _near_of(candidate: ImportCandidate, articles: Mapping[str, Article]) -> list[NearRow]:
    return [
        NearRow(articles[row["article"]], row["share"], row["verdict"])
        for row in candidate.near
        if row["article"] in articles
    ]


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """Return how many of the rows belong to the import."""
    of_batch = rows.filter(batch=OuterRef("pk")).values("batch").annotate(count=Count("pk"))
    counts = Subquery(of_batch.values("count"), output_field=IntegerField())
    return Coalesce(counts, 0)


def _words(candidate: Any) -> int:
    """Return the words of the proposal; those of an older import were not kept with it."""
    if candidate.made_words is None:
        return word_count(candidate.proposal["text"])
    return int(candidate.made_words)
