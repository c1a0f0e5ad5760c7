"""The page and the answers that change the words of a highlight."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import make_article, make_highlight, make_note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
JSON = {"Accept": "application/json"}


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def mark(alice: User, article: Article) -> Annotation:
    return make_highlight(alice, article, "their bedside")


@pytest.fixture
def client(client_of: ClientOf, alice: User) -> Client:
    return client_of(alice)


def words_of(mark: Annotation) -> str:
    mark.refresh_from_db()
    return mark.exact


def post(client: Client, mark: Annotation, **fields: object) -> Any:
    data = {"version": 1, "counter": mark.counter, "first": 2, "last": 2} | fields
    return client.post(reverse("annotation_words", args=[mark.pk]), data)


def test_the_page_shows_the_sentences_of_its_paragraph_and_chooses_its_own(
    client: Client, mark: Annotation
) -> None:
    html = client.get(reverse("annotation_words", args=[mark.pk])).content.decode()
    chosen = re.findall(
        r'<input type="checkbox"[^>]*checked[^>]*> <span class="sentence">(.*?)<', html
    )
    assert chosen == ["Some MPs pray by their bedside that nobody deselects them."]
    assert "Others have left already." in html
    assert "their bedside</p>" in html


def test_sentences_of_the_page_take_the_place_of_its_words(
    client: Client, mark: Annotation
) -> None:
    answer = post(client, mark, sentences=["1"])
    assert answer.status_code == 303
    assert words_of(mark) == "Others have left already."
    assert answer.headers["Location"] == reverse("annotation_words_undo", args=[mark.pk])


def test_words_may_reach_from_one_paragraph_to_another(client: Client, mark: Annotation) -> None:
    looked = post(client, mark, show="1", from_block="1", to_block="2", from_words="dark")
    html = looked.content.decode()
    assert "Choose the words in paragraphs 1 to 2" in html
    assert 'name="from_words" value="dark"' in html
    post(client, mark, first=1, last=2, from_words="dark", to_words="some mps")
    assert words_of(mark) == "their bedside"
    post(client, mark, first=1, last=2, from_words="dark", to_words="Some MPs")
    assert words_of(mark) == "dark.\n\nSome MPs"


def test_paragraphs_may_be_named_the_other_way_round(client: Client, mark: Annotation) -> None:
    html = post(client, mark, show="1", from_block="3", to_block="1").content.decode()
    assert "Choose the words in paragraphs 1 to 3" in html
    assert (
        client.get(
            reverse("annotation_words", args=[mark.pk]), {"version": 1, "first": 4}
        ).status_code
        == 404
    )


def test_a_script_hears_which_blocks_changed_and_how_to_undo_it(
    client: Client, article: Article, mark: Annotation
) -> None:
    assert article.current_version is not None
    text = article.current_version.text
    start = text.index("twice")
    data = {"version": 1, "counter": 1, "start": start, "end": start + 5, "exact": "twice"}
    answer = client.post(reverse("annotation_words", args=[mark.pk]), data, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["blocks"], told["counter"]) == (200, [2, 3], 2)
    assert told["restore_url"] == reverse("annotation_words_undo", args=[mark.pk])

    back = client.post(told["restore_url"], headers=JSON).json()
    assert (back["blocks"], words_of(mark)) == ([2, 3], "their bedside")


def test_the_page_that_follows_offers_to_undo_it(client: Client, mark: Annotation) -> None:
    undo = post(client, mark, sentences=["1"]).headers["Location"]
    assert b"Words changed." in client.get(undo).content
    assert client.post(undo).status_code == 303
    assert words_of(mark) == "their bedside"
    assert client.get(undo).status_code == 302


def test_the_same_words_offer_nothing_to_undo(client: Client, mark: Annotation) -> None:
    answer = post(client, mark, from_words="their bedside")
    assert answer.headers["Location"].endswith(f"#h{mark.number}")


def test_a_stale_page_shows_the_words_of_now(client: Client, mark: Annotation) -> None:
    post(client, mark, sentences=["1"])
    answer = post(client, mark, from_words="nobody")
    assert answer.status_code == 412
    assert '<blockquote class="quoted k0">Others have left already.' in answer.content.decode()
    told = client.post(
        reverse("annotation_words", args=[mark.pk]),
        {"version": 1, "counter": 1, "start": 0, "end": 3, "exact": "The"},
        headers=JSON,
    )
    assert told.json()["current"] == {"exact": "Others have left already.", "counter": 2}


def test_nothing_chosen_is_said_at_the_sentences(client: Client, mark: Annotation) -> None:
    answer = post(client, mark)
    assert answer.status_code == 422
    assert "Choose a sentence" in answer.content.decode()


def test_what_marks_no_words_leads_to_its_place(
    client: Client, alice: User, carol: User, article: Article, mark: Annotation
) -> None:
    note = make_note(alice, article)
    rewrite(carol, article, "All of it is new.")
    for thing in (note, mark):
        answer = client.get(reverse("annotation_words", args=[thing.pk]))
        assert answer.headers["Location"].endswith(f"#n{thing.number}")
