"""The Events of claims: what was done to them, by whom, and what of it can be undone."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.models import Claim
from corpus.models import Event
from corpus.permissions import Viewer

# One press is one transaction; its Events are not further apart than that.
_ONE_PRESS = timedelta(minutes=5)


def claim_events(viewer: Viewer, claim: Claim) -> QuerySet[Event]:
    """Return what was done to `claim` and to those merged into it, newest first.

    What came in from another claim is in it too. What is for few is shown to who did it.
    """
    keys = [claim.pk, *claim.merged.values_list("pk", flat=True)]
    ends = Q(subject_id__in=keys)
    for name in ("into", "to", "from"):
        ends |= Q(**{f"after__{name}": str(claim.pk)})
    told = Event.objects.filter(_of_claims(), ends, _told_to(viewer))
    return told.select_related("actor__profile").order_by("-id")


def claim_event_or_none(viewer: Viewer, event_id: int) -> Event | None:
    """Return the Event on a claim with this id that `viewer` may know of, or None."""
    return Event.objects.filter(_of_claims(), _told_to(viewer), pk=event_id).first()


def last_event(claim: Claim, verb: str) -> Event | None:
    """Return the last Event of `verb` on `claim` itself, or None."""
    told = Event.objects.filter(_of_claims(), subject_id=claim.pk, verb=verb)
    return told.order_by("-id").first()


def told_by_press(told: Event) -> QuerySet[Event]:
    """Return the Events of the tags that ended in the larger write which `told` tells of."""
    press = told.after.get("press")
    if press is None:
        return Event.objects.none()
    return Event.objects.filter(
        verb="annotation.untagged",
        before__press=press,
        at__range=(told.at - _ONE_PRESS, told.at + _ONE_PRESS),
    )


def is_undone(told: Event, verb: str) -> bool:
    """Say whether an Event of `verb` told that `told` was taken back."""
    return Event.objects.filter(_of_claims(), verb=verb, after__of=told.pk).exists()


def _of_claims() -> Q:
    return Q(subject_type=Claim._meta.label_lower)


def _told_to(viewer: Viewer) -> Q:
    told = Q(audience=Event.Audience.PUBLIC)
    if viewer.is_staff:
        told |= Q(audience=Event.Audience.STAFF)
    if viewer.user_id is not None:
        told |= Q(actor_id=viewer.user_id)
    return told


def claim_ids(told: Event) -> set[UUID]:
    """Return the keys of the claims that `told` names beside its subject."""
    named = [told.after.get(name) for name in ("into", "to", "from", "other")]
    named += [values.get("broader") for values in (told.before, told.after)]
    return {UUID(key) for key in named if key}
