"""Reacting to what others wrote, and taking that back."""

from django.db import transaction

from annotations.models import Annotation, Reaction
from annotations.services.guards import checked_choice, locked, writer_id
from annotations.services.telling import tell
from corpus.permissions import Viewer


def react(viewer: Viewer, annotation: Annotation, kind: str) -> None:
    """Let the viewer say `kind` of it; twice is harmless. What it is on keeps its counter.

    Raises Invalid for a kind that is none, NotFound, NotAllowed.
    """
    with transaction.atomic():
        actor, stored = _ready(viewer, annotation, kind)
        _one, is_new = Reaction.objects.get_or_create(annotation=stored, reader_id=actor, kind=kind)
        if is_new:
            tell(actor, "reaction.added", stored, after={"kind": kind})


def take_back(viewer: Viewer, annotation: Annotation, kind: str) -> None:
    """Take back that the viewer said `kind` of it; twice is harmless. Raises as `react`."""
    with transaction.atomic():
        actor, stored = _ready(viewer, annotation, kind)
        gone, _of = Reaction.objects.filter(annotation=stored, reader_id=actor, kind=kind).delete()
        if gone:
            tell(actor, "reaction.removed", stored, before={"kind": kind})


def _ready(viewer: Viewer, annotation: Annotation, kind: str) -> tuple[int, Annotation]:
    actor = writer_id(viewer)
    checked_choice(kind, Reaction.Kind.values, "kind")
    return actor, locked(viewer, annotation, "reply")
