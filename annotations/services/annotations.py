"""Changing annotations; making them is `making`, deleting and restoring them `deletion`."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience
from annotations.services.deletion import delete, restore
from annotations.services.guards import (
    check_counter,
    checked_audience,
    groups_of,
    locked,
    needed_note,
    writer_id,
)
from annotations.services.making import Draft, Reply, create, reply
from annotations.services.reach import check_reach
from annotations.services.telling import tell, told_of, words_of
from corpus.errors import Invalid
from corpus.permissions import Viewer

__all__ = [
    "Changes",
    "Draft",
    "Reply",
    "create",
    "delete",
    "edit",
    "reply",
    "restore",
]


@dataclass(frozen=True)
class Changes:
    """New values of an annotation; None leaves the value as it is."""

    note: str | None = None
    audience: str | None = None
    group_ids: frozenset[UUID] = frozenset()


def edit(viewer: Viewer, annotation: Annotation, changes: Changes, *, counter: int) -> Annotation:
    """Change the words or the audience; return the annotation as stored.

    Replies go along with a new audience, which is refused when it would hide what others
    wrote from themselves. Raises Stale with the stored words when `counter` is not theirs.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, annotation, "edit")
        check_counter(stored.counter, counter, words_of(stored))
        before, had_groups = told_of(stored), _group_ids(stored)
        if changes.note is not None:
            stored.note = needed_note(changes.note, is_needed=not stored.is_highlight)
        if changes.audience is not None and (changes.audience, changes.group_ids) != (
            stored.audience,
            had_groups,
        ):
            _change_audience(viewer, stored, changes)
        if told_of(stored) == before:
            return stored
        stored.counter += 1
        stored.edited_at = timezone.now()
        stored.save(update_fields=["note", "audience", "counter", "edited_at"])
        tell(actor, "annotation.edited", stored, before=before, after=told_of(stored))
        return stored


def _change_audience(viewer: Viewer, stored: Annotation, changes: Changes) -> None:
    """Set the audience and the groups of `stored` and its replies."""
    if stored.parent is not None:
        sentence = _("A reply is seen by whoever sees what it answers.")
        raise Invalid(sentence, audience=sentence)
    audience = checked_audience(viewer, changes.audience or "", changes.group_ids)
    groups = changes.group_ids if audience == Audience.GROUPS else frozenset()
    check_reach(stored, audience, groups)
    stored.audience = audience
    stored.groups.set(groups_of(groups))
    for answer in stored.replies.all():
        answer.audience = audience
        answer.save(update_fields=["audience"])
        answer.groups.set(groups_of(groups))


def _group_ids(annotation: Annotation) -> frozenset[UUID]:
    return frozenset(annotation.groups.values_list("pk", flat=True))
