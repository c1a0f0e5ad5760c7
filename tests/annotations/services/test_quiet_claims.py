"""Claims and speakers that few know: what others do with the same words, and what they see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim, ClaimRelation
from annotations.queries.claim_history import claim_history
from annotations.queries.merging import mergeable_or_none
from annotations.services import aliases, annotations, claims, moderation, relating
from annotations.services.annotations import Changes
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Article, Event, Group
from tests.factories import make_article, make_highlight, make_tag
from tests.people import among

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
    mark = make_highlight(alice, make_article(), claim="GLOOM  Deep", **reach)
    _describe(alice, Claim.objects.get(folded="gloom deep"), HERS)

    make_highlight(dave, make_article(), claim=label)
    claim = Claim.objects.get(folded="gloom deep", is_quiet=False)
    assert claim.name == " ".join(label.split())
    assert (claim.statement, claim.definition, claim.counter) == ("", "", 1)
    assert mark.occurrences.get().tag == claim
    for reader in (dave, User.objects.create_user("cura", is_staff=True)):
        steps = claim_history(viewer_of(reader), claim)
        assert [step.sentence for step in steps] == [f"Made the claim “{claim.label}”."]
    own = claim_history(viewer_of(alice), claim)
    (kept,) = (step for step in own if "became this claim" in step.sentence)
    assert HERS in {change.before for change in kept.changes}

    make_highlight(alice, make_article(), claim="Gloom deep")
    again = Claim.objects.get(folded="gloom deep", is_quiet=False)
    assert (again.name, again.counter) == (claim.name, claim.counter)


def test_who_is_in_the_group_uses_its_claim_as_it_is(alice: User, bob: User, group: Group) -> None:
    reach: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    make_highlight(alice, make_article(), claim="GLOOM Deep", **reach)
    claim = Claim.objects.get(folded="gloom deep")
    claims.edit(viewer_of(alice), claim, ClaimChanges(statement="Ours."), counter=claim.counter)
    make_highlight(bob, make_article(), claim="gloom deep")
    claim.refresh_from_db()
    assert (claim.name, claim.statement) == ("GLOOM Deep", "Ours.")


@pytest.mark.parametrize("label", ["gloom deep", "GLOOM Deep", "Gloom  deep"])
def test_who_uses_its_words_in_private_makes_a_claim_of_their_own(
    alice: User, dave: User, hers: Claim, client_of: ClientOf, label: str
) -> None:
    own = client_of(alice).get(hers.get_absolute_url()).content.decode()
    told = len(claim_history(viewer_of(alice), hers))

    article = make_article()
    his = make_highlight(dave, article, claim=label, audience="private").occurrences.get().tag
    assert (his.name, his.created_by) == (" ".join(label.split()), dave)
    assert his != hers

    now = client_of(alice).get(hers.get_absolute_url()).content.decode()
    assert now.count(HERS) == own.count(HERS) > 0
    assert len(claim_history(viewer_of(alice), hers)) == told
    assert client_of(dave).get(hers.get_absolute_url()).status_code == 404
    of_claim = (his.get_absolute_url(), f"{his.get_absolute_url()}hand-out/")
    elsewhere = ("/claims/?q=eyes", "/claims/?q=gloom", "/search/?q=gloom&kind=claims")
    codebook = f"{article.get_absolute_url()}codebook/"
    for address in (*of_claim, *elsewhere, codebook, f"{codebook}?q=eyes", "/activity/"):
        answer = client_of(dave).get(address)
        assert (address, answer.status_code) == (address, 200)
        assert (address, HERS in answer.content.decode()) == (address, False)


def test_the_same_words_once_more_are_the_same_claim_of_few(
    alice: User, bob: User, dave: User, hers: Claim, group: Group
) -> None:
    assert (
        make_highlight(alice, make_article(), claim="Gloom Deep", audience="private")
        .occurrences.get()
        .tag
        == hers
    )
    reach: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    ours = make_highlight(bob, make_article(), claim="ours", **reach).occurrences.get().tag
    mark = make_highlight(alice, make_article(), claim="OURS", audience="private")
    assert mark.occurrences.get().tag == ours
    other = make_highlight(dave, make_article(), claim="OURS", audience="private")
    assert other.occurrences.get().tag != ours


def test_once_one_is_for_all_it_has_the_passages_of_all_and_the_words_of_none(
    alice: User, dave: User, carol: User, hers: Claim, client_of: ClientOf
) -> None:
    mark = make_highlight(dave, make_article(), claim="Gloom Deep", audience="private")
    annotations.edit(viewer_of(dave), mark, Changes(audience="public"), counter=mark.counter)
    his = mark.occurrences.get().tag
    assert (his.name, his.slug, his.is_quiet) == ("Gloom Deep", "gloom-deep", False)
    hers.refresh_from_db()
    assert hers.merged_into == his
    assert client_of(alice).get(hers.get_absolute_url())["Location"] == his.get_absolute_url()
    for user, passages in ((alice, 2), (dave, 1), (carol, 1), (None, 1)):
        html = client_of(user).get(his.get_absolute_url()).content.decode()
        assert (user, HERS in html) == (user, False)
        assert (user, html.count('class="passage"')) == (user, passages)

    _describe(carol, his, "What all may read.")
    for user in (alice, dave, None):
        html = client_of(user).get(his.get_absolute_url()).content.decode()
        assert "What all may read." in html
    (kept,) = (
        step
        for step in claim_history(viewer_of(alice), his)
        if "became this claim" in step.sentence
    )
    assert HERS in {change.before for change in kept.changes}
    assert HERS not in str(claim_history(viewer_of(carol), his))


@pytest.mark.parametrize("name", ["Gloom deep", "gloom deep"])
def test_a_curator_gives_a_claim_the_words_of_one_that_few_know(
    alice: User, bob: User, carol: User, hers: Claim, name: str
) -> None:
    make_highlight(bob, make_article(), claim="dark mood")
    claim = Claim.objects.get(name="dark mood")
    renamed = claims.edit(viewer_of(carol), claim, ClaimChanges(name=name), counter=claim.counter)
    assert (renamed.name, renamed.slug, renamed.counter) == (name, "gloom-deep", 2)
    hers.refresh_from_db()
    assert hers.merged_into == renamed
    assert renamed.occurrences.count() == 2


def test_a_curator_gives_a_claim_a_further_name_that_few_use(
    bob: User, carol: User, hers: Claim
) -> None:
    make_highlight(bob, make_article(), claim="dark mood")
    claim = Claim.objects.get(name="dark mood")
    aliases.add(viewer_of(carol), claim, "Gloom deep")
    hers.refresh_from_db()
    assert hers.merged_into == claim
    assert [alias.name for alias in claim.aliases.all()] == ["Gloom deep"]


def test_no_curator_hears_of_it_by_naming_it(bob: User, carol: User, hers: Claim) -> None:
    make_highlight(bob, make_article(), claim="dark mood")
    claim = Claim.objects.get(name="dark mood")
    for label in ("gloom deep", "never used"):
        with pytest.raises(Invalid, match="No claim is called"):
            relating.relate(viewer_of(carol), claim, "supports", label)
        assert mergeable_or_none(viewer_of(carol), label) is None


def test_what_it_was_said_to_be_to_others_stays_with_its_maker(
    alice: User, bob: User, carol: User
) -> None:
    reach = among("few", alice, carol)
    make_highlight(alice, make_article(), claim="gloom deep", **reach)
    make_highlight(bob, make_article(), claim="dark mood")
    hers, other = (Claim.objects.get(name=name) for name in ("gloom deep", "dark mood"))
    relating.relate(viewer_of(carol), hers, "supports", "dark mood")
    make_highlight(bob, make_article(), claim="Gloom deep")
    assert not ClaimRelation.objects.filter(to_claim=other).exists()
    told = Event.objects.get(verb="claim.absorbed", subject_id=hers.pk)
    assert [row["to"] for row in told.before["relations"]] == [str(other.pk)]
    assert (told.actor, told.audience) == (alice, "private")


def test_a_new_name_of_one_that_few_know_stands_in_nobodys_way(
    alice: User, bob: User, carol: User
) -> None:
    make_highlight(carol, make_article(), claim="gloom deep", audience="private")
    hers = Claim.objects.get(name="gloom deep")
    renamed = claims.edit(
        viewer_of(carol), hers, ClaimChanges(name="Dark mood"), counter=hers.counter
    )
    assert re.fullmatch("dark-mood-[0-9a-f]{10}", renamed.slug)
    assert not renamed.aliases.exists()
    make_highlight(bob, make_article(), claim="gloom deep")
    bobs = Claim.objects.get(name="gloom deep")
    assert (bobs.created_by, bobs.slug) == (bob, "gloom-deep")
    with pytest.raises(Invalid, match="Few know this claim"):
        aliases.add(viewer_of(carol), renamed, "Doom")


def test_a_reviewed_claim_is_for_all(alice: User, carol: User) -> None:
    for reader in (alice, carol):
        make_highlight(reader, make_article(), claim="gloom deep", audience="private")
    own = Claim.objects.get(name="gloom deep", created_by=carol)
    claims.edit(viewer_of(carol), own, ClaimChanges(status="reviewed"), counter=own.counter)
    kept = Claim.objects.get(slug="gloom-deep")
    assert (kept, kept.is_quiet, kept.occurrences.count()) == (own, False, 2)


def test_a_curator_who_sees_a_passage_of_it_ends_nothing_unseen(
    alice: User, carol: User, hers: Claim, client_of: ClientOf
) -> None:
    seen = make_highlight(alice, make_article(), claim="gloom deep")
    hers.refresh_from_db()
    annotations.delete(viewer_of(alice), seen, counter=seen.counter)
    make_highlight(carol, make_article(), claim="gloom deep", audience="private")
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
    assert (tagged.slug, tagged.created_by) == ("gloom-deep", dave)
    hers.refresh_from_db()
    assert hers.merged_into == tagged
    assert client_of(alice).get(hers.get_absolute_url())["Location"] == "/claims/gloom-deep/"


def test_what_is_said_of_an_article_that_few_read_is_theirs_until_all_do(
    carol: User, dave: User
) -> None:
    article = make_article(access="groups")
    ours = make_highlight(carol, article, claim="gloom deep").occurrences.get().tag
    his = make_highlight(dave, make_article(), claim="Gloom Deep", audience="private")
    assert his.occurrences.get().tag.name == "Gloom Deep"

    Article.objects.filter(pk=article.pk).update(access="public")
    mark = make_highlight(dave, make_article(), claim="gloom deep")
    ours.refresh_from_db()
    assert (mark.occurrences.get().tag, ours.slug, ours.is_quiet) == (ours, "gloom-deep", False)
    assert his.occurrences.get().tag == ours


def test_what_waits_to_be_shown_names_nothing_for_all_before(alice: User, carol: User) -> None:
    mark = make_highlight(alice, make_article())
    moderation.hide(viewer_of(carol), mark)
    hers = make_tag(alice, mark, "gloom deep").tag
    assert hers.is_quiet
    moderation.show(viewer_of(carol), mark)
    hers.refresh_from_db()
    assert (hers.is_quiet, hers.slug) == (False, "gloom-deep")
