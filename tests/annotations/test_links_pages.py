"""The table of links, two articles side by side, and what the link dialog offers."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Link
from annotations.queries.beside import beside_link
from annotations.queries.link_targets import KINDS, Kind, Target, link_targets
from annotations.services import annotations
from corpus.access import viewer_of
from corpus.models import Article
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight, make_link

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def html_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def marks_in(html: str) -> list[str]:
    return re.findall(r"<mark [^>]*>", html)


@pytest.fixture
def link(alice: User) -> Link:
    """Return a link by alice between passages of two articles."""
    first = make_highlight(alice, make_article(title="The first"), claim="threat")
    second = make_highlight(alice, make_article(title="The second"), "members decide")
    return make_link(alice, first, second, relation="contradicts", note="They *differ*.")


def searchable(*paragraphs: str, **facts: str) -> Article:
    article = make_article(*paragraphs, **facts)
    assert article.current_version is not None
    index_article(article.current_version)
    return article


def targets(words: str, kind: Kind, *, without: str = "", user: User | None = None) -> list[Target]:
    return link_targets(viewer_of(user), words, kind=kind, without=without).found


class TestTable:
    """/links/"""

    def test_names_both_ends_the_relation_the_note_and_the_reader(
        self, link: Link, client: Client
    ) -> None:
        html = html_of(client, "/links/")
        row = html.split("<tbody")[1].split(f"/links/{link.id}/")
        assert "pray by their bedside" in row[0]
        for words in (
            "Contradicts",
            "They <em>differ</em>.",
            "members decide",
            "The second",
            "Alice",
        ):
            assert words in row[1]

    def test_is_limited_to_a_relation_by_its_address(self, link: Link, client: Client) -> None:
        assert f"/links/{link.id}/" in html_of(client, "/links/?relation=contradicts")
        assert f"/links/{link.id}/" not in html_of(client, "/links/?relation=background")
        assert f"/links/{link.id}/" in html_of(client, "/links/?relation=nonsense")

    def test_leaves_out_what_the_viewer_may_not_see(
        self, alice: User, dave: User, client_of: ClientOf
    ) -> None:
        marked = make_highlight(alice, make_article(), audience="private")
        link = make_link(alice, marked, make_article())
        assert f"/links/{link.id}/" in html_of(client_of(alice), "/links/")
        for user in (None, dave):
            assert f"/links/{link.id}/" not in html_of(client_of(user), "/links/")
            assert client_of(user).get(f"/links/{link.id}/").status_code == 404

    def test_needs_no_more_queries_for_twice_the_links(self, alice: User, client: Client) -> None:
        counts = []
        for _ in range(2):
            for _ in range(3):
                make_link(alice, make_highlight(alice, make_article()), make_article())
            with CaptureQueriesContext(connection) as queries:
                html_of(client, "/links/")
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestSideBySide:
    """/links/<uuid>/"""

    def test_marks_both_passages_and_quotes_them_on_top(self, link: Link, client: Client) -> None:
        html = html_of(client, f"/links/{link.id}/")
        linked = [mark for mark in marks_in(html) if 'data-state="linked"' in mark]
        assert len(linked) == 2
        assert "<q>pray by their bedside</q>" in html
        assert "<q>members decide</q>" in html
        assert "They <em>differ</em>." in html

    def test_has_each_id_once(self, alice: User, link: Link, client: Client) -> None:
        make_highlight(alice, link.from_article, "The mood")
        ids = re.findall(r'\bid="([^"]+)"', html_of(client, f"/links/{link.id}/"))
        assert len(ids) == len(set(ids))

    def test_keeps_the_linked_passage_on_top_of_a_shorter_one(
        self, alice: User, link: Link, client: Client
    ) -> None:
        make_highlight(alice, link.from_article, "their", claim="other")
        html = html_of(client, f"/links/{link.id}/")
        linked = [mark for mark in marks_in(html) if 'data-state="linked"' in mark]
        assert len(linked) == 4

    def test_shows_other_highlights_without_notes_or_anchors(
        self, alice: User, link: Link, client: Client
    ) -> None:
        make_highlight(alice, link.from_article, "The mood", note="A secret of the margin.")
        make_highlight(alice, link.from_article, "Others", audience="private")
        html = html_of(client, f"/links/{link.id}/")
        assert len(marks_in(html)) == 3
        assert "A secret of the margin." not in html
        assert "aria-details" not in html

    def test_opens_a_whole_article_without_a_mark(self, alice: User, client: Client) -> None:
        link = make_link(alice, make_article(title="One"), make_article(title="Two"))
        html = html_of(client, f"/links/{link.id}/")
        assert marks_in(html) == []
        assert html.count("The whole article") == 2

    def test_leads_to_the_neighbours_between_the_same_two_articles(
        self, alice: User, link: Link
    ) -> None:
        back = make_link(alice, link.to_article, link.from_article)
        make_link(alice, link.from_article, make_article())
        last = make_link(alice, link.from_article, link.to_article)
        steps = [beside_link(viewer_of(alice), each).steps for each in (link, back, last)]
        assert [(step.position, step.count) for step in steps if step] == [(1, 3), (2, 3), (3, 3)]
        ends = [(step.previous == "", step.following == "") for step in steps if step]
        assert ends == [(True, False), (False, False), (False, True)]

    def test_the_next_of_its_neighbours_is_shown_with_the_sides_as_they_are(
        self, alice: User, link: Link, client: Client
    ) -> None:
        back = make_link(alice, link.to_article, link.from_article, relation="corrects")
        html = html_of(client, f"/links/{link.id}/")
        (following,) = re.findall(r'rel="next" href="([^"]+)"', html)
        shown = html_of(client, following.replace("&amp;", "&"))
        assert "Corrects" in shown
        assert "(from right to left)" in shown
        assert "Link 2 of 2" in shown
        assert shown.index("The first</a></h2>") < shown.index("The second</a></h2>")
        assert back.relation == "corrects"

    def test_still_shows_the_words_of_a_deleted_highlight_of_somebody_else(
        self, alice: User, bob: User, client: Client
    ) -> None:
        theirs = make_highlight(bob, make_article(), note="Gone with it.")
        link = make_link(alice, make_article(), theirs)
        annotations.delete(viewer_of(bob), theirs)
        html = html_of(client, f"/links/{link.id}/")
        assert "<q>pray by their bedside</q>" in html
        assert "Gone with it." not in html

    def test_is_not_found_when_it_is_not_there(self, client: Client) -> None:
        assert client.get(f"/links/{uuid4()}/").status_code == 404


class TestDialog:
    """/links/search/"""

    def test_finds_sentences_of_other_articles(self) -> None:
        here = searchable("Momentum grows. Nobody is deselected.")
        there = searchable("The mood is dark. They fear that Momentum deselects them. So it goes.")
        (found,) = targets("momentum", "passages", without=here.slug)
        assert (found.article, found.version, found.paragraph) == (there, 1, 1)
        assert found.exact == "They fear that Momentum deselects them."
        assert there.current_version is not None
        assert found.exact == there.current_version.text[found.start : found.end]

    def test_offers_the_highlight_that_marks_the_words_already(self, alice: User) -> None:
        there = searchable("They fear that Momentum deselects them.")
        marked = make_highlight(alice, there, "Momentum deselects them")
        (found,) = targets("momentum deselects", "passages")
        assert found.annotation == marked.id
        (further,) = targets("momentum fear", "passages")
        assert further.annotation is None

    def test_does_not_tell_of_private_highlights(self, alice: User, dave: User) -> None:
        there = searchable("They fear that Momentum deselects them.")
        make_highlight(alice, there, "Momentum deselects them", claim="threat", audience="private")
        (found,) = targets("momentum", "passages", user=dave)
        assert found.annotation is None
        assert targets("threat", "claims", user=dave) == []
        assert len(targets("threat", "claims", user=alice)) == 1

    def test_finds_tagged_passages_by_their_claim(self, alice: User) -> None:
        marked = make_highlight(alice, make_article(), claim="deselection threat")
        (found,) = targets("deselection", "claims")
        assert (found.annotation, found.exact) == (marked.id, "pray by their bedside")

    def test_offers_the_newest_articles_before_anything_is_typed(self) -> None:
        here, there = make_article(), make_article()
        found = targets(" ", "passages", without=here.slug)
        assert found[0].article == there
        assert here not in [target.article for target in found]

    def test_answers_with_items_and_counts(self, client: Client) -> None:
        there = searchable("They fear that Momentum deselects them.", title="On Momentum")
        html = html_of(client, "/links/search/?q=momentum&kind=articles")
        assert re.findall(r'data-count="(\w+)">([^<]*)<', html) == [
            ("passages", "1"),
            ("articles", "1"),
            ("claims", "0"),
        ]
        assert f'data-article="{there.slug}"' in html
        assert "data-start" not in html

    @pytest.mark.parametrize("kind", [*KINDS, "nonsense"])
    @pytest.mark.parametrize("words", ['"', "-", "*", "NEAR(", "<b>", "\x00", "a" * 3000, "' OR 1"])
    def test_answers_whatever_is_typed(self, client: Client, words: str, kind: str) -> None:
        answer = client.get("/links/search/", {"q": words, "kind": kind, "not": words})
        assert answer.status_code == 200
