"""Search results narrowed by the facets of the library."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article, Outlet
from corpus.permissions import Viewer
from corpus.queries.search import Results, search_results
from corpus.services.indexing import index_article
from tests.factories import make_article, make_collection, make_highlight

ANYONE = Viewer()

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(alice: User) -> tuple[Article, Article]:
    """Return two indexed articles that tell of herring, the first marked and of an outlet."""
    paper = Outlet.objects.create(name="The Paper", slug="the-paper")
    first = indexed("Herring in the bay.", title="First", outlet=paper)
    second = indexed("More herring at sea.", title="Second")
    make_highlight(alice, first, "the bay", note="Which herring?", claim="herring return")
    make_highlight(alice, second, "at sea", note="Herring, again.", audience="private")
    return first, second


def test_a_facet_limits_every_kind(two: tuple[Article, Article]) -> None:
    everything = searched(q="herring")
    assert counts(everything) == {
        "All": "6",
        "Passages": "2",
        "Notes": "1",
        "Articles": "2",
        "Claims": "1",
    }
    narrowed = searched(q="herring", outlet="the-paper")
    assert counts(narrowed) == {
        "All": "4",
        "Passages": "1",
        "Notes": "1",
        "Articles": "1",
        "Claims": "1",
    }
    assert [hit.article.title for hit in narrowed.articles] == ["First"]
    unmarked = searched(q="herring", marks="none")
    assert counts(unmarked) == {
        "All": "2",
        "Passages": "1",
        "Notes": "0",
        "Articles": "1",
        "Claims": "0",
    }


def test_only_what_is_found_is_offered(two: tuple[Article, Article]) -> None:
    indexed("Nothing of the kind.", outlet=Outlet.objects.create(name="Other", slug="other"))
    offered = {facet.label: facet.links for facet in searched(q="herring").facets}
    assert [(link.label, link.count) for link in offered["Outlet"]] == [("The Paper", 1)]
    assert [(link.label, link.count) for link in offered["Reader"]] == [("Alice", 1)]
    assert "Collection" not in offered


def test_what_is_chosen_stays_with_the_kinds_and_can_be_taken_back(
    two: tuple[Article, Article],
) -> None:
    results = searched(q="herring", kind="passages", outlet="the-paper", by="alice")
    assert [tab.query for tab in results.tabs if tab.label == "Notes"] == [
        "q=herring&by=alice&outlet=the-paper&kind=notes"
    ]
    assert [(pill.facet, pill.label, pill.query) for pill in results.pills] == [
        ("Outlet", "The Paper", "q=herring&by=alice&kind=passages"),
        ("Reader", "Alice", "q=herring&outlet=the-paper&kind=passages"),
    ]


def test_a_collection_and_facets_limit_together(two: tuple[Article, Article]) -> None:
    make_collection(two[1], title="Kept")
    results = searched(q="herring", outlet="the-paper", **{"in": "kept"})
    assert counts(results)["All"] == "0"
    assert not [link for facet in results.facets for link in facet.links if link.is_chosen]
    assert results.unnarrowed == "q=herring&in=kept"


@pytest.mark.parametrize("query", ["outlet=nobody", "year=0000", "by=%ED%A0%80", "topic=x"])
def test_filters_that_leave_nothing_can_be_lifted(
    two: tuple[Article, Article], client: Client, query: str
) -> None:
    page = client.get(f"/search/?q=herring&{query}").content.decode()
    assert "Nothing with these filters has “herring”." in page
    assert 'href="?q=herring">Search without filters' in page


def test_the_articles_of_a_narrowed_search_are_collected(
    two: tuple[Article, Article], client_of: Callable[[User | None], Client], carol: User
) -> None:
    client = client_of(carol)
    page = client.get("/search/?q=herring&outlet=the-paper").content.decode()
    assert 'href="/collections/add/?q=herring&amp;outlet=the-paper"' in page
    offered = client.get("/collections/add/?q=herring&outlet=the-paper").content.decode()
    assert "First" in offered
    assert "Second" not in offered
    assert '<input type="hidden" name="outlet" value="the-paper">' in offered


def searched(**wanted: str) -> Results:
    """Return what anyone finds at this address."""
    return search_results(ANYONE, wanted)


def counts(results: Results) -> dict[str, str]:
    """Return how many were found of each kind."""
    return {tab.label: tab.count for tab in results.tabs}


def indexed(words: str, **fields: Any) -> Article:
    """Return a stored and indexed article."""
    article = make_article(words, **fields)
    assert article.current_version is not None
    index_article(article.current_version)
    return article
