"""What is written for a group: its open threads, and who marked and wrote what of late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from annotations.access import visible_annotations
from annotations.models import Annotation, Audience, Profile
from annotations.queries.places import place_of
from corpus.models import Article, Group
from corpus.permissions import Viewer

MOST_THREADS = 20
MOST_RECENT = 120
# So many of what one person did in one article on one day are quoted; the others are counted.
MOST_QUOTED = 3


@dataclass(frozen=True)
class OpenThread:
    """A note with replies that nobody resolved, with how many replies the viewer sees."""

    annotation: Annotation
    reply_count: int

    @property
    def url(self) -> str:
        """Return its place in the article."""
        return place_of(self.annotation)


@dataclass(frozen=True)
class Bundle:
    """What one reader made in one article on one day, the latest first."""

    reader: Profile
    article: Article
    made: Sequence[Annotation]

    @property
    def quoted(self) -> list[tuple[Annotation, str]]:
        """Return the latest of them, each with its place in the article."""
        return [(one, place_of(one)) for one in self.made[:MOST_QUOTED]]

    @property
    def more(self) -> int:
        """Return how many more there are."""
        return max(0, len(self.made) - MOST_QUOTED)

    @property
    def passage_count(self) -> int:
        """Return how many of them mark words."""
        return sum(one.is_highlight for one in self.made)

    @property
    def note_count(self) -> int:
        """Return how many of them are notes on the article or replies."""
        return len(self.made) - self.passage_count


@dataclass(frozen=True)
class Day:
    """A day with what was made on it, the latest bundle first."""

    day: date
    bundles: Sequence[Bundle] = field(default_factory=list)


def open_threads(viewer: Viewer, group: Group) -> list[OpenThread]:
    """Return the threads of `group` that wait for an answer, the last replied to first."""
    replies = visible_annotations(viewer).filter(parent__isnull=False).values("pk")
    answered = Q(replies__in=replies)
    found = _written_for(viewer, group).filter(parent__isnull=True, resolved_at__isnull=True)
    counted = found.annotate(
        n=Count("replies", filter=answered), last=Max("replies__created_at", filter=answered)
    )
    threads = counted.filter(n__gt=0).order_by("-last", "id")[:MOST_THREADS]
    return [OpenThread(thread, thread.n) for thread in threads]


def activity(viewer: Viewer, group: Group) -> list[Day]:
    """Return what was made for `group` of late, by day, person and article, the latest first."""
    recent = _written_for(viewer, group).order_by("-created_at", "id")[:MOST_RECENT]
    days = groupby(recent, key=lambda one: timezone.localdate(one.created_at))
    return [Day(day, list(_bundled(made))) for day, made in days]


def _bundled(made: Iterator[Annotation]) -> Iterator[Bundle]:
    bundles: dict[tuple[int, object], list[Annotation]] = {}
    for one in made:
        bundles.setdefault((one.creator_id, one.article_id), []).append(one)
    for alike in bundles.values():
        yield Bundle(alike[0].creator.profile, alike[0].article, alike)


def _written_for(viewer: Viewer, group: Group) -> QuerySet[Annotation]:
    """Return what `viewer` sees of what is for `group`; nothing for who is not in it.

    Something may be for several groups: one who is in another of them does not learn that it
    is for this one too.
    """
    if group.pk not in viewer.group_ids:
        return Annotation.objects.none()
    found = visible_annotations(viewer).filter(audience=Audience.GROUPS, groups=group)
    return found.select_related("article", "creator__profile", "parent")
