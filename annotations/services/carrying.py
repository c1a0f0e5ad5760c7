"""Carrying highlights over to a new version of their article.

It happens in the transaction that makes the version. More than MOST_AT_ONCE highlights, or
such as are looked for from so many versions that more than MOST_CHARACTERS_AT_ONCE would have
to be compared, wait for the background: meanwhile they stay in the version that they stood in,
where nothing that paints the current one looks. Numbers, words, claims, links and replies stay
as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy, ngettext

from annotations.anchoring import Target
from annotations.models import Annotation, FormerTarget
from annotations.queries.comparisons import Comparisons, standing_of, wanted_of
from annotations.reanchoring import Carried
from annotations.services.numbering import locked_tally
from corpus.models import Article, ArticleVersion, Event, Job
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.services.jobs import enqueue
from corpus.services.work import Progress, work
from corpus.signals import version_made

KIND = "highlights.carry"
# As many take less than a second on an article of 40,000 characters.
MOST_AT_ONCE = 1000
# Comparing 50,000 characters takes about half a second, once for each version in which
# highlights stand or had words that they lost: ever more of them. Nobody can write meanwhile.
MOST_CHARACTERS_AT_ONCE = 200_000
# As many are stored in one transaction of the background: it holds back who marks meanwhile.
_BATCH = 250

_TARGET = ("start", "end", "exact", "prefix", "suffix")
_MOVED = ("version", *_TARGET, "anchor_state", "guess_start", "guess_end")
_State = Annotation.AnchorState


def connect() -> None:
    """Hear of every new version, inside the transaction that makes it."""
    version_made.connect(_carry_over, dispatch_uid="annotations.carrying")


def _carry_over(
    article: Article, after: ArticleVersion, actor_id: int | None = None, **_told: Any
) -> None:
    """Carry the highlights of `article` over to `after`, or ask the background to do it."""
    tally = locked_tally(article)
    behind = _behind(tally.article)
    count = behind.count()
    if not count:
        return
    if count > MOST_AT_ONCE:
        _put_off(tally.article, after, actor_id)
        return
    marks = list(behind)
    wanted = wanted_of(marks)
    if len(wanted.versions) * len(after.text) > MOST_CHARACTERS_AT_ONCE:
        _put_off(tally.article, after, actor_id)
        return
    _store(marks, Comparisons().with_text_of(after).places(wanted), after)
    _tell(actor_id, tally.article, after)


def _put_off(article: Article, after: ArticleVersion, actor_id: int | None) -> None:
    """Let the background do it. What was guessed for the version before means nothing now."""
    Annotation.objects.filter(article=article).exclude(guess_start=None).update(
        guess_start=None, guess_end=None
    )
    enqueue(
        Viewer(user_id=actor_id),
        KIND,
        {"version": after.number},
        subject=article.pk,
        fingerprint=f"{KIND}:{article.pk}",
    )


@work(KIND, label=gettext_lazy("Carrying highlights over to a new version"))
def carry_job(job: Job, progress: Progress) -> str:
    """Carry the highlights of the article `job.subject` over to its current version.

    Batch by batch, each kept for good; begun again, it goes on with those that are left.
    """
    article = Article.objects.select_related("current_version").get(pk=_subject(job))
    # Those of one version together: its text is compared once for all of them.
    behind = _behind(article).order_by("version__number", "number")
    numbers = list(behind.values_list("number", flat=True))
    comparisons = Comparisons()
    progress.of(len(numbers))
    for first in range(0, len(numbers), _BATCH):
        batch = numbers[first : first + _BATCH]
        while not _is_carried(article, batch, comparisons, progress):
            pass  # it was written on meanwhile
        progress.step(len(batch))
    with transaction.atomic():
        progress.hold()
        present = locked_tally(article).article
        if present.current_version is not None and numbers:
            _tell(job.started_by_id, present, present.current_version)
    return ngettext(
        "%(count)d highlight was looked for in the new version.",
        "%(count)d highlights were looked for in the new version.",
        len(numbers),
    ) % {"count": len(numbers)}


def _subject(job: Job) -> UUID:
    if job.subject is None:
        raise ValueError(f"job {job.pk} names no article")
    return job.subject


def _behind(article: Article) -> QuerySet[Annotation]:
    """Return the highlights, deleted ones too, that are not in the article's current version.

    Orphans are among them: each new version may have their words again.
    """
    marks = Annotation.objects.filter(article=article, start__isnull=False)
    return marks.exclude(version=article.current_version_id)


def _is_carried(
    article: Article, numbers: Sequence[int], comparisons: Comparisons, progress: Progress
) -> bool:
    """Carry the highlights of these numbers over; return False if it has to be done again.

    The texts are compared before anything is locked, so that nobody who marks waits for it.
    When there is another text or the highlights stand elsewhere then, nothing is stored.
    """
    present = Article.objects.select_related("current_version").get(pk=article.pk)
    version = present.current_version
    if version is None:
        return True
    wanted = wanted_of(list(_behind(present).filter(number__in=numbers)))
    places = comparisons.with_text_of(version).places(wanted)
    with transaction.atomic():
        progress.hold()
        stored = locked_tally(article).article
        marks = list(_behind(stored).filter(number__in=numbers))
        if stored.current_version_id != version.pk or wanted_of(marks) != wanted:
            return False
        _store(marks, places, version)
    return True


def _store(
    marks: Sequence[Annotation], places: Mapping[UUID, Carried], present: ArticleVersion
) -> None:
    """Store that `marks` stand at `places` of the current version, and where they stood."""
    _keep_formers(mark for mark in marks if mark.anchor_state != _State.ORPHAN)
    for mark in marks:
        _place(mark, places[mark.pk], present)
    Annotation.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["id"], update_fields=_MOVED
    )


def _keep_formers(marks: Iterable[Annotation]) -> None:
    """Keep where `marks` stand, before they leave that version; twice is harmless."""
    formers = [
        FormerTarget(
            annotation=mark,
            version_id=standing_of(mark).version_id,
            anchor_state=mark.anchor_state,
            **{name: getattr(mark, name) for name in _TARGET},
        )
        for mark in marks
    ]
    FormerTarget.objects.bulk_create(formers, ignore_conflicts=True)


def _place(mark: Annotation, found: Carried, present: ArticleVersion) -> None:
    """Set where `mark` stands; an orphan stays in the last version that had its words."""
    mark.anchor_state = _State(found.state)
    mark.guess_start, mark.guess_end = found.guess or (None, None)
    if found.target is not None:
        set_target(mark, present, found.target)


def set_target(mark: Annotation, version: ArticleVersion, target: Target) -> None:
    """Set that `mark` stands at `target` of `version`; nothing is stored."""
    mark.version = version
    for name in _TARGET:
        setattr(mark, name, getattr(target, name))


def _tell(actor_id: int | None, article: Article, version: ArticleVersion) -> None:
    """Leave the one Event of it, with how many highlights are in which state now."""
    former = FormerTarget.objects.filter(annotation=OuterRef("pk"))
    carried = Annotation.objects.filter(Exists(former), article=article)
    states = carried.order_by().values_list("anchor_state").annotate(Count("id"))
    record(
        actor_id,
        "annotations.carried",
        article,
        article=article,
        audience=Event.Audience.STAFF,
        after={"version": version.number, **dict(states)},
    )
