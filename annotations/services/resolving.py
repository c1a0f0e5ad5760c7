"""Resolving a thread, and taking it up again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation
from annotations.services.guards import check_counter, locked, writer_id
from annotations.services.telling import tell
from corpus.errors import Invalid
from corpus.permissions import Viewer


def resolve(viewer: Viewer, annotation: Annotation, *, counter: int | None = None) -> Annotation:
    """Put the thread away as settled: all of it stays, folded. Twice is harmless.

    Returns the thread's first annotation as stored. Raises Stale with what is stored when
    `counter` is given and it has another, Invalid for a reply, NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _first_of_thread(viewer, annotation)
        if stored.resolved_at is not None:
            return stored
        _check_seen(stored, counter)
        stored.resolved_at, stored.resolved_by_id = timezone.now(), actor
        return _save(actor, "annotation.resolved", stored)


def reopen(viewer: Viewer, annotation: Annotation, *, counter: int | None = None) -> Annotation:
    """Take up a thread again that was resolved. Twice is harmless; raises as `resolve` does."""
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _first_of_thread(viewer, annotation)
        if stored.resolved_at is None:
            return stored
        _check_seen(stored, counter)
        stored.resolved_at = stored.resolved_by_id = None
        return _save(actor, "annotation.reopened", stored)


def _first_of_thread(viewer: Viewer, annotation: Annotation) -> Annotation:
    stored = locked(viewer, annotation, "resolve")
    if stored.parent_id is not None:
        raise Invalid(_("A reply is resolved with the highlight or note that it answers."))
    return stored


def _check_seen(stored: Annotation, counter: int | None) -> None:
    if counter is not None:
        check_counter(stored.counter, counter, {"note": stored.note, **_told(stored)})


def _save(actor: int, verb: str, stored: Annotation) -> Annotation:
    stored.counter += 1
    stored.save(update_fields=["resolved_at", "resolved_by", "counter"])
    tell(actor, verb, stored, after=_told(stored))
    return stored


def _told(stored: Annotation) -> dict[str, object]:
    return {"resolved": stored.resolved_at is not None}
