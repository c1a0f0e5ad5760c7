"""Tagging claims on highlights, taking them away and bringing them back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.queries.known_claims import reach_of
from annotations.queries.untagged import is_tagged, last_untagging
from annotations.quoting import is_quoted
from annotations.services import claims
from annotations.services.guards import (
    check_counter,
    checked_choice,
    clean_note,
    locked,
    writer_id,
)
from annotations.services.speakers import speaker_called, speaker_then
from annotations.services.telling import describe, tell, whole
from corpus.errors import Invalid
from corpus.permissions import Viewer
from corpus.text.blocks import BLOCK_SEPARATOR

MAX_REASON = 2_000
"""The most characters of a note on why a passage was tagged with a claim."""

_GUESSED = ClaimOccurrence.VoiceBasis.GUESSED


@dataclass(frozen=True)
class Said:
    """What a passage does to a claim, whose words it is, and how sure its reader is.

    `speaker` is a name or ""; `note` says why it was tagged so. Of a guess nobody has yet
    confirmed the voice.
    """

    stance: str = ClaimOccurrence.Stance.SUPPORTS.value
    voice: str = ""
    mode: str = ""
    speaker: str = ""
    confidence: str = ""
    note: str = ""
    is_guess: bool = False


@dataclass(frozen=True)
class Tagging:
    """A claim, by its label or an alias, and what a passage does to it.

    What is "" says nothing: it stays as it is when the claim is tagged already, and the
    stance of a new one is that it supports.
    """

    claim: str
    stance: str = ""
    voice: str = ""
    mode: str = ""
    speaker: str = ""
    confidence: str = ""
    note: str = ""

    @property
    def said(self) -> Said:
        """Return it without the claim, for one that is not tagged yet."""
        stance = self.stance or ClaimOccurrence.Stance.SUPPORTS.value
        return Said(stance, self.voice, self.mode, self.speaker, self.confidence, self.note)


def said_of(occurrence: ClaimOccurrence) -> Said:
    """Return what is stored of a tagged claim; a guess at the voice stays one."""
    return Said(
        stance=str(occurrence.stance),
        voice=str(occurrence.voice),
        mode=str(occurrence.mode),
        speaker=occurrence.speaker.name if occurrence.speaker else "",
        confidence=str(occurrence.confidence),
        note=occurrence.note,
        is_guess=occurrence.voice_basis == _GUESSED,
    )


def tag(
    viewer: Viewer, annotation: Annotation, tagging: Tagging, *, counter: int | None = None
) -> ClaimOccurrence:
    """Tag a claim on a highlight of the viewer's own.

    The same once more changes nothing; with another stance, voice, mode or speaker it
    changes that alone. Raises Invalid for what is not a highlight, Stale when `counter` is given
    and the highlight has another.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, annotation, counter)
        claim = claims.named(actor, tagging.claim, audience=reach_of(stored))
        known = stored.occurrences.select_related("speaker").filter(tag=claim).first()
        if known is not None:
            return _changed(actor, stored, known, _said_again(known, tagging))
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


def untag(
    viewer: Viewer, annotation: Annotation, claim: Claim, *, counter: int | None = None
) -> Annotation:
    """Take a claim away from a highlight; harmless when it is not there. Return the highlight.

    `restore` brings it back. Raises Stale when `counter` is given and the highlight has another.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, annotation, None)
        known = stored.occurrences.select_related("speaker", "tag").filter(tag=claim).first()
        if known is None:
            return stored
        if counter is not None:
            check_counter(stored.counter, counter, describe(known))
        before = whole(known)
        known.delete()
        _touch(stored)
        tell(actor, "annotation.untagged", stored, before=before)
        return stored


def restore(viewer: Viewer, annotation: Annotation, claim: Claim) -> Annotation:
    """Tag a claim just as it was when `untag` took it away; harmless when it is tagged.

    Return the highlight. Raises NotFound when the claim was never taken away from it.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked_highlight(viewer, annotation, None)
        claim = Claim.objects.standing(claim)
        if is_tagged(stored, claim):
            return stored
        untagging = last_untagging(stored, claim)
        if untagging is None:
            raise NotFound
        occurrence = as_it_was(stored, claim, untagging.before)
        _touch(stored)
        tell(actor, "annotation.tagged", stored, after=describe(occurrence))
        return stored


def attach(
    actor_id: int, annotation: Annotation, claim: Claim, said: Said, *, position: int
) -> ClaimOccurrence:
    """Store the claim at `position` (from 0) of a highlight, as a part of a larger write.

    Where nothing is said of the voice, quotation marks round the words are taken for a sign.
    """
    if not said.voice and _stands_quoted(annotation):
        said = replace(said, voice=ClaimOccurrence.Voice.QUOTED.value, is_guess=True)
    values = _values(actor_id, annotation, said)
    made: ClaimOccurrence = ClaimOccurrence.objects.create(
        tag=claim,
        content_object=annotation,
        position=position,
        **values,
    )
    return made


