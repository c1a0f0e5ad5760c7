"""Claims and speakers that few know: what others do with the same words, and what they see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.queries.claim_history import claim_history
from annotations.services import annotations, claims
from annotations.services.annotations import Changes
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.models import Agent, Group
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
HERS = "For my eyes."


def _describe(user: User, claim: Claim, words: str) -> Claim:
    said = ClaimChanges(statement=words, definition=words, examples=words)
    return claims.edit(viewer_of(user), claim, said, counter=claim.counter)


@pytest.fixture
def hers(alice: User) -> Claim:
    """Return a claim that alice made and described where she alone sees it."""
    make_highlight(alice, make_article(), claim="gloom deep", audience="private")
    return _describe(alice, Claim.objects.get(name="gloom deep"), HERS)


@pytest.mark.parametrize("audience", ["private", "groups"])
@pytest.mark.parametrize("label", ["gloom deep", "GLOOM  Deep"])
def test_what_few_wrote_of_a_claim_does_not_show_to_who_uses_its_words(
    alice: User, bob: User, dave: User, group: Group, audience: str, label: str
) -> None:
    reach: dict[str, Any] = {
        "audience": audience,
        "group_ids": frozenset({group.pk} if audience == "groups" else ()),
    }
    make_highlight(alice, make_article(), claim="GLOOM  Deep", **reach)
    claim = Claim.objects.get(folded="gloom deep")
    said = ClaimChanges(statement="For my eyes.", definition="Mine alone.")
    claims.edit(viewer_of(alice), claim, said, counter=claim.counter)

    make_highlight(dave, make_article(), claim=label)
    claim.refresh_from_db()
    assert claim.name == " ".join(label.split())
    assert (claim.statement, claim.definition) == ("", "")
    for reader in (dave, User.objects.create_user("cura", is_staff=True)):
        steps = claim_history(viewer_of(reader), claim)
        assert [step.sentence for step in steps] == [f"Made the claim “{claim.label}”."]
    own = claim_history(viewer_of(alice), claim)
    (kept,) = (step for step in own if step.sentence.startswith("What was written about it"))
    assert {change.before for change in kept.changes} == {"For my eyes.", "Mine alone."}

    make_highlight(alice, make_article(), claim="Gloom deep")
    again = Claim.objects.get(folded="gloom deep")
    assert (again.name, again.counter) == (claim.name, claim.counter)


def test_who_is_in_the_group_uses_its_claim_as_it_is(alice: User, bob: User, group: Group) -> None:
    reach: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    make_highlight(alice, make_article(), claim="GLOOM Deep", **reach)
    claim = Claim.objects.get(folded="gloom deep")
    claims.edit(viewer_of(alice), claim, ClaimChanges(statement="Ours."), counter=claim.counter)
    make_highlight(bob, make_article(), claim="gloom deep")
    claim.refresh_from_db()
    assert (claim.name, claim.statement) == ("GLOOM Deep", "Ours.")


def test_who_uses_its_words_in_private_changes_nothing_and_reads_none_of_its_maker(
    alice: User, dave: User, hers: Claim, client_of: ClientOf
) -> None:
    own = client_of(alice).get(hers.get_absolute_url()).content.decode()
    told = len(claim_history(viewer_of(alice), hers))

    article = make_article()
    make_highlight(dave, article, claim="gloom deep", audience="private")

    now = client_of(alice).get(hers.get_absolute_url()).content.decode()
    assert now.count(HERS) == own.count(HERS) > 0
    assert len(claim_history(viewer_of(alice), hers)) == told
    hers.refresh_from_db()
    assert hers.statement == HERS
    of_claim = (hers.get_absolute_url(), f"{hers.get_absolute_url()}hand-out/")
    elsewhere = ("/claims/?q=eyes", "/claims/?q=gloom", "/search/?q=gloom&kind=claims")
    codebook = f"{article.get_absolute_url()}codebook/"
    for address in (*of_claim, *elsewhere, codebook, f"{codebook}?q=eyes", "/activity/"):
        answer = client_of(dave).get(address)
        assert (address, answer.status_code) == (address, 200)
        assert (address, HERS in answer.content.decode()) == (address, False)


def test_once_it_is_tagged_for_all_by_another_its_words_are_its_makers_still(
    alice: User, dave: User, carol: User, hers: Claim, client_of: ClientOf
) -> None:
    mark = make_highlight(dave, make_article(), claim="gloom deep", audience="private")
    annotations.edit(viewer_of(dave), mark, Changes(audience="public"), counter=mark.counter)
    hers.refresh_from_db()
    for user, is_shown in ((alice, True), (dave, False), (carol, False), (None, False)):
        html = client_of(user).get(hers.get_absolute_url()).content.decode()
        assert (user, HERS in html) == (user, is_shown)

    _describe(carol, hers, "What all may read.")
    for user in (alice, dave, None):
        html = client_of(user).get(hers.get_absolute_url()).content.decode()
        assert "What all may read." in html
        assert HERS not in html
    steps = claim_history(viewer_of(alice), hers)
    (kept,) = (step for step in steps if step.sentence.startswith("What was written about it"))
    assert {change.before for change in kept.changes} == {HERS}
    (edited,) = (step for step in claim_history(viewer_of(dave), hers) if step.is_edit)
    assert HERS not in str(edited)


def test_a_curator_who_knows_it_by_a_mark_of_their_own_ends_nothing_unseen(
    carol: User, hers: Claim, client_of: ClientOf
) -> None:
    make_highlight(carol, make_article(), claim="gloom deep", audience="private")
    hers.refresh_from_db()
    empty = ClaimChanges(statement="", definition="", examples="")
    claims.edit(viewer_of(carol), hers, empty, counter=hers.counter)
    hers.refresh_from_db()
    assert hers.statement == HERS
    html = client_of(carol).get(f"{hers.get_absolute_url()}edit/").content.decode()
    assert HERS not in html


def test_its_address_tells_nobody_who_chooses_a_like_name(
    alice: User, bob: User, hers: Claim, client_of: ClientOf
) -> None:
    assert re.fullmatch("gloom-deep-[0-9a-f]{10}", hers.slug)
    like = make_tag(bob, make_highlight(bob, make_article()), "Gloom, deep").tag
    assert like.slug == "gloom-deep"


def test_once_all_may_know_it_its_address_is_its_name(
    alice: User, hers: Claim, client_of: ClientOf
) -> None:
    mark = hers.occurrences.get().content_object
    annotations.edit(viewer_of(alice), mark, Changes(audience="public"), counter=mark.counter)
    once = hers.get_absolute_url()
    hers.refresh_from_db()
    assert hers.get_absolute_url() == "/claims/gloom-deep/"
    assert client_of(None).get(once)["Location"] == "/claims/gloom-deep/"


def test_who_tags_for_all_what_few_knew_has_the_address_of_its_name(
    alice: User, dave: User, hers: Claim, client_of: ClientOf
) -> None:
    tagged = make_tag(dave, make_highlight(dave, make_article()), "gloom deep").tag
    assert (tagged, tagged.slug) == (hers, "gloom-deep")
    assert client_of(alice).get(hers.get_absolute_url())["Location"] == "/claims/gloom-deep/"


def test_a_speaker_whom_few_named_has_an_address_that_tells_nobody(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    def say(user: User, name: str, **draft: str) -> Agent:
        mark = make_highlight(user, make_article(), **draft)
        speaker = make_tag(user, mark, "a threat", speaker=name, voice="quoted").speaker
        assert speaker is not None
        return speaker

    hers = say(alice, "Jo Grey", audience="private")
    assert re.fullmatch("jo-grey-[0-9a-f]{10}", hers.slug)
    assert say(bob, "Jo-Grey").slug == "jo-grey"
    assert say(bob, "Jo Grey") == hers
    answer = client_of(alice).get(f"/speakers/{hers.slug}/")
    assert answer["Location"] == "/speakers/jo-grey-2/"
