"""Putting a highlight that an edit displaced on the right words, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.anchoring import Passage
from annotations.models import Annotation
from annotations.queries.by_hand import ATTACHED, UNDONE
from annotations.services.guards import check_counter, locked, writer_id
from annotations.services.standing import (
    check_carried,
    present_version,
    put_back,
    quote_of,
    stand_on,
    stands_as_left,
    target_in,
)
from corpus.errors import Invalid
from corpus.permissions import Viewer


def reattach(
    viewer: Viewer, annotation: Annotation, passage: Passage, *, version: int, counter: int
) -> Annotation:
    """Put the highlight on `passage`, seen in the version of this number; return it as stored.

    Its words are those from now on: the state is exact. Raises TextChanged when the words do
    not stand in the current version, Stale, Invalid for what is no highlight or stands where
    its words went unchanged, NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        present = present_version(annotation)
        stored = locked(viewer, annotation, "reattach")
        check_counter(stored.counter, counter, quote_of(stored))
        check_carried(stored, present)
        if stored.anchor_state == Annotation.AnchorState.EXACT:
            raise Invalid(_("This highlight stands on its own words. Nothing was changed."))
        return stand_on(actor, ATTACHED, stored, present, target_in(present, passage, seen=version))


def undo_reattach(viewer: Viewer, annotation: Annotation) -> Annotation:
    """Put the highlight back where it was before it was last reattached; twice is harmless.

    Raises Invalid when it was changed or the article got another version since then,
    NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        present = present_version(annotation)
        stored = locked(viewer, annotation, "reattach")
        return put_back(actor, stored, present, done=ATTACHED, undone=UNDONE)


def can_be_undone(annotation: Annotation) -> bool:
    """Say whether it stands where it was last put by hand."""
    return stands_as_left(annotation, ATTACHED, UNDONE)
