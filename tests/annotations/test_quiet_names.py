"""Names that few knew: merging them away tells nobody else of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Claim
from annotations.queries.quiet_agents import known_to_account
from annotations.queries.speaker_names import complete_speakers
from annotations.services import merging
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Agent, AgentSlug, Authorship, Event
from corpus.services import agent_merging, agents
from corpus.services.agent_curation import AgentDetails, details_of, edit
from tests.factories import make_article, make_highlight, make_tag
from tests.people import among

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
SO_FAR = "So far these names stand alone where only a few readers see them."


def secret() -> str:
    """Return where the page of the one whom few know is, or was before the merge."""
    slugs = (Agent.objects, AgentSlug.objects)
    found = (rows.filter(slug__startswith="secret-source").first() for rows in slugs)
    return reverse("speaker", args=[next(row for row in found if row).slug])


def say(user: User, speaker: str, **draft: Any) -> None:
    """Mark in a new article that `speaker` says something."""
    mark = make_highlight(user, make_article(), **draft)
    make_tag(user, mark, "threat", speaker=speaker, voice="quoted")


@pytest.fixture
def merged(alice: User, bob: User, carol: User, client_of: ClientOf) -> Agent:
    """Return the agent that one whom alice and carol alone named was merged into."""
    reach = among("few", alice, carol)
    say(alice, "Secret Source", **reach)
    say(carol, "secret source", **reach)
    say(bob, "Jane Doe")
    Agent.objects.get(name="Secret Source").aliases.create(name="Deep Throat")
    preview = client_of(carol).get(f"{secret()}merge/?into=jane-doe").content.decode()
    assert SO_FAR in preview
    client_of(carol).post(f"{secret()}merge/", {"into": "jane-doe"})
    return Agent.objects.get(slug="jane-doe")


def test_no_page_shows_a_speaker_by_a_name_that_one_reader_knew(
    merged: Agent, bob: User, dave: User, client_of: ClientOf
) -> None:
    addresses = ("/speakers/jane-doe/", "/speakers/", "/speakers/?q=secret", "/commands/?q=secret")
    for user in (None, bob, dave):
        for address in addresses:
            html = client_of(user).get(address, follow=True).content.decode()
            assert "Secret Source" not in html
            assert "Deep Throat" not in html
        for typed in ("secret", "deep"):
            offered = complete_speakers(viewer_of(user or dave), typed).options
            assert "Jane Doe" not in [option.name for option in offered]


def test_the_address_that_few_knew_leads_on_who_saw_it_and_nobody_else(
    merged: Agent, alice: User, bob: User, carol: User, dave: User, client_of: ClientOf
) -> None:
    for user, status in ((None, 404), (bob, 404), (dave, 404), (alice, 301), (carol, 301)):
        assert client_of(user).get(secret()).status_code == status


def test_the_name_finds_still_and_comes_back_as_it_was(
    merged: Agent, alice: User, bob: User, carol: User, client_of: ClientOf
) -> None:
    for name in ("secret source", "deep throat"):
        assert agents.find(name) is None
        assert known_to_account(alice.pk)(name) == known_to_account(carol.pk)(name) == merged
        assert known_to_account(bob.pk)(name) is None
    event = Event.objects.get(verb="agent.merged")
    back = agent_merging.part(viewer_of(carol), merged, event.pk)
    assert list(back.aliases.values_list("name", "is_quiet")) == [("Deep Throat", False)]
    assert "Deep Throat" in client_of(alice).get(secret()).content.decode()
    assert not merged.aliases.exists()


def test_a_second_merge_keeps_the_quiet_quiet(
    merged: Agent, alice: User, carol: User, dave: User, client_of: ClientOf
) -> None:
    say(alice, "J. Doe")
    client_of(carol).post("/speakers/jane-doe/merge/", {"into": "j-doe"})
    html = client_of(dave).get("/speakers/j-doe/").content.decode()
    assert "Jane Doe" in html
    assert "Secret Source" not in html
    assert client_of(dave).get("/speakers/jane-doe/").status_code == 301
    assert client_of(dave).get(secret()).status_code == 404
    assert client_of(alice).get(secret())["Location"] == "/speakers/j-doe/"


def test_the_curator_may_ask_for_it_to_be_shown(
    alice: User, bob: User, carol: User, client_of: ClientOf
) -> None:
    reach = among("few", alice, carol)
    for reader in (alice, carol):
        say(reader, "Secret Source", **reach)
    say(bob, "Jane Doe")
    client_of(carol).post(f"{secret()}merge/", {"into": "jane-doe", "names_too": "1"})
    assert "Secret Source" in client_of(None).get("/speakers/jane-doe/").content.decode()
    assert client_of(None).get(secret()).status_code == 301


def test_a_name_that_all_may_know_asks_nothing(
    alice: User, bob: User, carol: User, client_of: ClientOf
) -> None:
    say(alice, "Secret Source", audience="private")
    assert client_of(carol).get(f"{secret()}merge/").status_code == 404
    say(carol, "Secret source", audience="private")
    author = agents.named(carol.pk, "secret source")
    assert Agent.objects.filter(folded="secret source").get() == author
    Authorship.objects.create(article=make_article(), agent=author)
    say(bob, "Jane Doe")
    assert SO_FAR not in client_of(carol).get(f"{secret()}merge/?into=jane-doe").content.decode()
    client_of(carol).post(f"{secret()}merge/", {"into": "jane-doe"})
    assert "secret source" in client_of(None).get("/speakers/jane-doe/").content.decode()


def test_a_name_in_the_articles_of_a_group_alone_stays_there(
    bob: User, carol: User, client_of: ClientOf
) -> None:
    Authorship.objects.create(
        article=make_article(access="groups"), agent=agents.named(None, "Secret Source")
    )
    say(bob, "Jane Doe")
    client_of(carol).post(f"{secret()}merge/", {"into": "jane-doe"})
    assert "Secret Source" not in client_of(None).get("/speakers/jane-doe/").content.decode()


def test_who_edits_the_names_neither_sees_nor_ends_a_quiet_one(merged: Agent, carol: User) -> None:
    assert details_of(merged).aliases == ()
    edit(viewer_of(carol), merged, AgentDetails("Jane Doe", aliases=("J. Doe", "Deep Throat")))
    assert details_of(merged).aliases == ("Deep Throat", "J. Doe")
    assert known_to_account(carol.pk)("Secret Source") == merged


def test_the_address_of_a_claim_that_few_knew_leads_on_those_alone(
    alice: User, bob: User, carol: User, dave: User, client_of: ClientOf
) -> None:
    reach = among("few", alice, carol)
    for reader in (alice, carol):
        make_highlight(reader, make_article(), claim="her secret", **reach)
    make_highlight(bob, make_article(), claim="mooring fees")
    kept = Claim.objects.get(name="mooring fees")
    address = Claim.objects.get(name="her secret").get_absolute_url()
    client_of(carol).post(f"{address}merge/", {"into": "mooring fees"})
    for user, status in ((None, 404), (bob, 404), (dave, 404), (alice, 301), (carol, 301)):
        assert client_of(user).get(address).status_code == status
    assert client_of(alice).get(address)["Location"] == kept.get_absolute_url()


def test_a_merge_is_not_taken_back_once_others_have_the_name(
    alice: User, bob: User, carol: User
) -> None:
    reach = among("few", alice, carol)
    make_highlight(alice, make_article(), claim="her secret", **reach)
    make_highlight(bob, make_article(), claim="mooring fees")
    gone, kept = (Claim.objects.get(name=name) for name in ("her secret", "mooring fees"))
    merging.merge(viewer_of(carol), gone, into=kept)
    make_highlight(bob, make_article(), claim="Her secret")
    with pytest.raises(Invalid, match="Another claim has taken the name"):
        merging.undo(viewer_of(carol), Event.objects.get(verb="claim.merged"))


def test_who_had_both_claims_on_one_highlight_is_led_on_as_well(
    alice: User, bob: User, carol: User, dave: User, client_of: ClientOf
) -> None:
    reach = among("few", alice, carol, dave)
    for reader in (dave, carol):
        make_highlight(reader, make_article(), claim="her secret", **reach)
    make_highlight(carol, make_article(), claim="mooring fees", **reach)
    both = make_highlight(alice, make_article(), claim="mooring fees", **reach)
    make_tag(alice, both, "her secret")
    address = Claim.objects.get(name="her secret").get_absolute_url()
    client_of(carol).post(f"{address}merge/", {"into": "mooring fees"})
    make_highlight(bob, make_article(), claim="mooring fees")
    for user, status in ((bob, 404), (dave, 301), (alice, 301)):
        assert client_of(user).get(address).status_code == status
