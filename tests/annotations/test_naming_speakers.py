"""Whom a field for a speaker offers, and whom it takes for meant."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Annotation
from annotations.queries.speaker_names import complete_speakers
from annotations.suggesting.people import may_be_same
from corpus.access import viewer_of
from corpus.models import Agent, AgentAlias, Article, Authorship
from corpus.permissions import Viewer
from corpus.services import agents
from tests.factories import make_article, make_highlight, make_tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
JSON = {"Accept": "application/json"}
ASKED = "may be “Ann Coffey”. Choose that name"


def wrote(article: Article, *names: str) -> Article:
    for place, name in enumerate(names):
        agent = agents.named(None, name)
        Authorship.objects.create(article=article, agent=agent, position=place, basis="given")
    return article


def said(alice: User, article: Article, claim: str, **how: str) -> Annotation:
    made = make_highlight(alice, article)
    make_tag(alice, made, claim, **how)
    return made


def offered(viewer: Viewer, typed: str, **where: object) -> list[tuple[str, str]]:
    found = complete_speakers(viewer, typed, **where)  # type: ignore[arg-type]
    return [(option.name, option.where) for option in found.options]


def test_those_of_the_article_come_first_then_those_with_the_claim_then_who_speaks_most(
    alice: User,
) -> None:
    here, elsewhere = wrote(make_article(), "Mae Wright"), make_article()
    for _times in range(2):
        said(alice, elsewhere, "other", speaker="Max Often")
    said(alice, elsewhere, "other", speaker="May Once")
    said(alice, elsewhere, "winning", speaker="Mads Claim")
    said(alice, here, "other", speaker="Mary Here")
    expected = [
        ("Mae Wright", "author"),
        ("Mary Here", "article"),
        ("Mads Claim", "claim"),
        ("Max Often", ""),
        ("May Once", ""),
    ]
    for typed in ("", "ma"):
        names = offered(viewer_of(alice), typed, article=here, claim="Winning")
        assert [pair for pair in names if pair[0].startswith("Ma")] == expected


def test_an_alias_finds_who_has_it_and_a_name_like_another_offers_that(alice: User) -> None:
    said(alice, make_article(), "winning", speaker="Jeremy Corbyn")
    AgentAlias.objects.create(agent=Agent.objects.get(name="Jeremy Corbyn"), name="JC of Islington")

    by_alias = complete_speakers(viewer_of(alice), "islington")
    by_initial = complete_speakers(viewer_of(alice), "J. Corbyn")
    itself = complete_speakers(viewer_of(alice), "jeremy  corbyn")

    assert [(one.name, one.alias) for one in by_alias.options] == [
        ("Jeremy Corbyn", "JC of Islington")
    ]
    assert [(one.name, one.is_near) for one in by_initial.options] == [("Jeremy Corbyn", True)]
    assert (by_initial.new_name, itself.new_name) == ("J. Corbyn", "")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("J. Corbyn", "Jeremy Corbyn", True),
        ("Jeremy Corbyn", "Corbyn", True),
        ("Jeremy Corbin", "Jeremy Corbyn", True),
        ("Renée Ex", "renee ex", True),
        ("Piers Corbyn", "Jeremy Corbyn", False),
        ("Ann", "Ian", False),
        ("", "Ann", False),
    ],
)
def test_names_are_like_each_other_by_initials_surname_or_a_slip(
    one: str, other: str, is_same: bool
) -> None:
    assert may_be_same(one, other) is is_same


def test_nobody_learns_of_speakers_in_what_they_do_not_see(alice: User, dave: User) -> None:
    hidden = make_article(access=Article.Access.GROUPS)
    own = make_highlight(alice, make_article(), audience="private")
    make_tag(alice, own, "winning", speaker="Hidden Coffey")
    wrote(hidden, "Secret Coffey")
    for typed in ("", "coffey", "H. Coffey"):
        found = complete_speakers(viewer_of(dave), typed, claim="winning")
        assert not {"Hidden Coffey", "Secret Coffey"} & {one.name for one in found.options}
    assert ("Hidden Coffey", "claim") in offered(viewer_of(alice), "", claim="winning")


def test_the_list_of_names_costs_as_many_queries_for_eight_as_for_two(alice: User) -> None:
    article = make_article()
    counts = []
    for number in range(8):
        said(alice, article, "winning", speaker=f"Speaker {chr(65 + number)}")
        viewer = viewer_of(alice)
        with CaptureQueriesContext(connection) as queries:
            found = complete_speakers(viewer, "speaker", article=article, claim="winning")
        assert len(found.options) == number + 1
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def test_the_author_is_offered_where_the_voice_is_theirs_and_stored_by_saving_alone(
    alice: User, client_of: ClientOf
) -> None:
    made = said(alice, wrote(make_article(), "Mae Wright"), "winning", voice="author")
    address = reverse("occurrence_edit", args=[made.pk, "winning"])
    page = client_of(alice).get(address)
    assert page.context["form"].initial["speaker"] == "Mae Wright"
    assert "Guessed: the author of the article" in page.content.decode()
    assert made.occurrences.get().speaker is None

    by_key = {"stance": "disputes", "voice": "author", "speaker": "Mae Wright", "only": "stance"}
    client_of(alice).post(address, by_key | {"counter": 2}, headers=JSON)
    assert (made.occurrences.get().stance, made.occurrences.get().speaker) == ("disputes", None)

    whole = {"stance": "disputes", "voice": "author", "speaker": "Mae Wright", "counter": 3}
    client_of(alice).post(address, whole)
    assert str(made.occurrences.get().speaker) == "Mae Wright"


@pytest.mark.parametrize(
    ("authors", "voice"),
    [
        (("Mae Wright",), "quoted"),
        (("Mae Wright",), "reported"),
        (("Mae Wright", "Bo Co"), "author"),
    ],
)
def test_the_author_is_no_default_in_another_voice_or_beside_another_author(
    authors: tuple[str, ...], voice: str, alice: User, client_of: ClientOf
) -> None:
    made = said(alice, wrote(make_article(), *authors), "winning", voice=voice)
    page = client_of(alice).get(reverse("occurrence_edit", args=[made.pk, "winning"]))
    assert page.context["form"].initial["speaker"] == ""
    assert '<option value="Mae Wright">' in page.content.decode()


def test_a_key_on_one_thing_leaves_the_guess_at_the_voice_a_guess(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article("She said: “We will win, and soon.” Nobody laughed.")
    made = make_highlight(alice, article, "We will win", claim="winning")
    address = reverse("occurrence_edit", args=[made.pk, "winning"])
    sent = {"stance": "supports", "voice": "quoted", "mode": "pledge", "counter": made.counter}
    client_of(alice).post(address, sent | {"only": "mode"}, headers=JSON)
    changed = made.occurrences.get()
    assert (changed.mode, changed.voice, changed.voice_basis) == ("pledge", "quoted", "guessed")


def test_a_new_name_like_a_known_one_is_asked_about_once(alice: User, client_of: ClientOf) -> None:
    article, client = make_article(), client_of(alice)
    said(alice, article, "other", speaker="Ann Coffey")
    made = said(alice, article, "winning")
    address = reverse("occurrence_edit", args=[made.pk, "winning"])
    sent = {"stance": "supports", "speaker": "A. Coffey", "counter": "2"}

    asked = client.post(address, sent)
    by_script = client.post(address, sent, headers=JSON)
    assert (asked.status_code, by_script.status_code) == (422, 422)
    assert ASKED in asked.content.decode()
    assert ASKED in by_script.json()["message"]
    assert not Agent.objects.filter(name="A. Coffey").exists()

    again = asked.context["form"]
    resent = {name: again[name].value() or "" for name in again.fields}
    assert client.post(address, resent).status_code == 303
    assert str(made.occurrences.get().speaker) == "A. Coffey"


def test_asking_back_tells_nothing_of_names_that_the_reader_does_not_see(
    alice: User, dave: User, client_of: ClientOf
) -> None:
    hidden = make_highlight(alice, make_article(), audience="private")
    make_tag(alice, hidden, "winning", speaker="Ann Coffey")
    made = make_highlight(dave, make_article())
    sent = {"claim": "winning", "speaker": "A. Coffey"}
    tagged = client_of(dave).post(f"/annotations/{made.pk}/claims/", sent, headers=JSON)
    assert tagged.status_code == 200
