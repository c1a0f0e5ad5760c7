"""Following a claim, article, collection, agent, group or reader, and ceasing to."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotations.models import Claim, Follow
from annotations.services.guards import writer_id
from corpus.models import Agent, Article, Collection, Event, Group
from corpus.permissions import Viewer
from corpus.services.events import record

Followed = Claim | Article | Collection | Agent | Group | User


def follow(viewer: Viewer, thing: Followed) -> Follow:
    """Let the viewer, who may see `thing`, follow it; the same once more changes nothing.

    Nobody else hears of it. Raises SignInNeeded.
    """
    with transaction.atomic():
        reader = writer_id(viewer)
        made, is_new = Follow.objects.get_or_create(reader_id=reader, **_of(thing))
        if is_new:
            record(reader, "follow.begun", thing, audience=Event.Audience.PRIVATE)
        return made


def unfollow(viewer: Viewer, thing: Followed) -> None:
    """Let the viewer follow `thing` no more; harmless when they do not. Raises SignInNeeded."""
    with transaction.atomic():
        reader = writer_id(viewer)
        followed = Q(**_of(thing))
        if isinstance(thing, Claim):
            # Else the undo of a merge would have them follow what they ceased to.
            followed |= Q(claim__in=thing.merged.all())
        if Follow.objects.filter(followed, reader_id=reader).delete()[0]:
            record(reader, "follow.ended", thing, audience=Event.Audience.PRIVATE)


def look_through(viewer: Viewer, until: datetime) -> int:
    """Keep that the viewer knows what is new in all that they follow up to `until`.

    What came since the list was made stays new, and nothing that was known becomes new.
    Return for how many things that was kept. Raises SignInNeeded.
    """
    with transaction.atomic():
        reader = writer_id(viewer)
        rows = Follow.objects.filter(reader_id=reader, seen_at__lt=min(until, timezone.now()))
        ids = list(rows.select_for_update().values_list("pk", flat=True))
        if ids:
            Follow.objects.filter(pk__in=ids).update(seen_at=min(until, timezone.now()))
            first = Follow.objects.get(pk=ids[0])
            record(
                reader,
                "follow.looked",
                first,
                audience=Event.Audience.PRIVATE,
                after={"things": len(ids), "until": until.isoformat()},
            )
        return len(ids)


def _of(thing: Followed) -> dict[str, Any]:
    return {"person" if isinstance(thing, User) else str(thing._meta.model_name): thing}
