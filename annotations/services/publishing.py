"""Changing who sees many of one's own highlights and notes at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience
from annotations.queries.publishing import published_by
from annotations.services import annotations
from annotations.services.annotations import Changes
from annotations.services.guards import checked_audience, writer_id
from annotations.services.telling import told_of
from corpus.errors import Invalid, NotFound, Refused
from corpus.models import Event
from corpus.permissions import Viewer

# As many are locked and asked for at once.
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Published:
    """How many are seen by the audience that was asked for, and how many stay as they were."""

    changed: int
    refused: int


def publish(
    viewer: Viewer,
    keys: Collection[UUID],
    audience: str,
    group_ids: frozenset[UUID],
    *,
    press: UUID,
) -> Published:
    """Let `audience` see the own highlights and notes with these keys; their replies follow.

    What would hide from others what they wrote stays as it is, and so does what was changed
    or deleted meanwhile; each of the others is one Event, by which `take_back` finds what
    belongs to `press`. Raises Invalid for none, for too many and for an audience that is not
    the viewer's, SignInNeeded.
    """
    wanted = set(keys)
    if not wanted:
        sentence = _("Choose at least one highlight or note.")
        raise Invalid(sentence, annotations=sentence)
    if len(wanted) > MOST_AT_ONCE:
        sentence = _("At most %(most)d can be changed at once.") % {"most": MOST_AT_ONCE}
        raise Invalid(sentence, annotations=sentence)
    changes = Changes(audience=checked_audience(viewer, audience, group_ids), group_ids=group_ids)
    with transaction.atomic():
        actor = writer_id(viewer)
        own = Annotation.objects.filter(pk__in=wanted, creator_id=actor, parent__isnull=True)
        done = [_change(viewer, one, changes, press) for one in own.order_by("pk")]
    return Published(sum(done), len(wanted) - sum(done))


def take_back(viewer: Viewer, press: UUID) -> Published:
    """Let those see what `press` has changed who saw it before.

    What was changed otherwise since stays as it is, and so does what its former groups cannot
    be given, or what others would lose sight of. Once more, it changes nothing. Raises
    SignInNeeded, and NotFound when the viewer has changed nothing by `press`.
    """
    with transaction.atomic():
        told = {event.subject_id: event for event in published_by(writer_id(viewer), press)}
        if not told:
            raise NotFound
        own = Annotation.objects.filter(pk__in=told).order_by("pk")
        done = [_put_back(viewer, one, told[one.pk]) for one in own]
    return Published(sum(done), len(told) - sum(done))


def _change(viewer: Viewer, one: Annotation, changes: Changes, press: UUID | None = None) -> bool:
    """Say whether `one` is seen by whoever `changes` say now."""
    try:
        annotations.edit(viewer, one, changes, counter=one.counter, press=press)
    except Refused:
        return False
    return True


def _put_back(viewer: Viewer, one: Annotation, told: Event) -> bool:
    """Say whether `one` is seen by whoever saw it before what `told` tells of."""
    now, was = _seen_by(told_of(one)), _seen_by(told.before)
    if now == was:
        return True
    groups = frozenset(UUID(key) for key in was[1])
    return now == _seen_by(told.after) and _change(viewer, one, Changes(None, was[0], groups))


def _seen_by(told: Mapping[str, Any]) -> tuple[str, list[str]]:
    audience = str(told["audience"])
    return audience, list(told.get("groups", ())) if audience == Audience.GROUPS else []
