"""Relations between claims, further names, and following."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim, ClaimAlias, ClaimRelation, Follow
from annotations.services import aliases, claims, following, relating
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Event
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.usefixtures("noise")


@pytest.fixture
def made(carol: User) -> dict[str, Claim]:
    """Return four claims by their names."""
    return {label: claims.get_or_create(viewer_of(carol), label) for label in ("a", "b", "c", "d")}


def test_a_relation_is_stored_once_and_taken_away(carol: User, made: dict[str, Claim]) -> None:
    viewer = viewer_of(carol)
    for first, second in (("a", "b"), ("b", "A"), ("a", "b")):
        relating.relate(viewer, made[first], "contradicts", second)
    row = ClaimRelation.objects.get()
    assert row.created_by == carol
    assert Event.objects.filter(verb="claim.related").count() == 1

    relating.unrelate(viewer, made["b"], row)

    told = Event.objects.get(verb="claim.unrelated")
    assert (told.subject_id, told.before["other"]) == (made["b"].pk, str(made["a"].pk))
    with pytest.raises(NotFound):
        relating.unrelate(viewer, made["b"], row)


@pytest.mark.parametrize(
    ("first", "kind", "second", "words"),
    [
        ("a", "supports", "A", "to itself"),
        ("a", "narrower", "a", "to itself"),
        ("b", "contradicts", "a", "“A” supports “B”"),
        ("c", "narrower", "b", "“B” is narrower than “C”"),
        ("c", "equivalent", "b", "“B” is narrower than “C”"),
        ("b", "narrower", "d", "stands below “C” already"),
        ("a", "supports", "nowhere", "No claim is called “nowhere”"),
        ("a", "likes", "b", "none of the choices"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    carol: User, made: dict[str, Claim], first: str, kind: str, second: str, words: str
) -> None:
    viewer = viewer_of(carol)
    relating.relate(viewer, made["a"], "supports", "b")
    relating.relate(viewer, made["c"], "broader", "b")

    with pytest.raises(Invalid) as refusal:
        relating.relate(viewer, made[first], kind, second)

    assert words in refusal.value.message
    assert ClaimRelation.objects.count() == 1


def test_only_curators_relate_and_name(alice: User, made: dict[str, Claim]) -> None:
    with pytest.raises(NotAllowed):
        relating.relate(viewer_of(alice), made["a"], "supports", "b")
    with pytest.raises(NotAllowed):
        aliases.add(viewer_of(alice), made["a"], "another")


def test_a_further_name_finds_the_claim_until_it_is_taken_away(
    carol: User, made: dict[str, Claim]
) -> None:
    viewer = viewer_of(carol)
    alias = aliases.add(viewer, made["a"], " The  first ")
    assert aliases.add(viewer, made["a"], "THE FIRST") == alias
    assert claims.find("the first") == made["a"]

    for name, words in (
        ("B", "Merge"),
        ("a", "its name already"),
        ("?!", "letter"),
        ("x" * 101, "100"),
    ):
        with pytest.raises(Invalid, match=words):
            aliases.add(viewer, made["a"], name)
    aliases.remove(viewer, made["a"], alias)

    assert claims.find("the first") is None
    assert not ClaimAlias.objects.exists()
    verbs = Event.objects.filter(verb__startswith="claim.alias").order_by("id")
    assert [event.verb for event in verbs] == ["claim.alias_added", "claim.alias_removed"]


def test_following_is_harmless_twice_and_told_to_nobody_else(alice: User) -> None:
    marked = make_highlight(alice, make_article(), claim="a claim")
    claim = Claim.objects.get(name="a claim")
    for thing in (claim, claim, marked.article):
        following.follow(viewer_of(alice), thing)
    assert Follow.objects.filter(reader=alice).count() == 2

    for _again in range(2):
        following.unfollow(viewer_of(alice), claim)

    assert Follow.objects.get().article == marked.article
    told = Event.objects.filter(verb__startswith="follow.")
    assert [(event.verb, event.audience) for event in told.order_by("id")] == [
        ("follow.begun", "private"),
        ("follow.begun", "private"),
        ("follow.ended", "private"),
    ]
