"""Putting a highlight that an edit displaced on the right words, and taking that back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.anchoring import Passage, Target, place
from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation
from annotations.queries.by_hand import ATTACHED, UNDONE
from annotations.services.carrying import set_target
from annotations.services.guards import check_counter, locked, writer_id
from annotations.services.numbering import locked_tally
from annotations.services.telling import tell
from corpus.errors import Invalid
from corpus.models import ArticleVersion, Event
from corpus.permissions import Viewer

_TARGET = ("start", "end", "exact", "prefix", "suffix")
_STORED = ("version", *_TARGET, "anchor_state", "guess_start", "guess_end", "counter")
_State = Annotation.AnchorState


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
        present = _present(annotation)
        stored = locked(viewer, annotation, "reattach")
        check_counter(stored.counter, counter, _words(stored))
        _check_is_lost(stored, present)
        if not passage.exact.strip():
            raise Invalid(_("Choose the words that it belongs to."))
        target = place(present.text, passage, is_same_text=version == present.number)
        if target is None:
            raise TextChanged(present.number)
        before = _told(stored)
        stored.guess_start = stored.guess_end = None
        stored.anchor_state = _State.EXACT
        set_target(stored, present, target)
        return _save(actor, ATTACHED, stored, before)


def undo_reattach(viewer: Viewer, annotation: Annotation) -> Annotation:
    """Put the highlight back where it was before it was last reattached; twice is harmless.

    Raises Invalid when it was changed or the article got another version since then,
    NotAllowed, NotFound.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        present = _present(annotation)
        stored = locked(viewer, annotation, "reattach")
        last = _last_move(stored)
        if last is None or last.verb != ATTACHED:
            return stored
        if last.after != _told(stored) or stored.version_id != present.pk:
            raise Invalid(_("This was changed again since then. Nothing was undone."))
        before = _told(stored)
        former = ArticleVersion.objects.filter(pk=last.before["version_id"]).first()
        if former is None:
            raise NotFound
        set_target(stored, former, Target(**{name: last.before[name] for name in _TARGET}))
        stored.anchor_state = last.before["state"]
        stored.guess_start, stored.guess_end = last.before["guess"]
        return _save(actor, UNDONE, stored, before)


def can_be_undone(annotation: Annotation) -> bool:
    """Say whether it stands where it was last put by hand."""
    last = _last_move(annotation)
    return last is not None and last.verb == ATTACHED and last.after == _told(annotation)


def _present(annotation: Annotation) -> ArticleVersion:
    """Return the current version, no other of which can be made until the transaction ends."""
    version = locked_tally(annotation.article).article.current_version
    if version is None:
        raise NotFound
    return version


def _check_is_lost(stored: Annotation, present: ArticleVersion) -> None:
    if not stored.is_highlight:
        raise Invalid(_("Only a highlight stands on words of the article."))
    if stored.anchor_state != _State.ORPHAN and stored.version_id != present.pk:
        raise Invalid(_("Highlights are being carried over to this version. Try again soon."))
    if stored.anchor_state == _State.EXACT:
        raise Invalid(_("This highlight stands on its own words. Nothing was changed."))


def _save(actor: int, verb: str, stored: Annotation, before: Mapping[str, Any]) -> Annotation:
    stored.counter += 1
    stored.save(update_fields=_STORED)
    tell(actor, verb, stored, before=before, after=_told(stored))
    return stored


def _words(stored: Annotation) -> dict[str, object]:
    return {"exact": stored.exact}


def _told(stored: Annotation) -> dict[str, Any]:
    """Return where `stored` stands as an Event keeps it, enough to put it there again."""
    return {
        "version_id": str(stored.version_id),
        **{name: getattr(stored, name) for name in _TARGET},
        "state": str(stored.anchor_state),
        "guess": [stored.guess_start, stored.guess_end],
    }


def _last_move(stored: Annotation) -> Event | None:
    """Return the last Event that tells of where `stored` stands."""
    events = Event.objects.filter(subject_id=stored.pk, verb__in=(ATTACHED, UNDONE))
    return events.order_by("-id").first()
