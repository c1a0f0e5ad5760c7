"""All that the page of a claim shows."""

from dataclasses import dataclass
from uuid import UUID

from annotations.models import Claim, ClaimOccurrence
from annotations.permissions import can_curate_claims
from annotations.queries.claims import Counts, counts_of, first_mark
from annotations.queries.passages import Column, column, columns
from annotations.queries.timeline import time_line_of
from annotations.timeline import Stance, TimeLine
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
    viewer: Viewer, claim: Claim, *, stance: Stance | None = None, after: UUID | None = None
) -> ClaimPage:
    """Return what the page of `claim` shows; with a `stance`, the passages behind `after`."""
    counts = counts_of(viewer, claim)
    if stance is None:
        shown = columns(viewer, claim, counts)
    else:
        shown = [column(viewer, claim, counts, stance=stance, after=after)]
    return ClaimPage(
        claim=claim,
        counts=counts,
        first=first_mark(viewer, claim),
        line=time_line_of(viewer, claim),
        columns=shown,
        aliases=list(claim.aliases.values_list("name", flat=True)),
        is_editable=is_editable(viewer, claim),
    )


def is_editable(viewer: Viewer, claim: Claim) -> bool:
    """Say whether `viewer` may change something in `claim`: curators, or who proposed it."""
    if can_curate_claims(viewer):
        return True
    is_own = viewer.user_id is not None and claim.created_by_id == viewer.user_id
    return is_own and claim.status == Claim.Status.PROPOSED
