"""Where a highlight stands: on which words, what an Event keeps of that, and going back to it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotations.anchoring import MAX_QUOTE, Passage, Target, place
from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation
from annotations.services.carrying import set_target
from annotations.services.numbering import locked_tally
from annotations.services.telling import tell
from corpus.errors import Invalid
from corpus.models import ArticleVersion, Event

TARGET = ("start", "end", "exact", "prefix", "suffix")
_STORED = ("version", *TARGET, "anchor_state", "guess_start", "guess_end", "counter")


def present_version(annotation: Annotation) -> ArticleVersion:
    """Return the current version, no other of which can be made until the transaction ends."""
    version = locked_tally(annotation.article).article.current_version
    if version is None:
        raise NotFound
    return version


def target_in(version: ArticleVersion, passage: Passage, *, seen: int | None) -> Target:
    """Return where `passage`, marked in the version numbered `seen`, stands in `version`.

    Raises Invalid for too many or too few words, TextChanged when they do not stand there.
    """
    if not 1 <= len(passage.exact) <= MAX_QUOTE:
        sentence = _("Mark between 1 and %(limit)d characters.") % {"limit": MAX_QUOTE}
        raise Invalid(sentence, exact=sentence)
    if not passage.exact.strip():
        raise Invalid(_("Mark some words; white space alone cannot be marked."))
    target = place(version.text, passage, is_same_text=seen == version.number)
    if target is None:
        raise TextChanged(version.number)
    return target


def check_carried(stored: Annotation, present: ArticleVersion) -> None:
    """Raise Invalid for what is no highlight, or is still looked for in the `present` text."""
    if not stored.is_highlight:
        raise Invalid(_("Only a highlight stands on words of the article."))
    is_orphan = stored.anchor_state == Annotation.AnchorState.ORPHAN
    if not is_orphan and stored.version_id != present.pk:
        raise Invalid(_("Highlights are being carried over to this version. Try again soon."))


def stand_on(
    actor: int, verb: str, stored: Annotation, present: ArticleVersion, target: Target
) -> Annotation:
    """Put `stored`, locked, on the words at `target`, which are its own from now on."""
    before = _told(stored)
    stored.guess_start = stored.guess_end = None
    stored.anchor_state = Annotation.AnchorState.EXACT
    set_target(stored, present, target)
    return _save(actor, verb, stored, before)


def stands_as_left(stored: Annotation, done: str, undone: str) -> bool:
    """Say whether it stands where the last Event `done` put it, which `undone` did not undo."""
    last = _last_move(stored, done, undone)
    return last is not None and last.verb == done and last.after == _told(stored)


def put_back(
    actor: int, stored: Annotation, present: ArticleVersion, *, done: str, undone: str
) -> Annotation:
    """Put `stored`, locked, where it was before the last Event `done`; twice is harmless.

    Raises Invalid when it was moved again, or the article got another version, since then.
    """
    last = _last_move(stored, done, undone)
    if last is None or last.verb != done:
        return stored
    if last.after != _told(stored) or stored.version_id != present.pk:
        raise Invalid(_("This was changed again since then. Nothing was undone."))
    before = _told(stored)
    former = ArticleVersion.objects.filter(pk=last.before["version_id"]).first()
    if former is None:
        raise NotFound
    set_target(stored, former, Target(**{name: last.before[name] for name in TARGET}))
    stored.anchor_state = last.before["state"]
    stored.guess_start, stored.guess_end = last.before["guess"]
    return _save(actor, undone, stored, before)


def quote_of(stored: Annotation) -> dict[str, object]:
    """Return what a writer with a stale counter is told that stands there."""
    return {"exact": stored.exact}


def _save(actor: int, verb: str, stored: Annotation, before: Mapping[str, Any]) -> Annotation:
    stored.counter += 1
    stored.save(update_fields=_STORED)
    tell(actor, verb, stored, before=before, after=_told(stored))
    return stored


def _told(stored: Annotation) -> dict[str, Any]:
    """Return where `stored` stands as an Event keeps it, enough to put it there again."""
    return {
        "version_id": str(stored.version_id),
        **{name: getattr(stored, name) for name in TARGET},
        "state": str(stored.anchor_state),
        "guess": [stored.guess_start, stored.guess_end],
    }


def _last_move(stored: Annotation, *verbs: str) -> Event | None:
    """Return the last Event of one of `verbs` on `stored`."""
    events = Event.objects.filter(subject_id=stored.pk, verb__in=verbs)
    return events.order_by("-id").first()
