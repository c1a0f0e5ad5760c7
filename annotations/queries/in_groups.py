"""What is written for a group: its open threads, and who marked and wrote what of late."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from annotations.access import visible_annotations
from annotations.models import Annotation, Audience, Profile
from annotations.queries.bundles import Day, by_day
from annotations.queries.happened import Scope
from annotations.queries.items import item_page
from annotations.queries.places import place_of
from corpus.group_parts import MemberSign
from corpus.models import Group
from corpus.permissions import Viewer

MOST_THREADS = 20
MOST_RECENT = 120


@dataclass(frozen=True)
class OpenThread:
    """A note with replies that nobody resolved, with how many replies the viewer sees."""

    annotation: Annotation
    reply_count: int

    @property
    def url(self) -> str:
        """Return its place in the article."""
        return place_of(self.annotation)


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
    """Return what was done for `group` of late, by day, person and article, the latest first."""
    return by_day(item_page(viewer, Scope(group=group), size=MOST_RECENT).items)


def _written_for(viewer: Viewer, group: Group) -> QuerySet[Annotation]:
    """Return what `viewer` sees of what is for `group`; nothing for who is not in it.

    Something may be for several groups: one who is in another of them does not learn that it
    is for this one too.
    """
    if group.pk not in viewer.group_ids:
        return Annotation.objects.none()
    found = visible_annotations(viewer).filter(audience=Audience.GROUPS, groups=group)
    return found.select_related("article", "creator__profile", "parent")


def signs_of_members(
    viewer: Viewer, group: Group, user_ids: Sequence[int]
) -> dict[int, MemberSign]:
    """Return how members show, with when each last wrote what the whole group sees."""
    slots = dict(Profile.objects.filter(user_id__in=user_ids).values_list("user_id", "person_slot"))
    theirs = _written_for(viewer, group).select_related(None).order_by()
    last = theirs.values("creator").annotate(at=Max("created_at"))
    wrote = dict(last.values_list("creator", "at"))
    return {pk: MemberSign(slots.get(pk, 0), wrote.get(pk)) for pk in user_ids}
