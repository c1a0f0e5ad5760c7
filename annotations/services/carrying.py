"""Carrying highlights over to a new version of their article.

It happens in the transaction that makes the version. More than MOST_AT_ONCE highlights, or
such as stand in so many versions that more than MOST_CHARACTERS_AT_ONCE would have to be
compared, wait for the background: meanwhile they stay in the version that they stood in, where
nothing that paints the current one looks. Numbers, words, claims, links and replies stay as
they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy, ngettext

from annotations.anchoring import Target
from annotations.models import Annotation, FormerTarget
from annotations.reanchoring import Carried, Reanchoring
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
# highlights stand: lost ones stay behind in ever more of them. Nobody can write meanwhile.
MOST_CHARACTERS_AT_ONCE = 200_000
# As many are carried in one transaction of the background: it holds back who marks meanwhile.
_BATCH = 250
# A comparison takes some megabytes.
_MOST_KEPT = 8

_TARGET = ("start", "end", "exact", "prefix", "suffix")
_MOVED = ("version", *_TARGET, "anchor_state", "guess_start", "guess_end")
_State = Annotation.AnchorState


@dataclass(frozen=True)
class _Former:
    """A place at which a highlight stood: `target` in the text of the version `version_id`."""

    version_id: UUID
    target: Target


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
    if count > MOST_AT_ONCE or _characters(behind, after) > MOST_CHARACTERS_AT_ONCE:
        _put_off(tally.article, after, actor_id)
        return
    _carry(tally.article, list(behind), _Comparisons())
    _tell(actor_id, tally.article, after)


def _characters(behind: QuerySet[Annotation], after: ArticleVersion) -> int:
    """Return about how many characters must be compared to carry `behind` over to `after`."""
    versions = behind.order_by().values("version").distinct().count()
    return versions * len(after.text)


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
    comparisons = _Comparisons()
    progress.of(len(numbers))
    for first in range(0, len(numbers), _BATCH):
        batch = numbers[first : first + _BATCH]
        with transaction.atomic():
            progress.hold()
            tally = locked_tally(article)
            marks = list(_behind(tally.article).filter(number__in=batch))
            _carry(tally.article, marks, comparisons)
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


def _carry(article: Article, marks: Sequence[Annotation], comparisons: "_Comparisons") -> None:
    """Store where each of `marks` stands in the current version, and where it stood."""
    present = article.current_version
    if present is None or not marks:
        return
    found = _places_of(marks, comparisons.with_text_of(present))
    _keep_formers(mark for mark in marks if mark.anchor_state != _State.ORPHAN)
    for mark in marks:
        _place(mark, found[mark.pk], present)
    Annotation.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["id"], update_fields=_MOVED
    )


def _keep_formers(marks: Iterable[Annotation]) -> None:
    """Keep where `marks` stand, before they leave that version; twice is harmless."""
    formers = [
        FormerTarget(
            annotation=mark,
            version_id=_stood(mark).version_id,
            anchor_state=mark.anchor_state,
            **{name: getattr(mark, name) for name in _TARGET},
        )
        for mark in marks
    ]
    FormerTarget.objects.bulk_create(formers, ignore_conflicts=True)


def _places_of(marks: Sequence[Annotation], comparisons: "_Comparisons") -> Mapping[UUID, Carried]:
    """Return where each highlight stands in the version that `comparisons` are with.

    One that had lost words, some or all, is looked for as it was before as well: they may
    be back.
    """
    places = comparisons.carried({mark.pk: _stood(mark) for mark in marks})
    lost = [mark for mark in marks if mark.anchor_state in {_State.CHANGED, _State.ORPHAN}]
    back = comparisons.carried(_with_first_words(lost))
    whole = {pk: there for pk, there in back.items() if there.state in {"exact", "moved"}}
    return {**places, **whole}


def _with_first_words(marks: Sequence[Annotation]) -> dict[UUID, _Former]:
    """Return where each of `marks` last stood unchanged, if that was in an earlier version."""
    standing = {mark.pk: mark.version_id for mark in marks}
    rows = FormerTarget.objects.filter(annotation__in=marks)
    kept = rows.exclude(anchor_state=_State.CHANGED).order_by("version__number")
    last = {row.annotation_id: _Former(row.version_id, _target_of(row)) for row in kept}
    return {pk: former for pk, former in last.items() if former.version_id != standing[pk]}


class _Comparisons:
    """Texts of former versions, each compared with the present one once, the last few kept."""

    def __init__(self) -> None:
        self._present: ArticleVersion | None = None
        self._kept: dict[UUID, Reanchoring] = {}

    def with_text_of(self, present: ArticleVersion) -> "_Comparisons":
        """Return these, with the text of `present`; those with another are forgotten."""
        if self._present != present:
            self._present = present
            self._kept.clear()
        return self

    def carried(self, formers: Mapping[UUID, _Former]) -> dict[UUID, Carried]:
        """Return how each highlight comes over from where it stood."""
        of_version: dict[UUID, list[UUID]] = defaultdict(list)
        for pk, former in formers.items():
            of_version[former.version_id].append(pk)
        missing = [version_id for version_id in of_version if version_id not in self._kept]
        texts = ArticleVersion.objects.only("text").in_bulk(missing)
        found: dict[UUID, Carried] = {}
        # What is kept comes first, before it makes room for the others.
        for version_id in sorted(of_version, key=lambda key: key in texts):
            old = texts.get(version_id)
            if old is not None:
                self._compare(old)
            search = self._kept[version_id]
            found.update({pk: search.carried(formers[pk].target) for pk in of_version[version_id]})
        return found

    def _compare(self, old: ArticleVersion) -> None:
        if self._present is None:
            raise ValueError("no present text was given")
        if len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[old.pk] = Reanchoring(old.text, self._present.text)


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


def _stood(mark: Annotation) -> _Former:
    if mark.version_id is None:
        raise ValueError(f"annotation {mark.pk} marks no words")
    return _Former(mark.version_id, _target_of(mark))


def _target_of(row: Annotation | FormerTarget) -> Target:
    return Target(row.start or 0, row.end or 0, row.exact, row.prefix, row.suffix)


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
