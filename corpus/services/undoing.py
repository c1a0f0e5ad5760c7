"""Undoing an import: what nobody built on waits for a decision again, the rest is hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.extensions import built_on
from corpus.models import Article, ArticleVersion, ImportBatch, ImportCandidate, Job
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.recognition import BY_ADDRESS
from corpus.queries.sight import IMPORT_UNDONE
from corpus.services.batch_collection import take_away
from corpus.services.candidates import State, save_changed
from corpus.services.emptying import empty, was_filled_with
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.former_facts import put_back
from corpus.services.jobs import enqueue
from corpus.services.versions import OF_IMPORTS, take_back
from corpus.services.work import Progress, work

UNDONE_AT_ONCE = 100
"""So many articles are taken out within a request; more of them are work for a job."""


@dataclass
class Undone:
    """How many articles went back to waiting, or what else became of them.

    Some were hidden, are only linked to again as before, are what they were before the import
    brought another text of them, or stay since they got another text meanwhile.
    """

    withdrawn: int = 0
    hidden: int = 0
    emptied: int = 0
    taken_back: int = 0
    kept: int = 0


_UNDONE = (
    (
        "withdrawn",
        ngettext_lazy(
            "%(count)d article is out of the library.",
            "%(count)d articles are out of the library.",
            "count",
        ),
    ),
    (
        "hidden",
        ngettext_lazy(
            "%(count)d article is hidden, because people marked it.",
            "%(count)d articles are hidden, because people marked them.",
            "count",
        ),
    ),
    (
        "emptied",
        ngettext_lazy(
            "%(count)d article is only linked to again.",
            "%(count)d articles are only linked to again.",
            "count",
        ),
    ),
    (
        "taken_back",
        ngettext_lazy(
            "%(count)d article is again what it was before.",
            "%(count)d articles are again what they were before.",
            "count",
        ),
    ),
    (
        "kept",
        ngettext_lazy(
            "%(count)d article stays as it is, because it was changed since.",
            "%(count)d articles stay as they are, because they were changed since.",
            "count",
        ),
    ),
)

_Key = tuple[UUID | None, str, UUID]


@dataclass(frozen=True)
class _Undoing:
    """Who undoes an import, what has to be known of its articles, and what became of them.

    Those that somebody built on, those whose text somebody marked, and the numbers of the
    versions that the import made, by article, digest and source.
    """

    viewer: Viewer
    built_on: set[UUID]
    marked: set[UUID]
    versions: Mapping[_Key, int]
    undone: Undone


def is_large(batch: ImportBatch) -> bool:
    """Say whether undoing the import is too much for one request."""
    return batch.candidates.filter(state=State.APPLIED).count() > UNDONE_AT_ONCE


def undo_batch(viewer: Viewer, batch: ImportBatch) -> Undone:
    """Undo what the import added; return how much of it. Twice is harmless.

    Its articles are hidden, never deleted. Those that nobody annotated wait among the
    candidates again, and come back when they are imported again. Raises NotAllowed, and Invalid
    while a job adds more of its articles: what that adds afterwards would not be undone.
    """
    with transaction.atomic():
        _check(viewer, batch)
        undone = Undone()
        keys = _keys(batch)
        _undo_part(viewer, batch, keys, undone)
        if keys:
            _finish(viewer, batch, undone)
    return undone


def undo_later(viewer: Viewer, batch: ImportBatch) -> Job:
    """Do what `undo_batch` does in the background; return the job. Raises as that does."""
    with transaction.atomic():
        _check(viewer, batch)
        arguments, fingerprint = {"batch": str(batch.pk)}, f"undo:{batch.pk}"
        return enqueue(viewer, "import.undo", arguments, subject=batch.pk, fingerprint=fingerprint)


@work("import.undo", label=gettext_lazy("Undoing an import"))
def undo_in_background(job: Job, progress: Progress) -> str:
    """Undo the import, some articles at a time; what was undone before stays so."""
    viewer = viewer_of(job.started_by) if job.started_by else SYSTEM
    batch = ImportBatch.objects.get(pk=job.arguments["batch"])
    keys, undone = _keys(batch), Undone()
    progress.of(len(keys))
    for start in range(0, len(keys), UNDONE_AT_ONCE):
        part = keys[start : start + UNDONE_AT_ONCE]
        _undo_part(viewer, batch, part, undone)
        progress.step(len(part))
    if keys:
        _finish(viewer, batch, undone)
    return outcome(undone)


def outcome(undone: Undone) -> str:
    """Return what became of the articles, a sentence for each outcome."""
    counts = vars(undone)
    told = [str(words % {"count": counts[name]}) for name, words in _UNDONE if counts[name]]
    return " ".join(told) or _("Nothing of this import was in the library.")


def _check(viewer: Viewer, batch: ImportBatch) -> None:
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    one_text_at_a_time()
    to_come = [Job.State.WAITING, Job.State.RUNNING]
    if Job.objects.filter(kind="import.apply", subject=batch.pk, state__in=to_come).exists():
        raise Invalid(
            _("Articles of this import are being added just now. Undo it when that is done.")
        )


def _keys(batch: ImportBatch) -> list[UUID]:
    """Return what was added; what brought a later text of the same article comes first."""
    added = batch.candidates.filter(state=State.APPLIED).order_by("-source", "-position")
    rows = added.only("article", "digest", "source", "batch")
    numbers = _numbers(ArticleVersion.objects.filter(article__candidates__batch=batch))
    return [row.pk for row in sorted(rows, key=lambda row: -numbers.get(_key(row), 0))]


def _key(candidate: ImportCandidate) -> _Key:
    return candidate.article_id, candidate.digest, candidate.source_id


def _numbers(versions: QuerySet[ArticleVersion]) -> dict[_Key, int]:
    """Return the numbers of the versions that imports made last, by article, digest and source."""
    made = versions.filter(reason__in=OF_IMPORTS).order_by()
    last = made.values_list("article", "digest", "source").annotate(Max("number"))
    return {(article, digest, source): number for article, digest, source, number in last}


def _undo_part(viewer: Viewer, batch: ImportBatch, keys: Sequence[UUID], undone: Undone) -> None:
    """Undo the candidates with these keys in their order, as far as they are added still."""
    with transaction.atomic():
        one_text_at_a_time()
        ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        rows = ImportCandidate.objects.select_for_update(of=("self",)).select_related("article")
        found = rows.filter(pk__in=keys, state=State.APPLIED).in_bulk()
        ids = {row.article_id for row in found.values() if row.article_id is not None}
        undoing = _Undoing(
            viewer,
            set().union(*(entry.among(ids) for entry in built_on)),
            set().union(*(entry.marked(ids) for entry in built_on)),
            _numbers(ArticleVersion.objects.filter(article__in=ids)),
            undone,
        )
        for candidate in (found[key] for key in keys if key in found):
            if candidate.article is not None:
                _undo(undoing, candidate, candidate.article)


def _finish(viewer: Viewer, batch: ImportBatch, undone: Undone) -> None:
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        # What stays can be undone when the text that came after it is.
        stored.undone_at = None if undone.kept else timezone.now()
        stored.save(update_fields=["undone_at"])
        record(viewer.user_id, "import.undone", stored, after=vars(undone))
        if not undone.kept:
            take_away(viewer, stored)


def _undo(undoing: _Undoing, candidate: ImportCandidate, known: Article) -> None:
    viewer, undone = undoing.viewer, undoing.undone
    rows = Article.objects.select_for_update(of=("self",), no_key=True)
    article = rows.select_related("current_version").get(pk=known.pk)
    made = article.current_version
    is_as_made = made is not None and made.digest == candidate.digest
    is_filling = is_as_made and was_filled_with(article, candidate.digest)
    is_update = candidate.updates_id is not None and article.versions.exclude(number=1).exists()
    if is_filling and article.id not in undoing.marked:
        _let_go(candidate, article)
        empty(viewer, article)
        undone.emptied += 1
        candidate.article, candidate.updates = None, article
        candidate.updates_reason = candidate.updates_reason or BY_ADDRESS
    elif is_update and not is_filling:
        if made is None or not is_as_made:
            undone.kept += 1
            return
        number = undoing.versions.get(_key(candidate), made.number)
        _take_back(viewer, article, number)
        undone.taken_back += 1
        candidate.article = None
    elif is_filling or article.id in undoing.built_on or not is_as_made:
        _hide(viewer, article, is_withdrawn=False)
        undone.hidden += 1
        return
    else:
        _let_go(candidate, article)
        _hide(viewer, article, is_withdrawn=True)
        undone.withdrawn += 1
    candidate.state = State.PENDING
    save_changed(candidate)


def _take_back(viewer: Viewer, article: Article, number: int) -> None:
    """Let the article be as it was before the import made its version `number`."""
    put_back(viewer, article, version=number)
    made = article.current_version
    before = article.versions.filter(number__lt=number).order_by("-number").first()
    if before is not None and made is not None:
        reason = f"import_undone:{number}"
        take_back(viewer, article, before, seen=made.number, reason=reason)


def _let_go(candidate: ImportCandidate, article: Article) -> None:
    """Mark the facts that were decided for this import alone: they bind none that follows."""
    proposed = candidate.proposal["facts"]
    decided = [
        name
        for name in candidate.decisions.get("facts", {})
        if article.facts.get(name) == proposed[name]
    ]
    if decided:
        marked = {name: {**article.facts[name], "is_undone": True} for name in decided}
        article.facts = {**article.facts, **marked}
        article.save(update_fields=["facts"])


def _hide(viewer: Viewer, article: Article, *, is_withdrawn: bool) -> None:
    if article.is_hidden and article.is_withdrawn == is_withdrawn:
        return
    article.is_hidden, article.is_withdrawn = True, is_withdrawn
    article.counter += 1
    article.save()
    record(
        viewer.user_id,
        "article.hidden",
        article,
        article=article,
        after={"why": IMPORT_UNDONE},
    )
