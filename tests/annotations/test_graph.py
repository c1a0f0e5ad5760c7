"""The graph of links: its geometry, what it leaves out, and how much it asks of the database."""

from collections.abc import Callable
from datetime import date
from itertools import combinations, pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.curves import BOX_HEIGHT, BOX_WIDTH, Tie
from annotations.graph import Drawing, Entry, drawing
from annotations.queries import neighbourhood
from annotations.queries.graph import graph_of
from annotations.queries.links import Limits
from annotations.templatetags.drawn import wrapped
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import make_article, make_collection, make_highlight, make_link

ClientOf = Callable[[User | None], Client]

_DAYS = st.none() | st.dates(min_value=date(1950, 1, 1), max_value=date(2030, 1, 1))


def on(day: date, key: str, *claims: str) -> Entry:
    return Entry(key, day, day, frozenset(claims))


def overlapping(drawn: Drawing) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(drawn.boxes.items(), 2)
        if abs(a.x - b.x) < BOX_WIDTH and abs(a.y - b.y) < BOX_HEIGHT
    ]


class TestGeometry:
    """annotations.graph"""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(_DAYS, st.sets(st.sampled_from("abc"))), max_size=40))
    def test_no_two_boxes_overlap_and_all_are_within_the_picture(
        self, made: list[tuple[date | None, set[str]]]
    ) -> None:
        entries = [
            Entry(str(number), day, day, frozenset(claims))
            for number, (day, claims) in enumerate(made)
        ]
        drawn = drawing(entries, [])
        assert overlapping(drawn) == []
        assert all(0 <= box.x <= drawn.width - BOX_WIDTH for box in drawn.boxes.values())
        assert all(0 <= box.y <= drawn.height - BOX_HEIGHT for box in drawn.boxes.values())
        assert drawing(entries[::-1], []).boxes == drawn.boxes

    def test_a_later_article_stands_further_right_and_one_without_a_date_behind_all(self) -> None:
        entries = [on(date(2017, 3, 23), "late"), on(date(2010, 5, 17), "early")]
        drawn = drawing([*entries, Entry("undated", None, None)], [])
        xs = [drawn.boxes[key].x for key in ("early", "late", "undated")]
        assert xs == sorted(xs)
        assert drawn.undated_x is not None
        assert drawn.boxes["late"].x + BOX_WIDTH < drawn.undated_x < drawn.boxes["undated"].x

    def test_of_free_rows_an_article_takes_the_one_of_those_it_shares_claims_with(self) -> None:
        years = range(1990, 2008)
        entries = [on(date(year, 1, 1), str(year), str(year % 3)) for year in years]
        drawn = drawing(entries, [])
        apart: dict[bool, list[float]] = {True: [], False: []}
        for one, other in combinations(entries, 2):
            away = abs(drawn.boxes[one.key].y - drawn.boxes[other.key].y)
            apart[one.claims == other.claims].append(away)
        means = {kind: sum(values) / len(values) for kind, values in apart.items()}
        assert means[True] < means[False]

    def test_curves_that_meet_a_side_of_a_box_meet_it_apart(self) -> None:
        entries = [on(date(2000 + number, 1, 1), str(number)) for number in range(6)]
        ties = [Tie(str(number), "5") for number in range(5)]
        heads = [curve.head.split("L")[0] for curve in drawing(entries, ties).curves]
        assert len(set(heads)) == len(heads)

    def test_a_curve_without_direction_has_no_arrow_head(self) -> None:
        entries = [on(date(2000, 1, 1), "a"), on(date(2010, 1, 1), "b")]
        curves = drawing(entries, [Tie("a", "b", is_mutual=True), Tie("a", "b")]).curves
        assert [bool(curve.head) for curve in curves] == [False, True]


def test_a_title_is_cut_to_its_box_also_without_spaces_and_in_wide_letters() -> None:
    assert wrapped("The rise and fall of New Labour", room=26, lines=2) == [
        "The rise and fall of New",
        "Labour",
    ]
    assert wrapped("One word " * 20, room=26, lines=2)[-1].endswith("…")
    assert [len(line) for line in wrapped("字" * 50, room=26, lines=2)] == [13, 13]
    assert wrapped("x" * 30, room=26, lines=2) == ["x" * 26, "xxxx"]


