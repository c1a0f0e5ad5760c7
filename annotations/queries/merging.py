"""What becomes of everything that hangs on a claim when it is merged into another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.access import visible_claims, visible_occurrences
from annotations.consistency import MUTUAL, NARROWER, Said, clash
from annotations.models import Claim, ClaimAlias, ClaimOccurrence, ClaimRelation, Follow
from annotations.queries.claim_relations import said_of_claims
from annotations.queries.known_claims import is_name_private
from annotations.queries.quiet_claims import known_to
from corpus.permissions import Viewer

# So many highlights that carry both claims are listed before the page only counts them.
MOST_LISTED = 30


@dataclass
class Plan:
    """Where what hangs on the claim that goes will hang, by keys.

    `above` is the place of the claim that stays. Claims below the one that goes come below
    the other (`below`), or stand free where that cannot be (`freed`). Its relations become
    those of the other (`carried`), or end where they cannot hold there (`ended`).
    """

    above: UUID | None
    below: list[UUID] = field(default_factory=list)
    freed: list[UUID] = field(default_factory=list)
    carried: list[tuple[ClaimRelation, Said]] = field(default_factory=list)
    ended: list[ClaimRelation] = field(default_factory=list)


@dataclass(frozen=True)
class Doubled:
    """A highlight that carries both claims: `goes` is its tag that ends, `stays` the other."""

    goes: ClaimOccurrence
    stays: ClaimOccurrence


@dataclass(frozen=True)
class Preview:
    """What a merge will move, as one curator may see it.

    Where `is_name_private`, the names become aliases only if the curator asks for it.
    """

    moving: int
    doubled: list[Doubled]
    doubled_count: int
    names: list[str]
    is_name_private: bool
    below: list[Claim]
    freed: list[Claim]
    carried: list[ClaimRelation]
    ended: list[ClaimRelation]
    followers: int


def plan_of_merge(gone: Claim, kept: Claim) -> Plan:
    """Return what hangs where once `gone` is merged into `kept`."""
    said = said_of_claims()
    places = {one.first: one.second for one in said if one.kind == NARROWER}
    plan = Plan(above=kept.broader_id)
    if gone.pk in _chain(kept.pk, places):
        plan.above = gone.broader_id
    ends = {gone.pk, kept.pk}
    known = [
        one
        for one in said
        if gone.pk not in {one.first, one.second} and (one.kind, one.first) != (NARROWER, kept.pk)
    ]
    if plan.above is not None:
        known.append(Said(kept.pk, NARROWER, plan.above))
    below = [one.first for one in said if one.kind == NARROWER and one.second == gone.pk]
    for pk in below:
        if pk in ends:
            continue
        new = Said(pk, NARROWER, kept.pk)
        fits = clash(new, known) is None
        (plan.below if fits else plan.freed).append(pk)
        known += [new] if fits else []
    _carry(plan, gone, kept, known)
    return plan


def preview_of_merge(viewer: Viewer, gone: Claim, kept: Claim) -> Preview:
    """Return what merging `gone` into `kept` will do, in what `viewer` may see."""
    plan = plan_of_merge(gone, kept)
    tagged = visible_occurrences(viewer).filter(tag=gone)
    both = doubled_in(tagged, kept)
    named = ClaimAlias.objects.filter(claim=gone).values_list("name", flat=True)
    claims = Claim.objects.in_bulk([*plan.below, *plan.freed])
    ended = {row.pk for row in plan.ended}
    rows = ClaimRelation.objects.filter(Q(from_claim=gone) | Q(to_claim=gone))
    related = list(rows.select_related("from_claim", "to_claim").order_by("kind", "created_at"))
    count = both.count()
    return Preview(
        moving=tagged.count() - count,
        doubled=_pairs(both, kept),
        doubled_count=count,
        names=[gone.name, *named],
        is_name_private=is_name_private(viewer, gone),
        below=[claims[pk] for pk in plan.below],
        freed=[claims[pk] for pk in plan.freed],
        carried=[row for row in related if row.pk not in ended],
        ended=[row for row in related if row.pk in ended],
        followers=Follow.objects.filter(claim=gone).count(),
    )


def doubled_in(tagged: QuerySet[ClaimOccurrence], other: Claim) -> QuerySet[ClaimOccurrence]:
    """Return those of `tagged` whose highlight carries `other` as well."""
    return tagged.filter(content_object__in=other.occurrences.values("content_object"))


def mergeable_or_none(viewer: Viewer, label: str) -> Claim | None:
    """Return the claim called `label` that `viewer` may merge another into, None for none."""
    claim = Claim.objects.find(label, known_to(viewer)) if label.strip() else None
    return claim if claim and visible_claims(viewer).filter(pk=claim.pk).exists() else None


def _carry(plan: Plan, gone: Claim, kept: Claim, known: list[Said]) -> None:
    rows = ClaimRelation.objects.filter(Q(from_claim=gone) | Q(to_claim=gone))
    for row in rows.order_by("kind", "created_at", "id"):
        first, second = (
            kept.pk if pk == gone.pk else pk for pk in (row.from_claim_id, row.to_claim_id)
        )
        new = said_in_order(first, row.kind, second)
        if new in known or clash(new, known) is not None:
            plan.ended.append(row)
        else:
            plan.carried.append((row, new))
            known.append(new)


def said_in_order(first: UUID, kind: str, second: UUID) -> Said:
    """Return the relation as its row is stored: of a mutual one the lower key first."""
    if kind in MUTUAL and second < first:
        first, second = second, first
    return Said(first, kind, second)


def _chain(pk: UUID, places: Mapping[UUID, UUID]) -> list[UUID]:
    chain: list[UUID] = [pk]
    while (wider := places.get(chain[-1])) is not None and wider not in chain:
        chain.append(wider)
    return chain


def _pairs(both: QuerySet[ClaimOccurrence], kept: Claim) -> list[Doubled]:
    first = both.select_related("content_object__article", "speaker").order_by("created_at", "id")
    rows = list(first[:MOST_LISTED])
    others = kept.occurrences.filter(content_object__in=[row.content_object_id for row in rows])
    stays = {row.content_object_id: row for row in others.select_related("speaker")}
    return [Doubled(row, stays[row.content_object_id]) for row in rows]
