"""Speakers whom few named: what others do with the same name, and what they see."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Agent, Event
from corpus.services import agent_curation, agents
from corpus.services.agent_curation import AgentDetails, details_of
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def test_a_speaker_whom_few_named_has_an_address_that_tells_nobody(
    alice: User, bob: User, dave: User, carol: User, client_of: ClientOf
) -> None:
    hers = _said_by(alice, "Jo Grey", audience="private")
    assert re.fullmatch("jo-grey-[0-9a-f]{10}", hers.slug)
    assert _said_by(alice, "JO GREY", audience="private") == hers
    his = _said_by(dave, "jo grey", audience="private")
    assert (his.name, his != hers) == ("jo grey", True)
    assert _said_by(bob, "Jo-Grey").slug == "jo-grey"

    known = _said_by(bob, "JO Grey")
    assert (known.name, known.slug) == ("JO Grey", "jo-grey-2")
    for slug in (hers.slug, his.slug):
        answer = client_of(alice).get(f"/speakers/{slug}/")
        assert answer["Location"] == "/speakers/jo-grey-2/"
    assert known.occurrences.count() == 4
    told = Event.objects.filter(verb="agent.absorbed").order_by("pk")
    assert {(one.actor, one.before["name"], one.audience) for one in told} == {
        (alice, "Jo Grey", "private"),
        (dave, "jo grey", "private"),
    }


def test_a_curator_gives_names_that_few_use_and_hears_nothing_of_it(
    alice: User, bob: User, carol: User
) -> None:
    hers = _said_by(alice, "Jo Grey", audience="private")
    somebody = _said_by(bob, "J. G.")
    agent_curation.edit(viewer_of(carol), somebody, AgentDetails("JG", aliases=("JO GREY",)))
    assert not Agent.objects.filter(pk=hers.pk).exists()
    assert details_of(somebody).aliases == ("J. G.", "JO GREY")
    assert somebody.occurrences.count() == 2


def test_an_author_is_spelt_as_imported_whatever_few_wrote(alice: User, carol: User) -> None:
    _said_by(alice, "JO grey", audience="private")
    assert agents.named(carol.pk, "Jo Grey").name == "Jo Grey"


def _said_by(user: User, name: str, **draft: str) -> Agent:
    mark = make_highlight(user, make_article(), **draft)
    speaker = make_tag(user, mark, "a threat", speaker=name, voice="quoted").speaker
    assert speaker is not None
    return speaker
