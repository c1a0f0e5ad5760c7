"""Removing a claim that a split made, when the split is taken back and nothing else came to it."""

from django.db.models import Q, QuerySet

from annotations.models import Claim
from corpus.models import Event
from corpus.services.events import record
from corpus.services.indexing import drop_entry

_SAID = ("statement", "definition", "examples", "outcome")
_UNTAGGED = "annotation.untagged"


def remove_if_unused(actor_id: int, claim: Claim, split: Event) -> bool:
    """Remove `claim`, which `split` made and which is locked; say whether it is gone.

    It stays when it stands on a passage or stood on one that can be given back, when somebody
    else follows it, and when anything was said of it.
    """
    if str(claim.pk) != split.after["to"] or _is_used(claim, split):
        return False
    record(
        actor_id,
        "claim.removed",
        claim,
        audience=split.audience,
        before={"name": claim.name, "split": split.pk},
    )
    drop_entry("claims", claim.pk)
    claim.delete()
    return True


def _is_used(claim: Claim, split: Event) -> bool:
    if claim.status != Claim.Status.PROPOSED or any(getattr(claim, name) for name in _SAID):
        return True
    things = (
        claim.occurrences.all(),
        claim.merged.all(),
        claim.follows.exclude(reader_id=split.actor_id),
        Claim.objects.filter(broader=claim),
        _told_since(claim, split),
    )
    return any(rows.exists() for rows in things)


def _told_since(claim: Claim, split: Event) -> QuerySet[Event]:
    """Return what was told of `claim` after `split`, tags of it that ended among it."""
    key = str(claim.pk)
    told = Q(subject_type=claim._meta.label_lower) & (
        Q(subject_id=claim.pk)
        | Q(after__to=key)
        | Q(after__into=key)
        | Q(after__other=key)
        | Q(after__broader=key)
    )
    ended = Q(verb=_UNTAGGED, before__claim_id=key)
    return Event.objects.filter(told | ended, pk__gt=split.pk)
