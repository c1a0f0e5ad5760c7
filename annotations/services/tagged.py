"""The Event of a claim that was tagged by taggit's own calls.

`annotation.claims.add("…")` and its like pass by the services; the receiver here hears of
them inside their transaction. Whoever made the highlight counts as who did it.
"""

from typing import Any
from uuid import UUID

from django.db.models.signals import m2m_changed

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services.telling import tell


def connect() -> None:
    """Listen to taggit from now on; called once the models are ready."""
    m2m_changed.connect(
        _leave_event, sender=ClaimOccurrence, dispatch_uid="annotations.services.tagged"
    )


def _leave_event(
    *, instance: Annotation, action: str, pk_set: set[UUID] | None, **_signal: Any
) -> None:
    if action == "post_add" and pk_set:
        _tell("annotation.tagged", instance, after={"claims": _names(pk_set)})
    elif action == "pre_remove" and pk_set:
        _tell("annotation.untagged", instance, before={"claims": _names(pk_set)})
    elif action == "pre_clear" and (names := sorted(instance.claims.names())):
        _tell("annotation.untagged", instance, before={"claims": names})


def _tell(verb: str, annotation: Annotation, **states: dict[str, object]) -> None:
    annotation.counter += 1
    annotation.save(update_fields=["counter"])
    tell(annotation.creator_id, verb, annotation, **states)


def _names(claim_ids: set[UUID]) -> list[str]:
    return sorted(Claim.objects.filter(pk__in=claim_ids).values_list("name", flat=True))
