"""The page that marks every place with the same words, and what it answers."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.services.everywhere import MOST_PLACES
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import make_article, make_highlight, make_tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
JSON = {"Accept": "application/json"}
TEXT = ("The party decides. The party is split.", "No party, no vote, no Party.", "Parties end.")


@pytest.fixture
def article() -> Article:
    return make_article(*TEXT)


@pytest.fixture
def client(client_of: ClientOf, alice: User) -> Client:
    return client_of(alice)


def shown(client: Client, article: Article, **asked: str | int) -> str:
    answer = client.get(reverse("everywhere", args=[article.slug]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(html: str) -> list[str]:
    return re.findall(r'name="places" value="([\d-]+)" checked', html)


def post(client: Client, article: Article, **fields: Any) -> Any:
    data = {"words": "party", "whole": "on", "version": 1, "client_id": uuid4()} | fields
    headers = fields.pop("headers", {})
    return client.post(reverse("everywhere", args=[article.slug]), data, headers=headers)


def test_words_of_a_highlight_are_found_and_shown_in_their_sentences(
    client: Client, alice: User, article: Article
) -> None:
    mark = make_highlight(alice, article, "party", note="Who?", audience="private")
    unity = make_tag(alice, mark, "unity", stance="disputes").tag
    html = shown(client, article, like=mark.number)
    assert offered(html) == ["23-28", "43-48", "62-67"]
    assert "3 places to mark." in html
    assert "1 is left out: you have highlighted it already." in html
    assert '<span class="sentence">The <b>party</b> is split.' in html
    assert f'name="claims" value="{unity.slug}" checked' in html
    assert re.search(r"<textarea[^>]*name=\"note\"[^>]*>\s*Who\?</textarea>", html)
    assert '<option value="private" selected>' in html


def test_what_another_reader_says_is_offered_and_not_taken_over(
    client: Client, bob: User, article: Article
) -> None:
    mark = make_highlight(bob, article, "party", note="Bob's own", claim="unity")
    html = shown(client, article, like=mark.number)
    assert len(offered(html)) == 4
    assert 'name="claims" value="unity">' in html
    assert "Bob&#x27;s own" not in html


def test_a_private_highlight_lends_its_words_to_nobody(
    client: Client, bob: User, article: Article
) -> None:
    mark = make_highlight(bob, article, "decides", audience="private")
    assert "decides" not in shown(client, article, like=mark.number)


def test_chosen_words_and_options_say_what_is_found(client: Client, article: Article) -> None:
    assert len(offered(shown(client, article, t="4,9"))) == 4
    assert len(offered(shown(client, article, words="Part"))) == 5
    assert len(offered(shown(client, article, words="Party", whole="on", case="on"))) == 1


@pytest.mark.parametrize("asked", [{}, {"t": "9,4"}, {"t": "x"}, {"like": "99"}, {"words": " "}])
def test_without_words_it_asks_for_some(
    client: Client, article: Article, asked: dict[str, str]
) -> None:
    html = shown(client, article, **asked)
    assert offered(html) == []
    assert "This field is required." in html


def test_words_that_are_too_long_to_look_for_say_so(client: Client, article: Article) -> None:
    assert "at most 200 characters" in shown(client, article, words="x" * 201)


def test_more_places_than_can_be_marked_at_once_are_told(client: Client) -> None:
    article = make_article("party " * (MOST_PLACES + 2))
    html = shown(client, article, words="party")
    assert len(offered(html)) == MOST_PLACES
    assert "202 places to mark. At most 200 can be marked at once" in html


def test_the_chosen_places_are_marked_and_undone_without_a_script(
    client: Client, alice: User, article: Article
) -> None:
    source = make_highlight(alice, article, "vote", claim="unity", stance="disputes")
    answer = post(
        client,
        article,
        like=source.number,
        places=["4-9", "62-67"],
        claims=["unity"],
        claim="discipline",
        note="Said again.",
    )
    assert answer.status_code == 303
    made = article.annotations.exclude(pk=source.pk).order_by("number")
    assert [one.exact for one in made] == ["party", "Party"]
    said = {(row.tag.name, row.stance) for one in made for row in one.occurrences.all()}
    assert said == {("unity", "disputes"), ("discipline", "supports")}
    undo = answer.headers["Location"]
    assert b"2 places highlighted." in client.get(undo).content
    client.post(undo)
    assert [one.pk for one in article.annotations.filter(deleted_at=None)] == [source.pk]
    assert client.get(undo).headers["Location"] == article.get_absolute_url()


def test_a_script_hears_all_blocks_and_may_send_it_twice(client: Client, article: Article) -> None:
    together, places = uuid4(), ["4-9", "43-48"]
    answers = [
        post(client, article, client_id=together, places=places, headers=JSON) for _again in "12"
    ]
    told = [answer.json() for answer in answers]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert told[0] == told[1]
    assert told[0]["blocks"] == [1, 2]
    assert article.annotations.count() == 2
    backs = [client.post(told[0]["restore_url"], headers=JSON).json() for _again in "12"]
    assert backs[0] == backs[1]
    assert (backs[0]["blocks"], backs[0]["message"]) == ([1, 2], "2 highlights are taken back.")


def test_no_place_chosen_is_said_and_what_was_typed_stays(client: Client, article: Article) -> None:
    html = post(client, article, note="Typed.").content.decode()
    assert "Choose at least one place." in html
    assert "Typed.</textarea>" in html
    assert offered(html) == []


def test_a_text_that_changed_is_refused(client: Client, carol: User, article: Article) -> None:
    rewrite(carol, article, "Before.", *TEXT)
    answer = post(client, article, places=["4-9"], headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (409, "text_changed")


@pytest.mark.parametrize("place", ["4-4", "9-4", "999999-9999999", "4-9x", "-1-3"])
def test_places_that_are_none_are_refused(client: Client, article: Article, place: str) -> None:
    assert post(client, article, places=[place], headers=JSON).status_code == 422
    assert not article.annotations.exists()


def test_nobody_takes_back_what_another_marked(
    client: Client, client_of: ClientOf, bob: User, article: Article
) -> None:
    undo = post(client, article, places=["4-9"]).headers["Location"]
    assert client_of(bob).post(undo).status_code == 404
    assert article.annotations.filter(deleted_at=None).count() == 1
