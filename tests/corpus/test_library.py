"""The library page: what it lists, narrows, orders and shows of each article."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.models import Agent, Article, Authorship, Outlet
from corpus.permissions import Viewer
from corpus.queries.library import PAGE_SIZE, library_page
from tests.factories import make_article, make_highlight, make_link

ANYONE = Viewer()

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper() -> Outlet:
    """Return an outlet."""
    return Outlet.objects.create(name="The Paper", slug="the-paper")


@pytest.fixture
def old(paper: Outlet) -> Article:
    """Return an article of 2010 with an outlet and a topic."""
    article = make_article(title="An old piece", outlet=paper, **on(date(2010, 5, 17)))
    article.topics.add("elections")
    return article


@pytest.fixture
def recent(paper: Outlet) -> Article:
    """Return an article of March 2017."""
    return make_article(title="Recent news", outlet=paper, **on(date(2017, 3, 1), "month"))


@pytest.fixture
def undated() -> Article:
    """Return an article that nobody knows the date of."""
    return make_article(title="Undated", published_not_before=date(2017, 1, 13))


def test_newest_come_first_and_undated_last(
    old: Article, recent: Article, undated: Article
) -> None:
    assert titles() == ["Recent news", "An old piece", "Undated"]


def test_a_filter_leaves_the_count_of_what_it_shows(
    client: Client, old: Article, recent: Article, undated: Article
) -> None:
    for asked, count in (("", "3 articles"), ("?year=2017", "1 article")):
        page = " ".join(client.get(f"/{asked}").content.decode().split())
        assert f'<p class="meta">{count}</p>' in page


def test_titles_can_be_put_in_order(old: Article, recent: Article, undated: Article) -> None:
    assert titles(sort="title") == ["An old piece", "Recent news", "Undated"]


def test_the_marked_ones_can_come_first(
    alice: User, old: Article, recent: Article, undated: Article
) -> None:
    make_highlight(alice, undated)
    make_highlight(alice, undated, "members decide")
    make_highlight(alice, old)
    assert titles(sort="marked") == ["Undated", "An old piece", "Recent news"]
    assert titles(sort="recent") == ["An old piece", "Undated", "Recent news"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"topic": "elections"}, ["An old piece"]),
        ({"outlet": "the-paper"}, ["Recent news", "An old piece"]),
        ({"year": "2017"}, ["Recent news"]),
        ({"year": "unknown"}, ["Undated"]),
        ({"outlet": "the-paper", "year": "2010"}, ["An old piece"]),
        ({"outlet": "the-paper", "year": "unknown"}, []),
        ({"outlet": "nobody's"}, []),
        ({"year": "0000"}, []),
        ({"year": "٢٠١٧"}, []),
        ({"year": "99999999999"}, []),
        ({"colour": "blue"}, ["Recent news", "An old piece", "Undated"]),
        ({"sort": "; DROP TABLE"}, ["Recent news", "An old piece", "Undated"]),
        ({"page": "nine"}, ["Recent news", "An old piece", "Undated"]),
    ],
)
def test_the_address_narrows_the_list(
    old: Article, recent: Article, undated: Article, chosen: dict[str, str], expected: list[str]
) -> None:
    assert titles(**chosen) == expected


def test_claims_narrow_to_where_they_are_seen(alice: User, old: Article, recent: Article) -> None:
    make_highlight(alice, old, claim="deselection threat")
    make_highlight(alice, recent, claim="deselection threat", audience="private")
    assert titles(claim="deselection-threat") == ["An old piece"]
    (facet,) = [facet for facet in library_page(ANYONE, {}).facets if facet.label == "Claim"]
    assert [(link.label, link.count) for link in facet.links] == [("Deselection threat", 1)]


def test_readers_and_the_lack_of_marks_narrow_to_what_is_seen(
    alice: User, bob: User, old: Article, recent: Article, undated: Article
) -> None:
    make_highlight(alice, old)
    make_highlight(alice, recent, audience="private")
    make_highlight(bob, old, "members decide")
    assert titles(by="alice") == ["An old piece"]
    assert titles(by="nobody") == []
    assert titles(marks="none") == ["Recent news", "Undated"]
    assert titles(marks="some") == []
    facets = {facet.label: facet for facet in library_page(ANYONE, {}).facets}
    readers = {link.label: link.count for link in facets["Reader"].links}
    assert readers == {"Alice": 1, "Bob": 1}
    assert [(link.label, link.count) for link in facets["Highlights"].links] == [("none yet", 2)]


def test_counts_of_a_facet_follow_the_other_choices(
    old: Article, recent: Article, undated: Article
) -> None:
    facets = {facet.label: facet for facet in library_page(ANYONE, {"year": "2010"}).facets}
    assert [(link.label, link.count) for link in facets["Outlet"].links] == [("The Paper", 1)]
    years = [(link.label, link.count, link.is_chosen) for link in facets["Year"].links]
    assert years == [("2017", 1, False), ("2010", 1, True), ("no exact date", 1, False)]


def test_a_chosen_value_can_be_taken_back(old: Article, recent: Article) -> None:
    shown = library_page(ANYONE, {"outlet": "the-paper", "year": "2010", "sort": "title"})
    assert [(pill.facet, pill.label, pill.query) for pill in shown.pills] == [
        ("Outlet", "The Paper", "year=2010&sort=title"),
        ("Year", "2010", "outlet=the-paper&sort=title"),
    ]


def test_what_one_may_not_read_is_neither_listed_nor_counted(
    old: Article, client_of: Callable[[User | None], Client], dave: User
) -> None:
    make_article(title="For members", outlet=old.outlet, access=Article.Access.MEMBERS)
    make_article(title="Out of sight", outlet=old.outlet, is_hidden=True)
    assert titles() == ["An old piece"]
    answer = client_of(dave).get("/")
    assert b"For members" in answer.content
    assert b"Out of sight" not in answer.content
    assert b"2 articles" in answer.content


def test_dates_and_titles_are_told_as_they_are_known(
    recent: Article, undated: Article, client: Client
) -> None:
    Article.objects.filter(pk=undated.pk).update(title_basis="derived")
    page = client.get("/").content.decode()
    assert ">Mar 2017<" in page
    assert "not before 13 Jan 2017" in page
    assert page.count("title derived") == 1


def test_inferred_authors_are_shown_as_inferred(old: Article, client: Client) -> None:
    giddens = Agent.objects.create(name="Anthony Giddens", slug="anthony-giddens")
    Authorship.objects.create(article=old, agent=giddens, basis="inferred")
    (row,) = library_page(ANYONE, {}).rows
    assert (row.credit, row.is_credit_inferred) == ("Anthony Giddens", True)
    assert ">inferred<" in client.get("/").content.decode()


def test_an_inferred_outlet_is_shown_as_inferred(old: Article, client: Client) -> None:
    assert ">inferred<" not in client.get("/").content.decode()
    Article.objects.filter(pk=old.pk).update(
        outlet_basis="inferred", facts={"outlet": {"evidence": "Read the rest on The Paper."}}
    )
    page = client.get("/").content.decode()
    assert 'title="Read the rest on The Paper.">inferred<' in page


def test_what_is_asked_of_the_database_does_not_grow_with_the_marks(
    alice: User, old: Article
) -> None:
    asked = []
    for _round in range(2):
        for _ in range(4):
            make_highlight(alice, old, claim="a claim")
        with CaptureQueriesContext(connection) as queries:
            library_page(ANYONE, {"sort": "marked"})
        asked.append([len(query["sql"]) for query in queries])
    assert asked[0] == asked[1]


def test_an_opening_does_not_repeat_a_derived_title() -> None:
    make_article("One could be idiosyncratic. Two might not.", title="One could be idiosyncratic.")
    (row,) = library_page(ANYONE, {}).rows
    assert row.opening == "Two might not."


def test_a_row_counts_the_marks_one_may_see(alice: User, old: Article, recent: Article) -> None:
    shown = make_highlight(alice, old, claim="deselection threat")
    make_highlight(alice, old, "members decide", audience="private")
    make_link(alice, shown, recent)
    rows = {row.article: row for row in library_page(ANYONE, {}).rows}
    marks = rows[old].marks
    assert marks is not None
    assert marks.counts == "1 highlight · 1 link"
    (tick,) = marks.ticks
    assert 0 < tick.x < tick.x + tick.width <= 1000
    assert tick.slot > 0


def test_the_first_visit_says_what_this_is(
    old: Article, client: Client, client_of: Callable[[User | None], Client], dave: User
) -> None:
    assert b'class="lead"' in client.get("/").content
    assert b'class="lead"' not in client.get("/", {"year": "2010"}).content
    assert b'class="lead"' not in client_of(dave).get("/").content


def test_an_empty_library_says_so(client: Client) -> None:
    assert b"nothing to read here" in client.get("/").content


def test_twice_as_many_articles_take_as_many_queries(alice: User, paper: Outlet) -> None:
    def fill(size: int) -> None:
        for number in range(size):
            article = make_article(outlet=paper, **on(date(2000 + number, 1, 1)))
            article.topics.add(f"topic {number}")
            make_highlight(alice, article, claim=f"claim {number}")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert Client().get("/").status_code == 200
        return len(captured)

    fill(PAGE_SIZE // 2)
    few = queries()
    fill(PAGE_SIZE // 2)
    assert queries() == few


def titles(**wanted: str) -> list[str]:
    """Return the titles that anyone sees at this address."""
    return [row.article.title for row in library_page(ANYONE, wanted).rows]


def on(day: date, precision: str = "day") -> dict[str, Any]:
    """Return the fields of an article published on `day`."""
    return {"published_on": day, "published_precision": precision}
