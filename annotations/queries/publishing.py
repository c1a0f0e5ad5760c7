"""Which of a reader's own highlights and notes can be shown to others, or to others no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotations.models import Annotation, Audience
from annotations.queries.notebook import Wanted, own_annotations_wanted
from corpus.models import Event
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Shown:
    """An own highlight or note, with the names of the groups that it is for."""

    annotation: Annotation
    groups: Sequence[str]


def own_to_publish(viewer: Viewer, wanted: Wanted, most: int) -> list[Shown]:
    """Return the own highlights and notes as `wanted`, the latest first, at most `most`.

    Replies are seen by whoever sees what they answer. Groups that the viewer is not in any
    more have no name. Two queries.
    """
    found = own_annotations_wanted(viewer, wanted).filter(parent__isnull=True)
    found = found.select_related("article").prefetch_related("groups")
    return [Shown(one, _names(viewer, one)) for one in found.order_by("-created_at", "id")[:most]]


def published_by(user_id: int | None, press: UUID) -> QuerySet[Event]:
    """Return what tells of the audiences that the account has changed together by `press`."""
    edited = Event.objects.filter(actor_id=user_id, verb="annotation.edited")
    return edited.filter(after__press=str(press))


def _names(viewer: Viewer, one: Annotation) -> list[str]:
    if one.audience != Audience.GROUPS:
        return []
    return sorted(group.name for group in one.groups.all() if group.pk in viewer.group_ids)
