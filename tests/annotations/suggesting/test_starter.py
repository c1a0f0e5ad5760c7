"""The inbox finds again what readers of the samples had tagged."""

import pytest

from annotations.models import Claim, ClaimOccurrence
from annotations.queries.finding.passages import worded_anywhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_site")]


@pytest.mark.parametrize("half", [0, 1])
def test_half_of_a_claims_passages_is_mostly_found_by_the_other_half(half: int) -> None:
    claim = Claim.objects.get(name="deselection threat")
    order = ("content_object__article__slug", "content_object__start")
    tagged = list(claim.occurrences.select_related("content_object").order_by(*order))
    away = [row.content_object for row in tagged[half::2]]
    ClaimOccurrence.objects.filter(pk__in=[row.pk for row in tagged[half::2]]).delete()

    found = worded_anywhere(claim)
    places = [
        (row.object_id, row.reason["there"]["start"], row.reason["there"]["end"]) for row in found
    ]
    right = [
        mark
        for mark in away
        if any(
            article == mark.article_id and (mark.start or 0) < end and start < (mark.end or 0)
            for article, start, end in places
        )
    ]
    assert len(right) >= 3
    assert len(found) <= 2 * len(right)
