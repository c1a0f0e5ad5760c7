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
from corpus.queries.sight import IMPORT_UNDONE
from corpus.services.candidates import State, save_changed
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.versions import take_back


@dataclass
class Undone:
    """How many articles went back to waiting, were hidden, got their old text, or stay.

    What stays got another text since.
    """

    withdrawn: int = 0
    hidden: int = 0
    taken_back: int = 0
    kept: int = 0


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
        built = _built_on(ids)
        for candidate in applied:
            if candidate.article is not None:
                _undo(viewer, candidate, candidate.article, built, undone)
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


def _built_on(article_ids: set[UUID]) -> set[UUID]:
    """Return those of the articles that somebody built on."""
    return set().union(*(entry.among(article_ids) for entry in built_on))


def _undo(
    viewer: Viewer, candidate: ImportCandidate, known: Article, built: set[UUID], undone: Undone
) -> None:
    rows = Article.objects.select_for_update(of=("self",), no_key=True)
    article = rows.select_related("current_version").get(pk=known.pk)
    made = article.current_version
    if candidate.updates_id is not None and article.versions.exclude(number=1).exists():
        if made is None or made.digest != candidate.digest:
            undone.kept += 1
            return
        before = article.versions.filter(number__lt=made.number).order_by("-number").first()
        _take_back(viewer, article, made, before)
        undone.taken_back += 1
        candidate.article = None
    elif article.id in built or made is None or made.digest != candidate.digest:
        _hide(viewer, article, is_withdrawn=False)
        undone.hidden += 1
        return
    else:
        _hide(viewer, article, is_withdrawn=True)
        undone.withdrawn += 1
    candidate.state = State.PENDING
    save_changed(candidate)


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
