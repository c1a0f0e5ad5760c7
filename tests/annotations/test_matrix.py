"""The table of claims against articles, speakers, outlets and years."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.queries.matrix import matrix_of
from annotations.queries.passage_filters import EVERYTHING
from annotations.seriation import alike, likes_together
from corpus.access import viewer_of
from corpus.models import Article, Outlet
from tests.factories import make_article, make_collection, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
ADDRESS = "/claims/matrix/"


def rows_of(answer: str) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.removeprefix("\ufeff"))))


@pytest.fixture
def old(db: None) -> Article:
    """Return an article of 2010 from an outlet."""
    outlet = Outlet.objects.create(name="The Paper", slug="the-paper")
    return make_article(
        title="Old words",
        slug="old-words",
        outlet=outlet,
        published_on=date(2010, 5, 17),
        published_precision=Article.Precision.DAY,
    )


def test_a_cell_counts_what_the_viewer_sees_by_stance(alice: User, bob: User, old: Article) -> None:
    for reader, stance in ((alice, "supports"), (alice, "disputes"), (bob, "supports")):
        make_highlight(reader, old, claim="deselection threat", stance=stance)
    make_highlight(alice, old, "members decide", claim="deselection threat", audience="private")
    for viewer, total in ((None, 3), (bob, 3), (alice, 4)):
        found = matrix_of(viewer_of(viewer), "articles", EVERYTHING)
        row = next(row for row in found.rows if row.claim.slug == "deselection-threat")
        assert row.total == total
        assert sum(row.cells["old-words"]) == total
        assert row.cells["old-words"].disputes == 1


def test_what_has_no_speaker_outlet_or_date_stands_last(alice: User, old: Article) -> None:
    undated = make_article(title="New words", slug="new-words")
    marked = make_highlight(alice, old, claim="deselection threat")
    make_tag(alice, marked, "said aloud", speaker="Jess Phillips")
    make_highlight(alice, undated, claim="deselection threat")
    names = {
        by: [column.label for column in matrix_of(viewer_of(None), by, EVERYTHING).columns]
        for by in ("articles", "speakers", "outlets", "years")
    }
    assert names["articles"][0] == "Old words"
    assert names["speakers"] == ["Jess Phillips", "No speaker named"]
    assert names["outlets"] == ["The Paper", "No outlet known"]
    assert names["years"] == ["2010", "No date known"]


def test_somebody_called_none_is_not_nobody(alice: User, old: Article) -> None:
    marked = make_highlight(alice, old, claim="deselection threat")
    for _time in range(2):
        again = make_highlight(alice, old)
        make_tag(alice, again, "deselection threat", speaker="None")
    found = matrix_of(viewer_of(None), "speakers", EVERYTHING)
    row = next(row for row in found.rows if row.claim == marked.occurrences.get().tag)
    assert [sum(row.cells[column.key]) for column in found.columns] == [2, 1]


def test_likes_stand_together_and_unlikes_at_the_ends() -> None:
    rows = [0b0011, 0b1100, 0b0111, 0b1000, 0b0, 0b0010]
    order = likes_together(rows)
    assert sorted(order) == [*range(len(rows))]
    near = [alike(rows[first], rows[second]) for first, second in pairwise(order)]
    given = [alike(first, second) for first, second in pairwise(rows)]
    assert sum(near) > sum(given)
    assert likes_together(rows) == order


def test_a_cell_opens_its_passages_with_and_without_script(
    alice: User, old: Article, client: Client
) -> None:
    make_highlight(alice, old, claim="deselection threat", note="My reason.")
    page = client.get(ADDRESS).content.decode()
    link = re.search(r'<td><a href="([^"]*row=deselection-threat[^"]*)#cell"', page)
    assert link is not None
    address = link[1].replace("&amp;", "&")
    assert "My reason." in client.get(ADDRESS + address).content.decode()
    fragment = client.get(f"{ADDRESS}cell/{address}").content.decode()
    assert "My reason." in fragment
    assert "<html" not in fragment
    assert "/claims/deselection-threat/?article=old-words" in fragment
    nothing = client.get(f"{ADDRESS}cell/?row=deselection-threat&at=no-such-article")
    assert nothing.status_code == 404


@pytest.mark.parametrize("by", ["articles", "speakers", "outlets", "years"])
def test_filters_narrow_the_table_and_each_can_be_taken_out(
    by: str, alice: User, bob: User, old: Article, client: Client
) -> None:
    make_highlight(alice, old, claim="deselection threat")
    make_highlight(bob, make_article(), claim="something else")
    make_collection(old, title="Only old")
    query = f"?by={by}&reader=alice&outlet=the-paper&in=only-old&since=2010-01-01&until=2010-12-31"
    page = client.get(ADDRESS + query).content.decode()
    assert "Deselection threat" in page
    assert "Something else" not in page
    for pill in ("Reader: Alice", "Outlet: The Paper", "Collection: Only old", "From 1 Jan 2010"):
        assert pill in page
    assert page.count('class="topic"') == 5
    assert (
        "No passage matches all these filters."
        in client.get(f"{ADDRESS}?outlet=nobody").content.decode()
    )


@pytest.mark.parametrize(
    "query",
    ["?by=doubts&sort=x&page=0&columns=99999", "?by=years&row=x&at=²", "?since=x&at=\x00&row=a"],
)
def test_a_senseless_address_shows_the_table(alice: User, client: Client, query: str) -> None:
    make_highlight(alice, make_article(), claim="deselection threat")
    assert client.get(ADDRESS + query).status_code == 200


def test_the_table_as_csv_runs_no_formula(alice: User, client: Client) -> None:
    make_highlight(alice, make_article(title="=1+1"), claim="deselection threat", stance="disputes")
    table = rows_of(client.get(f"{ADDRESS}claims.csv").getvalue().decode())
    assert "'=1+1" in table[0]
    (row,) = [row for row in table if row[0] == "Deselection threat"]
    assert (row[1], row[table[0].index("'=1+1")]) == ("1", "1")
    lines = rows_of(client.get(f"{ADDRESS}claims.csv?form=long").getvalue().decode())
    (line,) = [line for line in lines if line[0] == "deselection threat"]
    assert (line[3], line[5:]) == ("'=1+1", ["0", "1", "0", "1"])


def test_twice_the_passages_need_no_more_queries(alice: User, client: Client) -> None:
    counts = []
    for number in range(2):
        for claim in ("deselection threat", f"claim {number}"):
            make_highlight(alice, make_article(), claim=claim)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
