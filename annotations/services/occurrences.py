"""Tagging claims on highlights."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services import claims
from annotations.services.guards import (
    check_counter,
    checked_choice,
    locked_annotation,
    writer_id,
)
from annotations.services.telling import tell
from corpus.errors import Invalid
from corpus.models import Agent
from corpus.permissions import Viewer
from corpus.services import agents


@dataclass(frozen=True)
class Said:
    """What a passage does to a claim, and whose words it is; `speaker` is a name or ""."""

    stance: str = ClaimOccurrence.Stance.SUPPORTS.value
    voice: str = ""
    mode: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class Tagging:
    """A claim, by its label or an alias, and what a passage does to it."""

    claim: str
    stance: str = ClaimOccurrence.Stance.SUPPORTS.value
    voice: str = ""
    mode: str = ""
    speaker: str = ""

    @property
    def said(self) -> Said:
        """Return it without the claim."""
        return Said(self.stance, self.voice, self.mode, self.speaker)


def tag(
    viewer: Viewer, annotation: Annotation, tagging: Tagging, *, counter: int | None = None
) -> ClaimOccurrence:
    """Tag a claim on a highlight of the viewer's own.

    The same once more changes nothing; with another stance, voice, mode or speaker it
    changes that. Raises Invalid for what is not a highlight, Stale when `counter` is given
    and the highlight has another.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, annotation, counter)
        claim = claims.named(actor, tagging.claim, audience=stored.audience)
        known = stored.occurrences.select_related("speaker").filter(tag=claim).first()
        if known is not None:
            return _changed(actor, stored, known, tagging.said)
        last = stored.occurrences.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        occurrence = attach(actor, stored, claim, tagging.said, position=position)
        _touch(stored)
        tell(actor, "annotation.tagged", stored, after=describe(occurrence))
        return occurrence


def edit(
    viewer: Viewer, occurrence: ClaimOccurrence, said: Said, *, counter: int
) -> ClaimOccurrence:
    """Change what the passage does to the claim; `counter` is the highlight's.

    Raises NotFound when the claim was taken away meanwhile, Stale, NotAllowed, Invalid.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, occurrence.content_object, None)
        rows = stored.occurrences.select_related("speaker", "tag")
        known = rows.filter(pk=occurrence.pk).first()
        if known is None:
            raise NotFound
        check_counter(stored.counter, counter, describe(known))
        return _changed(actor, stored, known, said)


def untag(viewer: Viewer, annotation: Annotation, claim: Claim) -> Annotation:
    """Take a claim away from a highlight; harmless when it is not there. Return the highlight."""
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, annotation, None)
        known = stored.occurrences.select_related("speaker", "tag").filter(tag=claim).first()
        if known is None:
            return stored
        before = describe(known)
        known.delete()
        _touch(stored)
        tell(actor, "annotation.untagged", stored, before=before)
        return stored


def attach(
    actor_id: int, annotation: Annotation, claim: Claim, said: Said, *, position: int
) -> ClaimOccurrence:
    """Store the claim at `position` (from 0) of a highlight, as a part of a larger write."""
    values = _values(actor_id, said)
    made: ClaimOccurrence = ClaimOccurrence.objects.create(
        tag=claim,
        content_object=annotation,
        position=position,
        **values,
    )
    return made


def describe(occurrence: ClaimOccurrence) -> dict[str, object]:
    """Return a tagged claim as an Event keeps it."""
    return {"claim": occurrence.tag.name, **asdict(_said(occurrence))}


def _locked_highlight(viewer: Viewer, annotation: Annotation, counter: int | None) -> Annotation:
    stored = locked_annotation(viewer, annotation, "edit")
    if not stored.is_highlight:
        raise Invalid(_("Only a highlight can carry a claim. Mark some words first."))
    if counter is not None:
        check_counter(stored.counter, counter, {"claims": list(stored.claims.names())})
    return stored


def _changed(
    actor_id: int, annotation: Annotation, occurrence: ClaimOccurrence, said: Said
) -> ClaimOccurrence:
    """Store what `said` changes in a tagged claim, and tell of it if that is anything."""
    before = describe(occurrence)
    for name, value in _values(actor_id, said).items():
        setattr(occurrence, name, value)
    after = describe(occurrence)
    if after == before:
        return occurrence
    occurrence.save()
    _touch(annotation)
    tell(actor_id, "annotation.retagged", annotation, before=before, after=after)
    return occurrence


def _values(actor_id: int, said: Said) -> dict[str, Any]:
    return {
        "stance": checked_choice(said.stance, ClaimOccurrence.Stance.values, "stance"),
        "voice": checked_choice(said.voice, ClaimOccurrence.Voice.values, "voice"),
        "mode": checked_choice(said.mode, ClaimOccurrence.Mode.values, "mode"),
        "speaker": _speaker(actor_id, said.speaker),
    }


def _speaker(actor_id: int, name: str) -> Agent | None:
    return agents.named(actor_id, name) if name.strip() else None


def _said(occurrence: ClaimOccurrence) -> Said:
    speaker = occurrence.speaker.name if occurrence.speaker else ""
    return Said(str(occurrence.stance), str(occurrence.voice), str(occurrence.mode), speaker)


def _touch(annotation: Annotation) -> None:
    annotation.counter += 1
    annotation.save(update_fields=["counter"])
