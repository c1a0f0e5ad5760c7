"""Hiding what breaks the rules of the house, and showing it again."""

from typing import TypeVar

from django.db import transaction

from annotations.models import Annotation, Link, Moderation
from annotations.services.guards import locked_annotation, locked_link, writer_id
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

Thing = TypeVar("Thing", Annotation, Link)


def hide(viewer: Viewer, thing: Thing) -> Thing:
    """Hide an annotation or link from all but its creator and curators. Twice is harmless."""
    return _moderate(viewer, thing, Moderation.DENIED, "hidden")


def show(viewer: Viewer, thing: Thing) -> Thing:
    """Show again what was hidden. Twice is harmless."""
    return _moderate(viewer, thing, Moderation.APPROVED, "shown")


def _moderate(viewer: Viewer, thing: Thing, decision: Moderation, verb: str) -> Thing:
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = _locked(viewer, thing)
        if stored.moderation == decision:
            return stored
        before = {"moderation": str(stored.moderation)}
        stored.moderation = decision
        stored.save(update_fields=["moderation"])
        record(
            actor,
            f"{stored._meta.model_name}.{verb}",
            stored,
            audience=Event.Audience.STAFF,
            article=stored.article if isinstance(stored, Annotation) else stored.from_article,
            before=before,
            after={"moderation": str(decision)},
        )
        return stored


def _locked(viewer: Viewer, thing: Thing) -> Thing:
    if isinstance(thing, Link):
        return locked_link(viewer, thing, "moderate")
    return locked_annotation(viewer, thing, "moderate")
