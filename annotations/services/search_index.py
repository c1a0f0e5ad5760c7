"""Keeping notes and claims findable, in the transaction of whatever changed their words.

What a viewer may see is asked when they search, so neither deleting nor hiding nor a new
audience comes through here.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.signals import post_save

from annotations.models import Annotation, Claim, ClaimAlias
from corpus.extensions import EntryText
from corpus.services.indexing import drop_entry, keep_entry

NOTES = "notes"
CLAIMS = "claims"

_PART = 500
_Row = TypeVar("_Row", bound=Model)


def note_entries() -> Iterator[EntryText]:
    """Yield the words of every note and reply."""
    for annotation in _in_parts(Annotation.objects.exclude(note="")):
        yield _note_text(annotation)


def claim_entries() -> Iterator[EntryText]:
    """Yield the words of every claim that was not merged into another."""
    claims = Claim.objects.filter(merged_into__isnull=True).prefetch_related("aliases")
    for claim in _in_parts(claims):
        yield _claim_text(claim)


def connect() -> None:
    """Hear of every note, claim and alias that is stored, however it is."""
    post_save.connect(_note_stored, sender=Annotation, dispatch_uid="search.note")
    post_save.connect(_claim_stored, sender=Claim, dispatch_uid="search.claim")
    post_save.connect(_alias_stored, sender=ClaimAlias, dispatch_uid="search.alias")


def _in_parts(rows: QuerySet[_Row]) -> Iterator[_Row]:
    """Yield `rows` in the order of their keys, read a part at a time.

    A reading left open would keep SQLite from writing once anybody else has written.
    """
    part = list(rows.order_by("pk")[:_PART])
    while part:
        yield from part
        part = list(rows.filter(pk__gt=part[-1].pk).order_by("pk")[:_PART])


def _note_stored(
    instance: Annotation, created: bool, update_fields: Any = None, **_told: Any
) -> None:
    if update_fields is not None and "note" not in update_fields:
        return
    if instance.note:
        keep_entry(NOTES, _note_text(instance))
    elif not created:
        drop_entry(NOTES, instance.pk)


def _claim_stored(instance: Claim, **_told: Any) -> None:
    _keep_claim(instance)
    if instance.merged_into is not None:
        _keep_claim(instance.merged_into)


def _alias_stored(instance: ClaimAlias, **_told: Any) -> None:
    _keep_claim(instance.claim)


def _keep_claim(claim: Claim) -> None:
    if claim.merged_into_id is None:
        keep_entry(CLAIMS, _claim_text(claim))
    else:
        drop_entry(CLAIMS, claim.pk)


def _note_text(annotation: Annotation) -> EntryText:
    return EntryText(annotation.pk, annotation.article_id, body=annotation.note)


def _claim_text(claim: Claim) -> EntryText:
    others = " ".join(alias.name for alias in claim.aliases.all())
    about = f"{others} {claim.statement}"
    return EntryText(claim.pk, None, heading=claim.name, about=about, body=claim.definition)
