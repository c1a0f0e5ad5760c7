"""Following a claim, article, collection or agent, and ceasing to."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from annotations.models import Claim, Follow
from annotations.services.guards import writer_id
from corpus.models import Agent, Article, Collection, Event
from corpus.permissions import Viewer
from corpus.services.events import record

Followed = Claim | Article | Collection | Agent


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


def _of(thing: Followed) -> dict[str, Any]:
    return {str(thing._meta.model_name): thing}
