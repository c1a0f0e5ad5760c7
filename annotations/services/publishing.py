"""Changing who sees many of one's own highlights and notes at once."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation
from annotations.services import annotations
from annotations.services.annotations import Changes
from annotations.services.guards import checked_audience, writer_id
from corpus.errors import Invalid, Refused
from corpus.permissions import Viewer

# As many are locked and asked for at once.
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Published:
    """How many are seen by the audience that was asked for, and how many stay as they were."""

    changed: int
    refused: int


def publish(
    viewer: Viewer, keys: Collection[UUID], audience: str, group_ids: frozenset[UUID]
) -> Published:
    """Let `audience` see the own highlights and notes with these keys; their replies follow.

    What would hide from others what they wrote stays as it is, and so does what was changed
    or deleted meanwhile; each of the others is one Event. Raises Invalid for none, for too
    many and for an audience that is not the viewer's, SignInNeeded.
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
        done = [_change(viewer, one, changes) for one in own.order_by("pk")]
    return Published(sum(done), len(wanted) - sum(done))


def _change(viewer: Viewer, one: Annotation, changes: Changes) -> bool:
    """Say whether `one` is seen by whoever `changes` say now."""
    try:
        annotations.edit(viewer, one, changes, counter=one.counter)
    except Refused:
        return False
    return True
