"""All that the page of a claim shows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from annotations.models import Claim, ClaimOccurrence
from annotations.permissions import can_describe_claim
from annotations.queries.claims import Counts, counts_of, first_mark
from annotations.queries.passages import Column, column, columns
from annotations.queries.timeline import time_line_of
from annotations.timeline import Stance, TimeLine
from corpus.models import Collection
from corpus.permissions import Viewer


@dataclass(frozen=True)
class ClaimPage:
    """A claim with its passages: three columns, or the one that was asked for."""

    claim: Claim
    counts: Counts
    first: ClaimOccurrence | None
    line: TimeLine
    columns: list[Column]
    aliases: list[str]
    is_editable: bool


def claim_page(
    viewer: Viewer,
    claim: Claim,
    *,
    stance: Stance | None = None,
    after: UUID | None = None,
    within: Collection | None = None,
) -> ClaimPage:
    """Return what the page of `claim` shows; with a `stance`, the passages behind `after`.

    `within` a collection, only what is tagged in its articles is shown and counted.
    """
    counts = counts_of(viewer, claim, within=within)
    if stance is None:
        shown = columns(viewer, claim, counts, within=within)
    else:
        shown = [column(viewer, claim, counts, stance=stance, after=after, within=within)]
    return ClaimPage(
        claim=claim,
        counts=counts,
        first=first_mark(viewer, claim, within=within),
        line=time_line_of(viewer, claim, within=within),
        columns=shown,
        aliases=list(claim.aliases.values_list("name", flat=True)),
        is_editable=can_describe_claim(viewer, claim),
    )


def addressed_claim(claim: Claim, slug: str) -> Claim:
    """Return what `slug`, an address that leads to `claim`, once stood for.

    That is `claim` itself, or the row that was merged into it.
    """
    at_slug = Q(slug=slug) | Q(former_slugs__slug=slug)
    merged: Claim | None = claim.merged.filter(at_slug).first()
    return merged or claim
