"""Undoing an import: what nobody built on waits for a decision again, the rest is hidden."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.extensions import built_on
from corpus.models import Article, ArticleVersion, ImportBatch, ImportCandidate, Job
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import BY_ADDRESS
from corpus.queries.sight import IMPORT_UNDONE
from corpus.services.candidates import State, save_changed
from corpus.services.emptying import empty, was_filled_with
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.versions import take_back


@dataclass
class Undone:
    """How many articles went back to waiting, or what else became of them.

    Some were hidden, are only linked to again as before, got their old text, or stay since
    they got another text meanwhile.
    """

    withdrawn: int = 0
    hidden: int = 0
    emptied: int = 0
    taken_back: int = 0
    kept: int = 0


@dataclass(frozen=True)
class _Used:
    """Those of the articles that somebody built on, and those whose text somebody marked."""

    built_on: set[UUID]
    marked: set[UUID]


def undo_batch(viewer: Viewer, batch: ImportBatch) -> Undone:
    """Undo what the import added; return how much of it. Twice is harmless.

    Its articles are hidden, never deleted. Those that nobody annotated wait among the
    candidates again, and come back when they are imported again. Raises Invalid while a job
    adds more of its articles: what that adds afterwards would not be undone.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    undone = Undone()
    with transaction.atomic():
        one_text_at_a_time()
        _check_nothing_comes(batch)
        stored = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        applied = list(_applied(stored))
        if not applied:
            return undone
        ids = {candidate.article_id for candidate in applied if candidate.article_id is not None}
        used = _Used(
            set().union(*(entry.among(ids) for entry in built_on)),
            set().union(*(entry.marked(ids) for entry in built_on)),
        )
        for candidate in applied:
            if candidate.article is not None:
                _undo(viewer, candidate, candidate.article, used, undone)
        stored.undone_at = timezone.now()
        stored.save(update_fields=["undone_at"])
        record(viewer.user_id, "import.undone", stored, after=vars(undone))
    return undone


def _check_nothing_comes(batch: ImportBatch) -> None:
    to_come = [Job.State.WAITING, Job.State.RUNNING]
    if Job.objects.filter(kind="import.apply", subject=batch.pk, state__in=to_come).exists():
        raise Invalid(
            _("Articles of this import are being added just now. Undo it when that is done.")
        )


def _applied(batch: ImportBatch) -> list[ImportCandidate]:
    rows = ImportCandidate.objects.select_for_update(of=("self",)).filter(
        batch=batch, state=State.APPLIED
    )
    return list(rows.select_related("source", "article").order_by("-source", "-position"))


def _undo(
    viewer: Viewer, candidate: ImportCandidate, known: Article, used: _Used, undone: Undone
) -> None:
    rows = Article.objects.select_for_update(of=("self",), no_key=True)
    article = rows.select_related("current_version").get(pk=known.pk)
    made = article.current_version
    is_as_made = made is not None and made.digest == candidate.digest
    is_filling = is_as_made and was_filled_with(article, candidate.digest)
    is_update = candidate.updates_id is not None and article.versions.exclude(number=1).exists()
    if is_filling and article.id not in used.marked:
        _let_go(candidate, article)
        empty(viewer, article)
        undone.emptied += 1
        candidate.article, candidate.updates = None, article
        candidate.updates_reason = candidate.updates_reason or BY_ADDRESS
    elif is_update and not is_filling:
        if made is None or not is_as_made:
            undone.kept += 1
            return
        _let_go(candidate, article)
        before = article.versions.filter(number__lt=made.number).order_by("-number").first()
        _take_back(viewer, article, made, before)
        undone.taken_back += 1
        candidate.article = None
    elif is_filling or article.id in used.built_on or not is_as_made:
        _hide(viewer, article, is_withdrawn=False)
        undone.hidden += 1
        return
    else:
        _let_go(candidate, article)
        _hide(viewer, article, is_withdrawn=True)
        undone.withdrawn += 1
    candidate.state = State.PENDING
    save_changed(candidate)


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


def _take_back(
    viewer: Viewer, article: Article, made: ArticleVersion, before: ArticleVersion | None
) -> None:
    if before is not None:
        reason = f"import_undone:{made.number}"
        take_back(viewer, article, before, seen=made.number, reason=reason)


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
