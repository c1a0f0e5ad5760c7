"""Curators and readers who change the same claims at the same moment."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim, ClaimOccurrence, ClaimRelation
from annotations.services import claims, merging, moving, relating
from corpus.access import viewer_of
from corpus.errors import Invalid, Refused
from corpus.models import Event
from tests.annotations.services.threads import WRITERS, at_once
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.django_db(transaction=True)


def test_claims_merged_in_a_ring_at_once_end_with_one_that_has_every_passage(
    alice: User, carol: User
) -> None:
    viewer = viewer_of(carol)
    for number in range(WRITERS):
        make_highlight(alice, make_article(), claim=f"claim {number}")
    made = [claims.get_or_create(viewer, f"claim {number}") for number in range(WRITERS)]

    def merge(number: int) -> bool:
        try:
            merging.merge(viewer, made[number], into=made[(number + 1) % WRITERS])
        except Invalid:
            return False
        return True

    done = at_once(merge)

    stand = Claim.objects.filter(merged_into=None)
    assert stand.count() == WRITERS - sum(done) >= 1
    assert ClaimOccurrence.objects.filter(tag__in=stand).count() == WRITERS
    assert Event.objects.filter(verb="claim.merged").count() == sum(done)


def test_no_passage_is_tagged_with_a_claim_that_is_merged_at_that_moment(
    alice: User, carol: User
) -> None:
    gone, kept = (claims.get_or_create(viewer_of(carol), label) for label in ("gone", "kept"))
    articles = [make_article() for _number in range(WRITERS)]

    def write(number: int) -> None:
        if number == 0:
            merging.merge(viewer_of(carol), gone, into=kept)
        else:
            make_highlight(alice, articles[number], claim="gone")

    at_once(write)

    assert kept.occurrences.count() == WRITERS - 1
    assert not gone.occurrences.exists()


def test_passages_moved_and_merged_at_once_are_all_there(alice: User, carol: User) -> None:
    viewer = viewer_of(carol)
    marked = [make_highlight(alice, make_article(), claim="source") for _n in range(WRITERS)]
    source = claims.get_or_create(viewer, "source")
    other = claims.get_or_create(viewer, "other")
    keys = [one.occurrences.get().pk for one in marked]

    def write(number: int) -> None:
        try:
            if number == 0:
                merging.merge(viewer, other, into=source)
            else:
                moving.move(viewer, source, [keys[number]], ("other", "new")[number % 2])
        except Refused:
            pass

    at_once(write)

    standing = ClaimOccurrence.objects.filter(tag__merged_into=None)
    assert set(standing.values_list("pk", flat=True)) == set(keys)


def test_of_relations_said_at_once_that_exclude_each_other_one_is_stored(carol: User) -> None:
    viewer = viewer_of(carol)
    first, _second = (claims.get_or_create(viewer, label) for label in ("first", "second"))
    kinds = ("supports", "contradicts")

    def relate(number: int) -> str | None:
        try:
            relating.relate(viewer, first, kinds[number % 2], "second")
        except Invalid:
            return None
        return kinds[number % 2]

    said = {kind for kind in at_once(relate) if kind}

    assert said == {ClaimRelation.objects.get().kind}
