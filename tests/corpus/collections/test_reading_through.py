"""Reading an article within a collection, and searching in one."""

import re

import pytest
from django.test import Client

from corpus.access import article_ids_in, collection_at
from corpus.models import Article, Collection
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.collections import address_within, step_in
from corpus.search import article_ids, articles, count, passages
from corpus.services import collections
from corpus.services.rebuilding import rebuild
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ANYONE = Viewer()


@pytest.fixture
def three() -> list[Article]:
    """Return three articles on one word, named by letters."""
    texts = ("Once about herring.", "Herring and herring again.", "Herring: a third piece.")
    made = [
        make_article(text, title=f"Title {letter}", slug=letter)
        for text, letter in zip(texts, "abc", strict=True)
    ]
    list(rebuild())
    return made


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_says_where_it_stands(client: Client, three: list[Article]) -> None:
    make_collection(*three, title="On herring")
    page = page_of(client, "/articles/b/?in=on-herring")
    assert 'aria-label="Collection"' in page
    assert re.search(r"2 of 3 in\s+<a href=\"/collections/on-herring/\">On herring</a>", page)
    assert '<link rel="prev" href="/articles/a/?in=on-herring">' in page
    assert '<link rel="next" href="/articles/c/?in=on-herring">' in page
    assert page.count('href="/articles/c/?in=on-herring"') == 3
    assert '<link rel="canonical" href="http://testserver/articles/b/">' in page
    first, last = (page_of(client, f"/articles/{slug}/?in=on-herring") for slug in "ac")
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last


@pytest.mark.parametrize("within", ["", "nowhere", "gone", "others", "%00", "x" * 500])
def test_another_collection_counts_for_none(
    client: Client, three: list[Article], within: str
) -> None:
    make_collection(make_article(), title="Others")
    gone = make_collection(*three, title="Gone")
    collections.delete(SYSTEM, gone, counter=1)
    page = page_of(client, f"/articles/b/?in={within}")
    assert 'class="step"' not in page
    assert 'rel="next"' not in page


def test_steps_leave_out_what_one_may_not_read(three: list[Article]) -> None:
    hidden = make_article(is_hidden=True)
    made = make_collection(three[0], hidden, three[1])
    step = step_in(ANYONE, made, three[1])
    assert step is not None
    assert (step.place, step.count, step.next) == (2, 2, None)
    assert step.previous is not None
    assert step.previous.title == "Title a"
    assert step_in(ANYONE, made, hidden) is None
    assert step_in(SYSTEM, made, hidden) is not None


def test_a_former_address_keeps_the_collection(client: Client, three: list[Article]) -> None:
    make_collection(*three, title="Kept")
    three[0].former_slugs.create(slug="was")
    assert client.get("/articles/was/?in=kept")["Location"] == "/articles/a/?in=kept"


def test_search_looks_in_a_collection(three: list[Article]) -> None:
    made = article_ids_in(make_collection(three[2], three[0]))
    assert {hit.article.slug for hit in articles(ANYONE, "herring", within=made)} == {"a", "c"}
    assert {hit.article.slug for hit in passages(ANYONE, "herring", within=made)} == {"a", "c"}
    assert count(ANYONE, "articles", "herring", within=made) == 2
    found = [hit.article.pk for hit in articles(ANYONE, "herring", limit=50)]
    assert article_ids(ANYONE, "herring", limit=50) == found


def test_the_page_of_results_keeps_and_leaves_the_collection(
    client: Client, three: list[Article]
) -> None:
    make_collection(three[0], title="Only one")
    page = page_of(client, "/search/?q=herring&in=only-one")
    assert "Collection: Only one" in page
    assert 'href="?q=herring"' in page
    assert 'href="?q=herring&amp;kind=articles&amp;in=only-one"' in page
    assert 'name="in" value="only-one"' in page
    assert "Title b" not in page
    assert re.search(r'href="/articles/a/\?t=\d+,\d+&amp;in=only-one#p1"', page)
    nothing = page_of(client, "/search/?q=momentum&in=only-one")
    assert "Nothing in “Only one” has all of “momentum”." in nothing
    everywhere = page_of(client, "/search/?q=herring&in=nowhere")
    assert "Title b" in everywhere
    assert "Collection:" not in everywhere


def test_an_address_keeps_its_place_within_a_collection(three: list[Article]) -> None:
    made = make_collection(title="Places")
    assert address_within("/articles/a/", made) == "/articles/a/?in=places"
    assert address_within("/articles/a/?t=1,2#p1", made) == "/articles/a/?t=1,2&in=places#p1"


def test_a_collection_is_found_by_its_address(three: list[Article]) -> None:
    made = make_collection()
    assert collection_at(ANYONE, made.slug) == made
    assert collection_at(ANYONE, "") is None
    Collection.objects.filter(pk=made.pk).update(group=None)
    assert collection_at(Viewer(reads_public=False), made.slug) is None
