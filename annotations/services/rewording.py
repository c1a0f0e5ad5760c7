"""Changing which words a highlight marks, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.anchoring import Passage
from annotations.models import Annotation
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
from corpus.models import ArticleVersion
from corpus.permissions import Viewer

CHANGED, UNDONE = "annotation.words_changed", "annotation.words_change_undone"


def change_words(
    viewer: Viewer, annotation: Annotation, passage: Passage, *, version: int, counter: int
) -> Annotation:
    """Let the highlight mark `passage`, seen in the version of this number; return it as stored.

    Its note, claims, replies and links stay with it. The words that it marks already change
    nothing. Raises Stale with the words stored now when `counter` is not theirs, TextChanged
    when the words do not stand in the current version, Invalid for what is no highlight or has
    lost its words, NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        present = present_version(annotation)
        stored = locked(viewer, annotation, "edit")
        if stored.counter != counter and _is_done(stored, present, passage, version):
            return stored
        check_counter(stored.counter, counter, quote_of(stored))
        check_carried(stored, present)
        if stored.anchor_state == Annotation.AnchorState.ORPHAN:
            raise Invalid(_("The words of this highlight are lost. Attach it to others first."))
        target = target_in(present, passage, seen=version)
        is_exact = stored.anchor_state == Annotation.AnchorState.EXACT
        if is_exact and (target.start, target.end) == (stored.start, stored.end):
            return stored
        return stand_on(actor, CHANGED, stored, present, target)


def undo_change(viewer: Viewer, annotation: Annotation) -> Annotation:
    """Let the highlight mark what it marked before its words were changed; twice is harmless.

    Raises Invalid when it was moved again or the article got another version since then,
    NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        present = present_version(annotation)
        stored = locked(viewer, annotation, "edit")
        return put_back(actor, stored, present, done=CHANGED, undone=UNDONE)


def can_be_undone(annotation: Annotation) -> bool:
    """Say whether it still marks the words that it was last changed to."""
    return stands_as_left(annotation, CHANGED, UNDONE)


def _is_done(stored: Annotation, present: ArticleVersion, passage: Passage, version: int) -> bool:
    """Say whether it marks `passage` already, by a change: the same one was sent again."""
    if stored.version_id != present.pk or not stands_as_left(stored, CHANGED, UNDONE):
        return False
    target = target_in(present, passage, seen=version)
    return (target.start, target.end) == (stored.start, stored.end)