def as_it_was(annotation: Annotation, claim: Claim, kept: Mapping[str, Any]) -> ClaimOccurrence:
    """Store the claim from what `whole` kept of it, under its former key and time.

    It is a part of a larger write, which tells of it.
    """
    made: ClaimOccurrence = ClaimOccurrence.objects.create(
        id=kept["id"],
        tag=claim,
        content_object=annotation,
        speaker=speaker_then(annotation, kept),
        **{name: kept[name] for name in ("position", "stance", "voice", "mode")},
        **_basis_of(kept["voice"], is_guess=kept.get("voice_basis") == _GUESSED),
        # Events from before these could be said do not hold them.
        **{name: kept.get(name, "") for name in ("confidence", "note")},
    )
    # A new row takes the present time by itself; the old one tells where it stood.
    made.created_at = datetime.fromisoformat(kept["tagged_at"])
    made.save(update_fields=["created_at"])
    return made


def _locked_highlight(viewer: Viewer, annotation: Annotation, counter: int | None) -> Annotation:
    stored = locked(viewer, annotation, "edit")
    if not stored.is_highlight:
        raise Invalid(_("Only a highlight can carry a claim. Mark some words first."))
    if counter is not None:
        check_counter(stored.counter, counter, {"claims": list(stored.claims.names())})
    return stored


def _said_again(known: ClaimOccurrence, tagging: Tagging) -> Said:
    """Return what `tagging` says of a claim that is tagged already, the rest as it is."""
    said = said_of(known)
    return Said(
        stance=tagging.stance or said.stance,
        voice=tagging.voice or said.voice,
        mode=tagging.mode or said.mode,
        speaker=tagging.speaker.strip() or said.speaker,
        confidence=tagging.confidence or said.confidence,
        note=tagging.note.strip() or said.note,
        is_guess=not tagging.voice and said.is_guess,
    )


def _changed(
    actor_id: int, annotation: Annotation, occurrence: ClaimOccurrence, said: Said
) -> ClaimOccurrence:
    """Store what `said` changes in a tagged claim, and tell of it if that is anything."""
    before = describe(occurrence)
    for name, value in _values(actor_id, annotation, said).items():
        setattr(occurrence, name, value)
    after = describe(occurrence)
    if after == before:
        return occurrence
    occurrence.save()
    _touch(annotation)
    tell(actor_id, "annotation.retagged", annotation, before=before, after=after)
    return occurrence


def _values(actor_id: int, annotation: Annotation, said: Said) -> dict[str, Any]:
    name = said.speaker
    return {
        "stance": checked_choice(said.stance, ClaimOccurrence.Stance.values, "stance"),
        "voice": checked_choice(said.voice, ClaimOccurrence.Voice.values, "voice"),
        **_basis_of(said.voice, is_guess=said.is_guess),
        "mode": checked_choice(said.mode, ClaimOccurrence.Mode.values, "mode"),
        "confidence": checked_choice(
            said.confidence, ClaimOccurrence.Confidence.values, "confidence"
        ),
        "note": clean_note(said.note, limit=MAX_REASON),
        # Who may know of the highlight may know who named the speaker in it, and nobody else.
        "speaker": speaker_called(actor_id, annotation, name) if name.strip() else None,
    }


def _basis_of(voice: str, *, is_guess: bool) -> dict[str, str]:
    """Return how a voice is known: a person chose it, or the quotation marks speak for it."""
    known = _GUESSED if is_guess else ClaimOccurrence.VoiceBasis.CONFIRMED
    return {"voice_basis": (known if voice else ClaimOccurrence.VoiceBasis.NONE).value}


def _stands_quoted(annotation: Annotation) -> bool:
    """Say whether the marked words stand inside a quotation of their paragraph."""
    if annotation.version is None or annotation.start is None or annotation.end is None:
        return False
    text = annotation.version.text
    begins = text.rfind(BLOCK_SEPARATOR, 0, annotation.start)
    begins = 0 if begins < 0 else begins + len(BLOCK_SEPARATOR)
    ends = text.find(BLOCK_SEPARATOR, annotation.start)
    paragraph = text[begins : None if ends < 0 else ends]
    start, end = annotation.start - begins, annotation.end - begins
    return end <= len(paragraph) and is_quoted(paragraph, start, end)


def _touch(annotation: Annotation) -> None:
    annotation.counter += 1
    annotation.save(update_fields=["counter"])
