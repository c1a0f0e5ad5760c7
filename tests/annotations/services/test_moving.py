"""Splitting claims by moving passages, and taking that back."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services import merging, moving
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def _passages(user: User, count: int, claim: str, **draft: str) -> list[Annotation]:
    return [make_highlight(user, make_article(), claim=claim, **draft) for _number in range(count)]


def _tag_of(highlight: Annotation, claim: str) -> ClaimOccurrence:
    found: ClaimOccurrence = highlight.occurrences.get(tag__name=claim)
    return found


def _names(highlight: Annotation) -> set[str]:
    return set(highlight.occurrences.values_list("tag__name", flat=True))


def test_a_split_moves_what_was_chosen_and_one_undo_brings_it_back(
    alice: User, carol: User
) -> None:
    stays, *chosen = _passages(alice, 3, "broad")
    claim, keys = Claim.objects.get(name="broad"), [_tag_of(one, "broad").pk for one in chosen]

    done = moving.move(viewer_of(carol), claim, keys, "narrow")

    assert (done.to.name, done.moved, done.told.verb) == ("narrow", 2, "claim.split")
    assert [_names(one) for one in (stays, *chosen)] == [{"broad"}, {"narrow"}, {"narrow"}]
    assert moving.undo(viewer_of(carol), done.told) == claim
    assert all(_names(one) == {"broad"} for one in chosen)
    with pytest.raises(Invalid):
        moving.undo(viewer_of(carol), done.told)


def test_a_highlight_that_carries_both_keeps_what_it_says_of_the_other(
    alice: User, carol: User
) -> None:
    both, _stays = _passages(alice, 2, "one")
    make_tag(alice, both, "two", stance="context")
    was = _tag_of(both, "one")
    ClaimOccurrence.objects.filter(pk=was.pk).update(stance="disputes", confidence="likely")

    done = moving.move(viewer_of(carol), was.tag, [was.pk], "Two")

    assert (done.moved, done.doubled, done.told.verb) == (0, 1, "claim.passages_moved")
    assert [(row.tag.name, row.stance) for row in both.occurrences.all()] == [("two", "context")]
    assert moving.undo(viewer_of(carol), done.told) == was.tag
    again = _tag_of(both, "one")
    assert (again.pk, again.stance) == (was.pk, "disputes")


def test_what_may_not_be_moved_stays_with_a_sentence(alice: User, bob: User, carol: User) -> None:
    mine, _other = _passages(alice, 2, "claim")
    claim, key = Claim.objects.get(name="claim"), _tag_of(mine, "claim").pk
    everything = list(claim.occurrences.values_list("pk", flat=True))

    for keys, label in (([], "b"), ([key], "Claim"), (everything, "b"), ([key], "?!")):
        with pytest.raises(Invalid) as refusal:
            moving.move(viewer_of(carol), claim, keys, label)
        assert refusal.value.message.endswith(".")
    with pytest.raises(Invalid):
        moving.move(viewer_of(bob), claim, [key], "b")
    done = moving.move(viewer_of(alice), claim, [key], "b")
    with pytest.raises(NotAllowed):
        moving.undo(viewer_of(bob), done.told)
    assert claim.occurrences.count() == 1


def test_moving_what_is_private_is_told_to_nobody_else(alice: User, carol: User) -> None:
    _passages(alice, 1, "claim")
    [hidden] = _passages(alice, 1, "claim", audience="private")
    key = _tag_of(hidden, "claim").pk

    with pytest.raises(Invalid):
        moving.move(viewer_of(carol), Claim.objects.get(name="claim"), [key], "secret")
    moving.move(viewer_of(alice), Claim.objects.get(name="claim"), [key], "secret")

    told = Event.objects.filter(verb__in=["claim.split", "claim.created"]).order_by("-id")[:2]
    assert {event.audience for event in told} == {"private"}


def test_passages_of_a_claim_that_was_merged_meanwhile_move_from_where_they_went(
    alice: User, carol: User
) -> None:
    mine, _other = _passages(alice, 2, "gone")
    gone, key = Claim.objects.get(name="gone"), _tag_of(mine, "gone").pk
    kept = _passages(alice, 1, "kept")[0].occurrences.get().tag
    merging.merge(viewer_of(carol), gone, into=kept)

    assert moving.move(viewer_of(carol), gone, [key], "third").told.subject_id == kept.pk

    assert _names(mine) == {"third"}
