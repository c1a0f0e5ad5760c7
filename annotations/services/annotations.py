"""Changing, deleting and bringing back annotations; making them is `making`."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.access import rights_of
from annotations.errors import NotFound
from annotations.models import Annotation, Audience
from annotations.permissions import can_delete, can_read, can_restore
from annotations.services.guards import (
    check_counter,
    checked_audience,
    groups_of,
    locked_annotation,
    needed_note,
    writer_id,
)
from annotations.services.making import Draft, Reply, create, reply
from annotations.services.reach import check_reach
from annotations.services.telling import tell, told_of, words_of
from corpus.errors import Invalid, NotAllowed
from corpus.permissions import Viewer

__all__ = [
    "Changes",
    "Draft",
    "Reply",
    "change_audience",
    "create",
    "delete",
    "edit",
    "edit_note",
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
        stored = locked_annotation(viewer, annotation, "edit")
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


def edit_note(viewer: Viewer, annotation: Annotation, note: str, *, counter: int) -> Annotation:
    """Change the words alone; see `edit`."""
    return edit(viewer, annotation, Changes(note=note), counter=counter)


def change_audience(
    viewer: Viewer,
    annotation: Annotation,
    audience: str,
    *,
    counter: int,
    group_ids: frozenset[UUID] = frozenset(),
) -> Annotation:
    """Change who sees it and its replies; see `edit`."""
    changes = Changes(audience=audience, group_ids=group_ids)
    return edit(viewer, annotation, changes, counter=counter)


def delete(viewer: Viewer, annotation: Annotation, *, counter: int | None = None) -> Annotation:
    """Take an annotation out of sight; `restore` brings it back. Twice is harmless.

    Raises Stale with the stored words when `counter` is given and is not theirs.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked_annotation(viewer, annotation, "keep")
        rights = rights_of(viewer, stored)
        if rights.is_deleted and stored.creator_id == actor:
            return stored
        if not can_delete(viewer, rights):
            raise NotAllowed if can_read(viewer, rights) else NotFound
        if counter is not None:
            check_counter(stored.counter, counter, words_of(stored))
        return _set_deleted(actor, stored, is_deleted=True)


def restore(viewer: Viewer, annotation: Annotation) -> Annotation:
    """Bring back what was deleted. Twice is harmless."""
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked_annotation(viewer, annotation, "keep")
        rights = rights_of(viewer, stored)
        if not can_restore(viewer, rights):
            raise NotAllowed
        return _set_deleted(actor, stored, is_deleted=False) if rights.is_deleted else stored


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


def _set_deleted(actor_id: int, stored: Annotation, *, is_deleted: bool) -> Annotation:
    stored.deleted_at = timezone.now() if is_deleted else None
    stored.deleted_by_id = actor_id if is_deleted else None
    stored.counter += 1
    stored.save(update_fields=["deleted_at", "deleted_by", "counter"])
    words = told_of(stored)
    if is_deleted:
        tell(actor_id, "annotation.deleted", stored, before=words)
    else:
        tell(actor_id, "annotation.restored", stored, after=words)
    return stored


def _group_ids(annotation: Annotation) -> frozenset[UUID]:
    return frozenset(annotation.groups.values_list("pk", flat=True))
