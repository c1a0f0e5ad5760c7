"""Hiding what breaks the rules of the house, and showing it again."""

from django.db import transaction

from annotations.access import Contributed
from annotations.models import Annotation, Moderation
from annotations.queries.known_claims import is_open
from annotations.services.guards import locked, writer_id
from annotations.services.quiet_claims import open_what_it_says
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record


def hide(viewer: Viewer, thing: Contributed) -> Contributed:
    """Hide an annotation or link from all but its creator and curators. Twice is harmless."""
    return _moderate(viewer, thing, Moderation.DENIED, "hidden")


def show(viewer: Viewer, thing: Contributed) -> Contributed:
    """Show again what was hidden. Twice is harmless."""
    return _moderate(viewer, thing, Moderation.APPROVED, "shown")


def _moderate(viewer: Viewer, thing: Contributed, decision: Moderation, verb: str) -> Contributed:
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, thing, "moderate")
        if stored.moderation == decision:
            return stored
        before = {"moderation": str(stored.moderation)}
        stored.moderation = decision
        stored.save(update_fields=["moderation"])
        if isinstance(stored, Annotation) and is_open(stored):
            open_what_it_says(stored)
        record(
            actor,
            f"{stored._meta.model_name}.{verb}",
            stored,
            audience=Event.Audience.STAFF,
            article=stored.articles[0],
            before=before,
            after={"moderation": str(decision)},
        )
        return stored
