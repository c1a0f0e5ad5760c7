"""The page of search results."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.models import Article
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(alice: User, noise: None) -> Article:
    """Return an indexed article with a note and a claim."""
    made = indexed("The zeugma is <b>bold</b>. Nothing else.", "Another zeugma here.")
    make_highlight(alice, made, "Nothing else", note="Zeugma again.", claim="zeugma everywhere")
    return made


def test_every_kind_is_counted_and_shown(article: Article, client: Client) -> None:
    page = text(client.get("/search/", {"q": "zeugma"}).content)
    for tab in ("All 5", "Passages 2", "Notes 1", "Articles 1", "Claims 1"):
        assert tab in page
    assert "in paragraph 2" in page
    assert "Zeugma everywhere" in page


def test_what_is_not_looked_for_is_told(article: Article, client: Client) -> None:
    page = text(client.get("/search/", {"q": "zeugma " * 100}).content)
    assert "only its beginning was looked for" in page
    assert "All 5" in page
    many = " ".join(f"word{number}" for number in range(20))
    page = text(client.get("/search/", {"q": many}).content)
    assert "Only the first 12 different words were looked for." in page
    page = text(client.get("/search/", {"q": "zeugma"}).content)
    assert "looked for" not in page


def test_leaving_out_alone_asks_for_a_word_to_find(article: Article, client: Client) -> None:
    page = text(client.get("/search/", {"q": "-zeugma"}).content)
    assert "There is no word to find in it." in page
    assert "Nothing has all of" not in page


def test_one_kind_is_shown_alone(article: Article, client: Client) -> None:
    page = text(client.get("/search/", {"q": "zeugma", "kind": "notes"}).content)
    assert "again" in page
    assert "in paragraph" not in page


def test_an_unknown_kind_means_all(article: Article, client: Client) -> None:
    page = client.get("/search/", {"q": "zeugma", "kind": "secrets"}).content
    assert b"in paragraph 1" in page


def test_words_of_articles_and_readers_are_escaped(article: Article, client: Client) -> None:
    page = client.get("/search/", {"q": "<script>zeugma"}).content.decode()
    assert "<script>zeugma" not in page
    page = client.get("/search/", {"q": "zeugma"}).content.decode()
    assert "is &lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>zeugma</b>" in page


def test_what_is_private_is_not_counted(
    article: Article, alice: User, dave: User, client_of: Callable[[User | None], Client]
) -> None:
    make_highlight(alice, article, "Another", note="A private zeugma.", audience="private")
    assert "Notes 2" in text(client_of(alice).get("/search/?q=zeugma").content)
    assert "Notes 1" in text(client_of(dave).get("/search/?q=zeugma").content)


def test_nothing_found_offers_the_nearest_words(article: Article, client: Client) -> None:
    page = client.get("/search/", {"q": "zuegma"}).content.decode()
    assert 'href="?q=zeugma"' in page


def test_an_empty_tab_says_so(client: Client) -> None:
    indexed("The zeugma alone.")
    page = client.get("/search/", {"q": "zeugma", "kind": "notes"}).content
    assert b"Nothing of this kind." in page


def test_many_hits_come_in_pages(client: Client) -> None:
    indexed(*(f"zeugma number {number}" for number in range(25)))
    first = client.get("/search/", {"q": "zeugma", "kind": "passages"}).content.decode()
    second = client.get("/search/", {"q": "zeugma", "kind": "passages", "page": "2"})
    assert first.count('class="hit"') == 20
    assert "q=zeugma&amp;kind=passages&amp;page=2" in first
    assert second.content.count(b'class="hit"') == 5


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%22", "q=%ED%A0%80", "q=a&page=-1", "q=%F0%9F%98%80", "kind=x"]
)
def test_every_address_is_answered(article: Article, client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 200


def test_twice_as_many_hits_take_as_many_queries(alice: User, client: Client) -> None:
    def fill(size: int) -> None:
        for number in range(size):
            made = indexed(f"zeugma {number} of many")
            make_highlight(
                alice, made, "of many", note=f"zeugma {number}", claim=f"zeugma {number}"
            )

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": "zeugma"})
        return len(captured)

    fill(3)
    few = queries()
    fill(3)
    assert queries() == few


def indexed(*paragraphs: str) -> Article:
    """Return a stored and indexed article."""
    article = make_article(*paragraphs)
    assert article.current_version is not None
    index_article(article.current_version)
    return article


def text(page: bytes) -> str:
    """Return a page without its mark-up, its white space as single spaces."""
    return " ".join(re.sub(r"<[^>]+>", "", page.decode()).split())
