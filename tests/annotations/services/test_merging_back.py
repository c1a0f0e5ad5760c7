"""What a merge carries over beside the passages, and what one undo brings back."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim, ClaimRelation, Follow
from annotations.queries.merging import preview_of_merge
from annotations.services import aliases, claims, following, merging, relating
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Event
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def _claim(user: User, label: str) -> Claim:
    return claims.get_or_create(viewer_of(user), label)


def _state() -> list[object]:
    """Return all that a merge touches, as it is stored."""
    rows = Claim.objects.order_by("name").prefetch_related("aliases", "occurrences")
    shown: list[object] = [
        (
            claim.name,
            claim.broader and claim.broader.name,
            claim.merged_into and claim.merged_into.name,
            sorted(alias.name for alias in claim.aliases.all()),
            sorted((str(row.pk), row.stance) for row in claim.occurrences.all()),
        )
        for claim in rows
    ]
    names = ("id", "from_claim__name", "kind", "to_claim__name", "created_by")
    shown += ClaimRelation.objects.order_by("id").values_list(*names)
    shown += Follow.objects.order_by("id").values_list("reader__username", "claim__name")
    return shown


def _make_all(alice: User, bob: User, carol: User) -> tuple[Claim, Claim]:
    """Return the claim to go and the one to stay, with everything that can hang on them."""
    viewer = viewer_of(carol)
    both = make_highlight(alice, make_article(), claim="kept", stance="supports")
    make_tag(alice, both, "gone", stance="disputes", speaker="Ann Coffey")
    make_highlight(bob, make_article(), claim="gone", stance="context")
    gone, kept = _claim(carol, "gone"), _claim(carol, "kept")
    aliases.add(viewer, gone, "Other words")
    for label in ("below", "loose", "far", "near"):
        _claim(carol, label)
    for kind, label in (("broader", "below"), ("broader", "loose"), ("undercuts", "far")):
        relating.relate(viewer, gone, kind, label)
    relating.relate(viewer, gone, "supports", "near")
    relating.relate(viewer, kept, "contradicts", "near")
    relating.relate(viewer, kept, "contradicts", "loose")
    relating.relate(viewer, kept, "supports", "gone")
    for reader, claim in ((alice, gone), (bob, gone), (bob, kept)):
        following.follow(viewer_of(reader), claim)
    return gone, kept


def test_a_merge_carries_over_what_can_hold_and_one_undo_restores_everything(
    alice: User, bob: User, carol: User
) -> None:
    gone, kept = _make_all(alice, bob, carol)
    before, viewer = _state(), viewer_of(carol)
    shown = preview_of_merge(viewer, gone, kept)

    merging.merge(viewer, gone, into=kept)

    assert (shown.moving, shown.doubled_count, shown.names) == (1, 1, ["gone", "Other words"])
    assert (shown.doubled[0].goes.stance, shown.doubled[0].stays.stance) == ("disputes", "supports")
    assert [claim.name for claim in kept.narrower.all()] == ["below"]
    assert [claim.name for claim in shown.below] == ["below"]
    assert [claim.name for claim in shown.freed] == ["loose"]
    said = {(row.from_claim, row.kind, row.to_claim) for row in kept.relations_from.all()}
    assert (kept, "undercuts", _claim(carol, "far")) in said
    assert ClaimRelation.objects.count() == 3
    assert (len(shown.carried), len(shown.ended), shown.followers) == (1, 2, 2)
    assert set(kept.follows.values_list("reader__username", flat=True)) == {"alice", "bob"}

    merging.undo(viewer, Event.objects.get(verb="claim.merged"))

    assert _state() == before
    with pytest.raises(Invalid, match="stands by itself again"):
        merging.undo(viewer, Event.objects.get(verb="claim.merged"))


def test_merges_are_undone_from_the_last_one_back(carol: User) -> None:
    viewer = viewer_of(carol)
    first, second, third = (_claim(carol, label) for label in ("first", "second", "third"))
    merging.merge(viewer, first, into=second)
    merging.merge(viewer, second, into=third)
    last, before = Event.objects.filter(verb="claim.merged").order_by("-id")

    with pytest.raises(Invalid, match="merged on into “Third”"):
        merging.undo(viewer, before)
    merging.undo(viewer, last)
    merging.undo(viewer, before)

    assert not Claim.objects.filter(merged_into__isnull=False).exists()
    assert claims.find("first") == first


def test_a_name_that_was_taken_meanwhile_keeps_the_merge(carol: User) -> None:
    viewer, gone, kept = viewer_of(carol), _claim(carol, "gone"), _claim(carol, "kept")
    merging.merge(viewer, gone, into=kept)
    kept.refresh_from_db()
    claims.edit(viewer, kept, ClaimChanges(name="Gone"), counter=kept.counter)

    with pytest.raises(Invalid, match="has taken the name “gone”"):
        merging.undo(viewer, Event.objects.get(verb="claim.merged"))


def test_what_was_said_of_it_since_the_merge_stays(alice: User, bob: User, carol: User) -> None:
    gone, kept = _make_all(alice, bob, carol)
    viewer = viewer_of(carol)
    merging.merge(viewer, gone, into=kept)
    make_highlight(alice, make_article(), claim="gone")
    kept.relations_from.get(kind="undercuts").delete()

    merging.undo(viewer, Event.objects.get(verb="claim.merged"))

    assert kept.occurrences.count() == 2
    assert not ClaimRelation.objects.filter(kind="undercuts").exists()
