"""What a note or a reply said before it was edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.models import Annotation, Audience
from corpus.models import Event
from corpus.permissions import Viewer

_MADE = ("annotation.created", "annotation.replied")
_EDITED = ("annotation.edited", "annotation.sent_again")


@dataclass(frozen=True)
class Wording:
    """What a note said from one moment until another."""

    note: str
    since: datetime
    until: datetime


def earlier_wordings(viewer: Viewer, annotation: Annotation) -> list[Wording]:
    """Return what `annotation`, which `viewer` sees, said before, the latest first.

    Only words that stood there once for an audience with the viewer in it; its writer gets all.
    """
    events = Event.objects.filter(subject_id=annotation.pk, verb__in=(*_MADE, *_EDITED))
    found: list[Wording] = []
    since, is_seen = annotation.created_at, False
    for event in events.order_by("pk"):
        if event.verb in _MADE:
            is_seen = _is_for(viewer, annotation, event.after)
            continue
        is_seen = is_seen or _is_for(viewer, annotation, event.before)
        if event.before.get("note") == event.after.get("note"):
            is_seen = is_seen or _is_for(viewer, annotation, event.after)
            continue
        if is_seen and event.before.get("note"):
            found.append(Wording(event.before["note"], since, event.at))
        since, is_seen = event.at, _is_for(viewer, annotation, event.after)
    return found[::-1]


def _is_for(viewer: Viewer, annotation: Annotation, told: Mapping[str, Any]) -> bool:
    """Say whether `viewer` was among those who could see a state of `annotation`."""
    if annotation.creator_id == viewer.user_id or told.get("audience") == Audience.PUBLIC:
        return True
    groups = {str(key) for key in viewer.group_ids}
    return told.get("audience") == Audience.GROUPS and not groups.isdisjoint(told.get("groups", ()))