@pytest.mark.usefixtures("noise")
class TestGraph:
    """What a viewer sees of it."""

    def test_links_of_one_relation_are_one_curve_as_wide_as_they_are_many(
        self, alice: User
    ) -> None:
        one, other = make_article(title="One"), make_article(title="Other")
        mark = make_highlight(alice, one, claim="threat")
        make_link(alice, mark, other, relation="supports")
        make_link(alice, make_highlight(alice, one, "members decide"), other, relation="supports")
        make_link(alice, one, other, relation="contradicts")
        graph = graph_of(viewer_of(alice), Limits(around=one))
        found = {edge.relation: edge for edge in graph.edges}
        assert {name: edge.count for name, edge in found.items()} == {
            "supports": 2,
            "contradicts": 1,
        }
        assert found["supports"].width > found["contradicts"].width
        assert found["supports"].slot == mark.occurrences.get().tag.slot
        assert found["contradicts"].slot == 0

    def test_what_is_private_is_in_no_picture_but_its_makers(
        self, alice: User, dave: User, client_of: ClientOf
    ) -> None:
        one, other = make_article(title="Hither"), make_article(title="Thither")
        make_highlight(alice, one, claim="secret claim", audience="private")
        make_link(alice, one, other, audience="private")
        assert "Thither" in client_of(alice).get("/links/").content.decode()
        for user in (None, dave):
            html = client_of(user).get(f"/links/?around={one.slug}").content.decode()
            assert "Thither" not in html
            assert "ecret claim" not in html
            assert (
                "ecret claim"
                not in client_of(user).get("/links/?claim=secret-claim").content.decode()
            )

    def test_a_claim_limits_it_to_the_articles_that_carry_it_and_their_links(
        self, alice: User
    ) -> None:
        one, other, third = (make_article() for _number in range(3))
        marks = [make_highlight(alice, article, claim="threat") for article in (one, other)]
        make_link(alice, one, other)
        make_link(alice, other, third)
        limits = Limits(claim=marks[0].occurrences.get().tag)
        graph = graph_of(viewer_of(alice), limits)
        assert {node.article for node in graph.nodes} == {one, other}
        assert graph.links.count() == 1

    def test_a_collection_shows_its_articles_also_those_without_a_link(
        self, alice: User, client: Client
    ) -> None:
        one, other = make_article(title="Collected"), make_article(title="Collected too")
        collection = make_collection(one, other, title="Both")
        html = client.get(f"/links/?in={collection.slug}").content.decode()
        assert html.count('data-node="') == 2
        assert "No link joins these articles yet." in html

    def test_of_too_many_articles_it_shows_those_two_steps_from_one(
        self, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(neighbourhood, "MOST_ARTICLES", 6)
        chain = [make_article(title=f"Step {number}") for number in range(6)]
        for one, other in pairwise(chain):
            make_link(alice, one, other)
        for _number in range(2):
            make_link(alice, chain[2], make_article())
        everything = graph_of(viewer_of(alice), Limits())
        assert everything.shown.around == chain[2]
        near = graph_of(viewer_of(alice), Limits(around=chain[0]))
        assert {node.article for node in near.nodes} == set(chain[:3])
        assert {link.to_article for link in near.links} == set(chain[1:3])

    def test_needs_no_more_queries_for_twice_the_links(self, alice: User, client: Client) -> None:
        counts = []
        middle = make_article()
        for _round in range(2):
            for _number in range(3):
                mark = make_highlight(alice, make_article(), claim=f"claim {_number}")
                make_link(alice, mark, middle)
            for address in ("/links/", f"/links/?around={middle.slug}"):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                counts.append(len(queries))
        assert counts[:2] == counts[2:]

    def test_an_article_only_linked_to_is_drawn_as_such(self, alice: User, client: Client) -> None:
        stub = Article.objects.create(slug="cited", title="Cited page", is_stub=True)
        one = make_article()
        version = one.current_version
        assert version is not None
        version.outbound_links.create(
            url="https://example.org/cited", start=0, end=3, resolves_to=stub
        )
        make_link(alice, one, stub)
        html = client.get(f"/links/?around={one.slug}").content.decode()
        assert 'is-stub" href="/articles/cited/"' in html
