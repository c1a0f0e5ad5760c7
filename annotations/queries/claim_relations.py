"""What claims are said to do to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from annotations.access import visible_claims
from annotations.consistency import MUTUAL, NARROWER, Said
from annotations.models import Claim, ClaimAlias, ClaimRelation
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Related:
    """That a claim does `kind` to `other`, or, from the other end, has it done to itself.

    `kind` is one of ClaimRelation, or "narrower"; `relation` is the row to take away, None
    for the place in the codebook.
    """

    kind: str
    other: Claim
    is_from_here: bool
    relation: UUID | None = None


def said_of_claims() -> list[Said]:
    """Return all that claims are said to do to each other, by their keys."""
    rows = ClaimRelation.objects.order_by().values_list("from_claim_id", "kind", "to_claim_id")
    below = Claim.objects.filter(broader__isnull=False, merged_into__isnull=True).order_by()
    places = below.values_list("id", "broader_id")
    return [
        *(Said(first, kind, second) for first, kind, second in rows),
        *(Said(first, NARROWER, second) for first, second in places),
    ]


def related_claims(viewer: Viewer, claim: Claim) -> list[Related]:
    """Return what `claim` is said to do to others and they to it, those that `viewer` may know.

    The broader claim comes first, then the narrower ones by name, then the rest by kind.
    """
    ends = Q(from_claim=claim) | Q(to_claim=claim)
    rows = list(ClaimRelation.objects.filter(ends).order_by("kind", "created_at", "id"))
    others = {
        row.to_claim_id if row.from_claim_id == claim.pk else row.from_claim_id for row in rows
    }
    known = visible_claims(viewer).in_bulk({*others, *_ids(claim.broader_id)})
    related = [Related(NARROWER, known[pk], True) for pk in _ids(claim.broader_id) if pk in known]
    narrower = visible_claims(viewer).filter(broader=claim).order_by("folded")
    related += [Related(NARROWER, below, False) for below in narrower]
    for row in rows:
        is_from_here = row.from_claim_id == claim.pk
        other = known.get(row.to_claim_id if is_from_here else row.from_claim_id)
        if other is not None:
            related.append(Related(row.kind, other, is_from_here or row.kind in MUTUAL, row.pk))
    return related


def relation_or_404(claim: Claim, relation_id: UUID) -> ClaimRelation:
    """Return what `claim` is said to do to another or the other to it; raises Http404 for none."""
    ends = Q(from_claim=claim) | Q(to_claim=claim)
    return get_object_or_404(ClaimRelation.objects.filter(ends), pk=relation_id)


def alias_or_404(claim: Claim, alias_id: UUID) -> ClaimAlias:
    """Return the further name of `claim`; raises Http404 when it has none such."""
    return get_object_or_404(ClaimAlias.objects.filter(claim=claim), pk=alias_id)


def _ids(key: UUID | None) -> Iterable[UUID]:
    return () if key is None else (key,)
