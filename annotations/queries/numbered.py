"""The claims that have a number key: those that a reader tags most, then those of the article."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from annotations.access import visible_occurrences
from annotations.models.naming import shown_label
from annotations.queries.rail import Tally
from annotations.shortcuts import NUMBERED
from corpus.permissions import Viewer


@dataclass(frozen=True)
class NumberedClaim:
    """A claim with its number, from 1; `is_here` says whether it is tagged in the article."""

    number: int
    slug: str
    label: str
    slot: int
    is_here: bool


def numbered_claims(viewer: Viewer, here: Sequence[Tally]) -> list[NumberedClaim]:
    """Return at most NUMBERED claims in the order of their numbers; one query for an account.

    First come those that the viewer tagged most, anywhere; then those of `here`, the claims
    of the article in their order.
    """
    claims = {slug: (label, slot) for slug, label, slot in _own(viewer)}
    for tally in here:
        claims.setdefault(tally.key, (tally.name, tally.slot))
    slugs_here = {tally.key for tally in here}
    return [
        NumberedClaim(number, slug, label, slot, is_here=slug in slugs_here)
        for number, (slug, (label, slot)) in enumerate(list(claims.items())[:NUMBERED], start=1)
    ]


def _own(viewer: Viewer) -> list[tuple[str, str, int]]:
    if viewer.user_id is None:
        return []
    own = visible_occurrences(viewer).filter(content_object__creator_id=viewer.user_id)
    rows = (
        own.order_by()
        .values_list("tag__slug", "tag__name", "tag__slot")
        .annotate(times=Count("id"))
        .order_by("-times", "tag__name")[:NUMBERED]
    )
    return [(slug, shown_label(name), slot) for slug, name, slot, _times in rows]
