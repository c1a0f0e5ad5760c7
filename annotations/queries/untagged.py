"""Claims that were taken away from a highlight: what the undo of it needs."""

from django.db.models import Q
from django.http import Http404

from annotations.access import claims_once_at
from annotations.models import Annotation, Claim
from corpus.models import Event


def last_untagging(annotation: Annotation, claim: Claim) -> Event | None:
    """Return the last Event that `claim`, or one merged into it, was taken away; or None.

    Its `before` is what `annotations.services.telling.whole` keeps of the tagged claim.
    """
    known = Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim))
    told = Event.objects.filter(
        subject_type=Annotation._meta.label_lower,
        subject_id=annotation.pk,
        verb="annotation.untagged",
        before__claim_id__in=[str(pk) for pk in known.values_list("pk", flat=True)],
    )
    return told.order_by("-id").first()


def once_tagged_or_404(annotation: Annotation, claim_slug: str) -> Claim:
    """Return the claim that is or was at `claim_slug` and is or was tagged on `annotation`.

    Raises Http404 when it never was.
    """
    claim: Claim | None = Claim.objects.filter(pk__in=claims_once_at(claim_slug)).first()
    if claim is None or not (is_tagged(annotation, claim) or last_untagging(annotation, claim)):
        raise Http404
    return claim


def is_tagged(annotation: Annotation, claim: Claim) -> bool:
    """Say whether `claim` stands on the highlight now."""
    return annotation.occurrences.filter(tag=claim).exists()
