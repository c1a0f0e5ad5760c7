"""Deleting highlights, notes, replies and links, and bringing them back."""

from django.db import transaction

from annotations.access import Contributed, permitted
from annotations.services.guards import check_counter, locked, writer_id
from annotations.services.telling import tell, told_of, words_of
from corpus.permissions import Viewer


def delete(viewer: Viewer, thing: Contributed, *, counter: int | None = None) -> Contributed:
    """Take an annotation or link out of sight; `restore` brings it back. Twice is harmless.

    Raises Stale with what is stored when `counter` is given and `thing` has another,
    NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, thing, "keep")
        if stored.deleted_at is not None and stored.creator_id == actor:
            return stored
        permitted(viewer, stored, "delete")
        if counter is not None:
            check_counter(stored.counter, counter, words_of(stored))
        _save(stored, stored.set_deleted(actor))
        tell(actor, f"{stored._meta.model_name}.deleted", stored, before=told_of(stored))
        return stored


def restore(viewer: Viewer, thing: Contributed) -> Contributed:
    """Bring back an annotation or link that was deleted. Twice is harmless.

    Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, thing, "keep")
        permitted(viewer, stored, "restore")
        if stored.deleted_at is None:
            return stored
        _save(stored, stored.set_restored())
        tell(actor, f"{stored._meta.model_name}.restored", stored, after=told_of(stored))
        return stored


def _save(stored: Contributed, changed: list[str]) -> None:
    stored.counter += 1
    stored.save(update_fields=[*changed, "counter"])
