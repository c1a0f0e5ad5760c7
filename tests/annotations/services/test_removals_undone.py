"""Bringing back a relation or a further name that was taken away from a claim."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim, ClaimRelation
from annotations.queries.claim_history import claim_history
from annotations.services import aliases, claims, merging, relating
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event
from corpus.queries.sealing import seal, unseal

pytestmark = pytest.mark.usefixtures("noise")


def undos_on(html: str) -> list[str]:
    """Return the addresses by which the history `html` offers to take something back."""
    return re.findall(r'action="(/claims/[^"]+/undo/)"', html)


@pytest.fixture
def made(carol: User) -> dict[str, Claim]:
    viewer = viewer_of(carol)
    return {name: claims.get_or_create(viewer, name) for name in ("first", "second", "third")}


def _unrelated(carol: User, made: dict[str, Claim], kind: str) -> Event:
    viewer = viewer_of(carol)
    relating.relate(viewer, made["first"], kind, "second")
    relating.unrelate(viewer, made["second"], ClaimRelation.objects.get())
    return Event.objects.get(verb="claim.unrelated")


@pytest.mark.parametrize("kind", ["supports", "contradicts", "undercuts", "equivalent"])
def test_a_relation_comes_back_as_it_was_and_once(
    alice: User, carol: User, made: dict[str, Claim], kind: str
) -> None:
    told = _unrelated(carol, made, kind)
    with pytest.raises(NotAllowed):
        relating.undo(viewer_of(alice), told)

    assert relating.undo(viewer_of(carol), told) == made["second"]

    row = ClaimRelation.objects.get()
    ends = [made["first"].pk, made["second"].pk]
    given = [row.from_claim_id, row.to_claim_id]
    assert given == (ends if kind in {"supports", "undercuts"} else sorted(ends))
    steps = claim_history(viewer_of(carol), made["second"])
    assert [step.can_undo for step in steps if unseal(step.key) == str(told.pk)] == [False]
    with pytest.raises(Invalid):
        relating.undo(viewer_of(carol), told)


def test_a_relation_that_cannot_hold_any_more_stays_away(
    carol: User, made: dict[str, Claim]
) -> None:
    told = _unrelated(carol, made, "supports")
    relating.relate(viewer_of(carol), made["first"], "contradicts", "second")
    with pytest.raises(Invalid):
        relating.undo(viewer_of(carol), told)
    assert ClaimRelation.objects.get().kind == "contradicts"


def test_a_relation_comes_back_to_the_claim_that_remains(
    carol: User, made: dict[str, Claim]
) -> None:
    told = _unrelated(carol, made, "supports")
    merging.merge(viewer_of(carol), made["second"], into=made["third"])
    relating.undo(viewer_of(carol), told)
    row = ClaimRelation.objects.get()
    assert (row.from_claim, row.to_claim) == (made["first"], made["third"])


def test_a_name_comes_back_from_the_history_page(
    carol: User, client: Client, made: dict[str, Claim]
) -> None:
    claim, viewer = made["first"], viewer_of(carol)
    aliases.remove(viewer, claim, aliases.add(viewer, claim, "other words"))
    told = Event.objects.get(verb="claim.alias_removed")
    client.force_login(carol)
    page = f"/claims/{claim.slug}/history/"
    (undo,) = undos_on(client.get(page).content.decode())

    client.post(undo)

    assert [alias.name for alias in claim.aliases.all()] == ["other words"]
    assert undos_on(client.get(page).content.decode()) == []
    with pytest.raises(Invalid):
        aliases.undo(viewer, told)


def test_a_name_that_another_claim_took_stays_with_that(
    carol: User, made: dict[str, Claim]
) -> None:
    viewer = viewer_of(carol)
    aliases.remove(viewer, made["first"], aliases.add(viewer, made["first"], "other words"))
    aliases.add(viewer, made["second"], "other words")
    with pytest.raises(Invalid, match="Merge the two"):
        aliases.undo(viewer, Event.objects.get(verb="claim.alias_removed"))
    assert not made["first"].aliases.exists()


def test_a_place_below_another_claim_comes_back_from_the_history_page(
    alice: User, carol: User, client: Client, made: dict[str, Claim]
) -> None:
    first, viewer = made["first"], viewer_of(carol)
    relating.relate(viewer, first, "narrower", "second")
    client.force_login(carol)
    said = client.post(
        f"/claims/{first.slug}/relations/broader/remove/", follow=True
    ).content.decode()
    assert "The history of the claim can undo this." in said
    told = Event.objects.filter(verb="claim.edited").latest("pk")
    with pytest.raises(NotAllowed):
        relating.undo_unplacing(viewer_of(alice), told)

    client.post(f"/claims/{first.slug}/history/{seal(str(told.pk))}/undo/")

    first.refresh_from_db()
    assert first.broader == made["second"]
    page = client.get(f"/claims/{first.slug}/history/").content.decode()
    assert "Put it back to its place below “Second”." in page
    assert undos_on(page) == []
    with pytest.raises(Invalid):
        relating.undo_unplacing(viewer, told)


def test_a_place_that_is_taken_or_makes_a_circle_is_not_given_back(
    carol: User, made: dict[str, Claim]
) -> None:
    first, second, third = made.values()
    viewer = viewer_of(carol)
    relating.relate(viewer, first, "narrower", "second")
    first.refresh_from_db()
    claims.edit(viewer, first, claims.ClaimChanges(broader=""), counter=first.counter)
    told = Event.objects.filter(verb="claim.edited").latest("pk")
    relating.relate(viewer, second, "narrower", "first")
    with pytest.raises(Invalid):
        relating.undo_unplacing(viewer, told)
    second.refresh_from_db()
    claims.edit(viewer, second, claims.ClaimChanges(broader=""), counter=second.counter)
    relating.relate(viewer, first, "narrower", "third")
    with pytest.raises(Invalid):
        relating.undo_unplacing(viewer, told)
    first.refresh_from_db()
    assert first.broader == third
