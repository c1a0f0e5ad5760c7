"""Leaving the Event of a write on an annotation or a link."""

from collections.abc import Mapping
from typing import Any

from annotations.models import Annotation, Audience, ClaimOccurrence, Link
from corpus.models import Event
from corpus.services.events import record

MADE = ("annotation.created", "annotation.replied")
_NARROWEST_FIRST = (Audience.PRIVATE, Audience.GROUPS, Audience.PUBLIC)


def tell(
    actor_id: int | None,
    verb: str,
    thing: Annotation | Link,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Leave the Event of `verb` on `thing`, for those who may see the thing.

    Where `before` names another audience than the thing has now, the Event is for the
    narrower of the two: it holds the words of both times.
    """
    audiences = {str(thing.audience), str((before or {}).get("audience", thing.audience))}
    record(
        actor_id,
        verb,
        thing,
        audience=min(audiences, key=_NARROWEST_FIRST.index),
        article=thing.articles[0],
        before=before,
        after=after,
    )


def words_of(thing: Annotation | Link) -> dict[str, Any]:
    """Return what its writer may change of `thing`: the words, the audience, the relation."""
    words = {"note": thing.note, "audience": str(thing.audience)}
    return words | {"relation": str(thing.relation)} if isinstance(thing, Link) else words


def told_of(thing: Annotation | Link) -> dict[str, Any]:
    """Return what its writer may change of `thing` as an Event keeps it: with its groups."""
    words = words_of(thing)
    if thing.audience != Audience.GROUPS:
        return words
    return words | {"groups": sorted(str(pk) for pk in thing.groups.values_list("pk", flat=True))}


def made_as(annotation: Annotation) -> dict[str, Any]:
    """Return what `told_of` told of the annotation when it was made, {} if nothing is known."""
    made = Event.objects.filter(subject_id=annotation.pk, verb__in=MADE)
    return dict(made.values_list("after", flat=True).first() or {})


def times_told(annotation: Annotation, verb: str) -> int:
    """Return how many Events of `verb` the annotation has."""
    return Event.objects.filter(subject_id=annotation.pk, verb=verb).count()


def describe(occurrence: ClaimOccurrence) -> dict[str, object]:
    """Return a tagged claim as an Event keeps it; `speaker` is a name or ""."""
    return {
        "claim": occurrence.tag.name,
        "stance": str(occurrence.stance),
        "voice": str(occurrence.voice),
        "voice_basis": str(occurrence.voice_basis),
        "mode": str(occurrence.mode),
        "speaker": occurrence.speaker.name if occurrence.speaker else "",
        "confidence": str(occurrence.confidence),
        "note": occurrence.note,
    }


def whole(occurrence: ClaimOccurrence) -> dict[str, object]:
    """Return a tagged claim as the Event that can bring it back keeps it.

    Beside what `describe` tells, it holds the keys of the rows, the position from 0, and
    when it was tagged, in ISO 8601.
    """
    return describe(occurrence) | {
        "id": str(occurrence.pk),
        "claim_id": str(occurrence.tag_id),
        "speaker_id": str(occurrence.speaker_id) if occurrence.speaker_id else None,
        "position": occurrence.position,
        "tagged_at": occurrence.created_at.isoformat(),
    }
