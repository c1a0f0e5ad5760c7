"""The Events of claims that were tagged by taggit's own calls.

`annotation.claims.add("…")` and its like pass by the services; the receivers here hear of
them inside their transaction. Whoever made the highlight counts as who did it.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext as _

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.models.tagging import claim_named
from annotations.queries.known_claims import reach_of
from annotations.services import claims
from annotations.services.telling import describe, tell
from corpus.errors import Invalid


def connect() -> None:
    """Listen to taggit from now on; called once the models are ready."""
    uid = "annotations.services.tagged"
    m2m_changed.connect(_leave_event, sender=ClaimOccurrence, dispatch_uid=uid)
    claim_named.connect(_named, dispatch_uid=uid)


def _named(*, instance: Annotation, label: str, **_signal: Any) -> Claim:
    highlight = _locked(instance)
    return claims.named(highlight.creator_id, label, audience=reach_of(highlight))


def _leave_event(
    *, instance: Annotation, action: str, pk_set: set[UUID] | None, **_signal: Any
) -> None:
    """Check and lock before the first row is stored, tell after the last, or before they go.

    Raises Invalid for what is not a highlight.
    """
    match action:
        case "pre_add" if not _locked(instance).is_highlight:
            raise Invalid(_("Only a highlight can carry a claim. Mark some words first."))
        case "post_add":
            _tell("annotation.tagged", instance, "after", _said(instance, pk_set))
        case "pre_remove":
            _tell("annotation.untagged", instance, "before", _said(instance, pk_set))
        case "pre_clear":
            _tell("annotation.untagged", instance, "before", instance.occurrences.all())


def _tell(
    verb: str, instance: Annotation, time: str, occurrences: QuerySet[ClaimOccurrence]
) -> None:
    """Count the highlight up, as it is stored now, and tell what is said `time` the change."""
    stored = _locked(instance)
    rows = occurrences.select_related("tag", "speaker").order_by("position", "tag__name")
    said = [describe(row) for row in rows]
    if not said:
        return
    stored.counter += 1
    stored.save(update_fields=["counter"])
    instance.counter = stored.counter
    tell(stored.creator_id, verb, stored, **{time: {"claims": said}})


def _said(annotation: Annotation, claim_ids: set[UUID] | None) -> QuerySet[ClaimOccurrence]:
    return annotation.occurrences.filter(tag__in=claim_ids or ())


def _locked(annotation: Annotation) -> Annotation:
    rows = Annotation.objects.select_related("article").select_for_update(of=("self",))
    return rows.get(pk=annotation.pk)
