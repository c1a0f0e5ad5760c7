"""Taking back a split: the claim that it made goes again, unless it was used since."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.services import aliases, following, moving, occurrences, relating
from annotations.services.moving import Move
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Event
from corpus.queries.sealing import seal
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def split(alice: User, carol: User) -> Move:
    """Return a split of two of three passages off "broad"."""
    chosen = [make_highlight(alice, make_article(), claim="broad") for _number in range(3)][1:]
    claim = Claim.objects.get(name="broad")
    keys = [one.occurrences.get().pk for one in chosen]
    return moving.move(viewer_of(carol), claim, keys, "narrow")


def _is_there() -> bool:
    return Claim.objects.filter(name="narrow").exists()


def test_a_claim_that_nothing_else_came_to_goes(split: Move, carol: User) -> None:
    moving.undo(viewer_of(carol), split.told)
    assert not _is_there()
    removed = Event.objects.get(verb="claim.removed")
    assert (removed.subject_id, removed.before["name"]) == (split.to.pk, "narrow")
    with pytest.raises(Invalid):
        moving.undo(viewer_of(carol), split.told)


def test_a_claim_that_was_there_before_passages_moved_to_it_stays(alice: User, carol: User) -> None:
    chosen, _stays = (make_highlight(alice, make_article(), claim="broad") for _number in range(2))
    tag = chosen.occurrences.get()
    mark = make_highlight(alice, make_article(), claim="narrow")
    told = moving.move(viewer_of(carol), tag.tag, [tag.pk], "narrow").told
    occurrences.untag(viewer_of(alice), mark, Claim.objects.get(name="narrow"))
    moving.undo(viewer_of(carol), told)
    assert _is_there()


def _tagged(alice: User, _carol: User, _claim: Claim) -> None:
    make_highlight(alice, make_article(), claim="narrow", audience="private")


def _tagged_and_untagged(alice: User, _carol: User, claim: Claim) -> None:
    mark = make_highlight(alice, make_article())
    make_tag(alice, mark, "narrow")
    occurrences.untag(viewer_of(alice), mark, claim)


def _followed(alice: User, _carol: User, claim: Claim) -> None:
    following.follow(viewer_of(alice), claim)


def _related(_alice: User, carol: User, claim: Claim) -> None:
    relating.relate(viewer_of(carol), claim, "supports", "broad")


def _placed_above(_alice: User, carol: User, claim: Claim) -> None:
    relating.relate(viewer_of(carol), claim, "broader", "broad")


def _named(_alice: User, carol: User, claim: Claim) -> None:
    aliases.add(viewer_of(carol), claim, "slim")


def _split_on(alice: User, carol: User, claim: Claim) -> None:
    tag = claim.occurrences.first()
    assert tag is not None
    moving.move(viewer_of(carol), claim, [tag.pk], "third")


@pytest.mark.parametrize(
    "use",
    [_tagged, _tagged_and_untagged, _followed, _related, _placed_above, _named, _split_on],
)
def test_a_claim_that_was_used_since_stays(
    split: Move, alice: User, carol: User, use: Callable[[User, User, Claim], None]
) -> None:
    use(alice, carol, split.to)
    moving.undo(viewer_of(carol), split.told)
    assert _is_there()


def test_the_page_says_what_stays_and_the_history_what_went(
    split: Move, alice: User, carol: User, client_of: ClientOf
) -> None:
    undo = f"/claims/broad/history/{seal(str(split.told.pk))}/undo/"
    client_of(carol).post(undo)
    history = client_of(carol).get("/claims/broad/history/").content.decode()
    assert "“Narrow”, which nothing else had come to, is gone." in history
    assert client_of(carol).get("/claims/narrow/").status_code == 404

    claim = Claim.objects.get(name="broad")
    again = moving.move(viewer_of(carol), claim, [claim.occurrences.order_by("pk")[0].pk], "narrow")
    make_highlight(alice, make_article(), claim="narrow")
    undo = f"/claims/broad/history/{seal(str(again.told.pk))}/undo/"
    page = client_of(carol).post(undo, follow=True).content.decode()
    assert "“Narrow” stays, for it was used since." in page
