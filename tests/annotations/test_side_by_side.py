"""/side-by-side/: two articles, linked or not, and two versions of one."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.queries.asked import sides_asked
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import add_version, make_article, make_highlight, make_link

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
Pair = tuple[Article, Article]

QUOTED = "the members decide and nobody else in the party has a say in what they do after it"


def address(first: str = "", second: str = "", **more: object) -> str:
    given: Mapping[str, object] = {"first": first, "second": second, **more}
    return "/side-by-side/?" + urlencode({name: value for name, value in given.items() if value})


def html_of(client: Client, asked: str, status: int = 200) -> str:
    """Return the page without the tokens of its forms, which are others each time."""
    answer = client.get(asked)
    assert answer.status_code == status
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def pane(html: str, name: str) -> str:
    """Return the part of the page from the pane called `name` to its end."""
    return html.split(f'<section class="pane" id="{name}"')[1].split("</section>", maxsplit=1)[0]


def linked(html: str) -> list[str]:
    return re.findall(r'<mark [^>]*data-state="linked"[^>]*>(.*?)</mark>', html)


def step(html: str, which: str) -> str:
    return unescape(re.findall(rf'rel="{which}" href="([^"]+)"', html)[0])


@pytest.fixture
def two() -> Pair:
    """Return two articles that have nothing in common."""
    return make_article(title="The one"), make_article("Words of its own.", title="The other")


class TestTwoArticles:
    def test_both_are_read_with_the_highlights_that_the_viewer_sees(
        self, alice: User, two: Pair, client: Client
    ) -> None:
        make_highlight(alice, two[0], "The mood")
        make_highlight(alice, two[1], "its own", audience="private")
        html = html_of(client, address(two[0].slug, two[1].slug))
        assert pane(html, "first").count("<mark ") == 1
        assert pane(html, "second").count("<mark ") == 0
        assert "Words of its own." in pane(html, "second")

    def test_without_link_or_words_in_common_it_says_so_and_offers_to_link_them(
        self, two: Pair, client: Client
    ) -> None:
        html = html_of(client, address(two[0].slug, two[1].slug))
        assert "no words stand in both" in html
        assert f'href="/articles/{two[0].slug}/link/?q=The%20other' in html
        assert "<svg><g" not in html

    def test_links_between_them_are_gone_through_one_by_one(
        self, alice: User, two: Pair, client: Client
    ) -> None:
        one, other = two
        words = make_highlight(alice, other, "Words of", claim="threat")
        make_link(alice, make_highlight(alice, one, "The mood"), words)
        make_link(alice, other, make_highlight(alice, one, "members decide"), relation="corrects")
        html = html_of(client, address(one.slug, other.slug))
        assert linked(html) == ["The mood", "Words of"]
        assert "Link 1 of 2" in html
        assert f'<g class="k{words.claims.get().slot}">' in html
        html = html_of(client, step(html, "next"))
        assert "Link 2 of 2" in html
        assert linked(html) == ["members decide"]
        assert "(from right to left)" in html
        assert linked(html_of(client, step(html, "prev"))) == ["The mood", "Words of"]

    def test_links_that_the_viewer_may_not_see_are_not_told(
        self, alice: User, two: Pair, client_of: ClientOf
    ) -> None:
        make_link(alice, make_highlight(alice, two[0], "The mood", audience="private"), two[1])
        asked = address(two[0].slug, two[1].slug)
        assert linked(html_of(client_of(alice), asked)) == ["The mood"]
        assert linked(html_of(client_of(None), asked)) == []

    def test_sides_are_swapped_with_the_step_that_is_shown(
        self, alice: User, two: Pair, client: Client
    ) -> None:
        for words in ("The mood", "members decide"):
            make_link(alice, make_highlight(alice, two[0], words), two[1])
        html = html_of(client, address(two[0].slug, two[1].slug, step=2))
        (swap,) = re.findall(r'href="([^"]+)">Swap sides', html)
        html = html_of(client, unescape(swap))
        assert "The other</a></h2>" in pane(html, "first")
        assert linked(pane(html, "second")) == ["members decide"]

    def test_words_that_both_have_are_gone_through_where_nobody_linked_them(
        self, client: Client
    ) -> None:
        one = make_article("Here it begins.", f"He said that {QUOTED}. So he said.")
        other = make_article(f"As was written, {QUOTED}!", "Nothing else is the same.")
        html = html_of(client, address(one.slug, other.slug))
        assert "The same words in both" in html
        assert "Passage 1 of 1" in html
        assert linked(html) == [QUOTED, QUOTED]
        assert '<g class="k0">' in html

    def test_words_that_both_have_are_one_step_away_from_a_link(
        self, alice: User, client: Client
    ) -> None:
        one = make_article(f"He said that {QUOTED}. So he said.")
        other = make_article(f"As was written, {QUOTED}!")
        make_link(alice, one, other)
        html = html_of(client, address(one.slug, other.slug))
        assert linked(html) == []
        (words,) = re.findall(r'href="([^"]+)">The same words', html)
        html = html_of(client, unescape(words))
        assert linked(html) == [QUOTED, QUOTED]
        (links,) = re.findall(r'href="([^"]+by=links[^"]*)">Links', html)
        assert "Background" in html_of(client, unescape(links))

    @pytest.mark.parametrize("given", ["0", "-1", "99", "9" * 30, "two", "²"])
    def test_a_step_that_is_not_there_is_the_nearest_that_is(
        self, alice: User, two: Pair, client: Client, given: str
    ) -> None:
        make_link(alice, make_highlight(alice, two[0], "The mood"), two[1])
        html = html_of(client, address(two[0].slug, two[1].slug, step=given))
        assert linked(html) == ["The mood"]

    def test_more_highlights_need_no_more_queries(
        self, alice: User, two: Pair, client: Client
    ) -> None:
        asked, counts = address(two[0].slug, two[1].slug), []
        for words in ("The mood", "in the party"):
            make_link(alice, make_highlight(alice, two[0], words, claim=words), two[1])
            with CaptureQueriesContext(connection) as queries:
                html_of(client, asked)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestTwoVersions:
    @pytest.fixture
    def article(self, alice: User) -> Article:
        """Return an article with two versions, of which one paragraph differs."""
        article = make_article(
            "The mood in the party is dark, and nobody pretends otherwise.",
            "Some MPs pray by their bedside that nobody deselects them.",
        )
        make_highlight(alice, article, "pray by their bedside")
        add_version(
            article,
            (
                "The mood in the party is light, and nobody pretends otherwise.",
                "Some MPs pray by their bedside that nobody deselects them.",
            ),
        )
        return article

    def test_words_that_went_and_came_are_marked_each_on_its_side(
        self, article: Article, client: Client
    ) -> None:
        html = html_of(client, address(article.slug, article.slug, first_version=1))
        assert re.findall(r"<del>(.*?)</del>", pane(html, "first")) == ["dark"]
        assert re.findall(r"<ins>(.*?)</ins>", pane(html, "second")) == ["light"]
        assert "Change 1 of 1" in html
        assert pane(html, "first").count('data-state="linked"') == 1
        assert 'data-beside="second-p2"' in pane(html, "first")

    def test_the_newer_one_shows_what_came_on_whichever_side_it_stands(
        self, article: Article, client: Client
    ) -> None:
        html = html_of(client, address(article.slug, article.slug, second_version=1))
        assert re.findall(r"<ins>(.*?)</ins>", pane(html, "first")) == ["light"]
        assert re.findall(r"<del>(.*?)</del>", pane(html, "second")) == ["dark"]

    def test_highlights_stand_where_they_stood_in_each(
        self, article: Article, client: Client
    ) -> None:
        html = html_of(client, address(article.slug, article.slug, first_version=1))
        assert pane(html, "first").count("<mark ") == 1
        assert ">pray by their bedside</mark>" in pane(html, "first")

    def test_the_pages_of_versions_lead_here(self, article: Article, client: Client) -> None:
        for page in ("versions/", "versions/1/", "versions/2/changes/"):
            html = html_of(client, f"/articles/{article.slug}/{page}")
            found = re.findall(r'href="(/side-by-side/[^"]+)"', html)
            assert found
            assert "<del>dark</del>" in html_of(client, unescape(found[0]))


class TestWhatIsMissing:
    def test_one_article_asks_for_another_and_offers_related_ones(
        self, alice: User, two: Pair, client: Client
    ) -> None:
        make_link(alice, *two)
        html = html_of(client, address(two[0].slug))
        assert "Choose what to read beside “The one”." in html
        assert "linked by readers" in html
        assert unescape(re.findall(r'href="(/side-by-side/[^"]+)"', html)[0]) == address(
            two[0].slug, two[1].slug
        )

    def test_no_article_asks_for_the_first(self, client: Client) -> None:
        html = html_of(client, "/side-by-side/")
        assert "Choose the first of two articles." in html
        assert "?first=article-" in html

    def test_either_side_can_be_chosen_anew(self, two: Pair, client: Client) -> None:
        third = make_article(title="A third")
        html = html_of(client, address(two[0].slug, two[1].slug))
        change = unescape(re.findall(r'href="([^"]+change=first[^"]*)"', html)[0])
        html = html_of(client, f"{change}&q=")
        assert f"/side-by-side/?first={third.slug}&amp;second={two[1].slug}" in html

    def test_the_same_text_twice_is_no_comparison(self, client: Client) -> None:
        article = make_article(title="Alone")
        html = html_of(client, address(article.slug, article.slug))
        assert "That is the same text twice." in html
        assert "Versions of" not in html
        add_version(article, ["Another text."])
        html = html_of(client, address(article.slug, article.slug, second_version=2))
        assert f"/articles/{article.slug}/versions/" in html

    def test_absent_and_forbidden_articles_look_the_same(self, two: Pair, client: Client) -> None:
        secret = make_article(title="Secret", slug="secret", access=Article.Access.MEMBERS)
        answers = [
            html_of(client, address(two[0].slug, slug), status=404).replace(slug, "")
            for slug in (secret.slug, "not-there")
        ]
        assert answers[0] == answers[1]
        assert "There is nothing to read at one of the two addresses." in answers[0]
        assert "Secret" not in answers[0]

    @pytest.mark.parametrize("number", ["7", "x", "0", "-1", "9" * 40])
    def test_a_version_that_does_not_exist_is_named(
        self, two: Pair, client: Client, number: str
    ) -> None:
        asked = address(two[0].slug, two[1].slug, second_version=number)
        assert f"“The other” has no version {number}." in html_of(client, asked, status=404)

    def test_an_article_that_is_only_linked_to_shows_its_address(self, carol: User) -> None:
        stub = make_article(title="Only known", is_stub=True, canonical_url="https://example.org/a")
        client = Client()
        client.force_login(carol)
        html = html_of(client, address(make_article().slug, stub.slug))
        assert "Its text is not here, only its address:" in pane(html, "second")

    def test_a_former_address_leads_to_the_article(self, alice: User) -> None:
        article = make_article()
        article.former_slugs.create(slug="as-it-was-called")
        asked = sides_asked(viewer_of(alice), {"first": "as-it-was-called"})
        assert asked.first is not None
        assert asked.first.article == article


class TestWaysInAndBack:
    def test_two_articles_chosen_in_the_library_are_the_two_sides(
        self, alice: User, two: Pair, client_of: ClientOf
    ) -> None:
        library = html_of(client_of(alice), "/?sort=title")
        assert 'formaction="/side-by-side/"' in library
        assert "Change topics" not in library
        asked = [("article", article.slug) for article in (*two, make_article())]
        asked.append(("back", "/?page=2"))
        html = html_of(client_of(alice), f"/side-by-side/?{urlencode(asked)}")
        assert "The one</a></h2>" in pane(html, "first")
        assert "The other</a></h2>" in pane(html, "second")
        assert "The first two of 3 chosen articles." in html
        assert '<a class="back" href="/?page=2">' in html

    def test_one_goes_back_to_reading_unless_one_came_from_elsewhere(
        self, two: Pair, client: Client
    ) -> None:
        home = f'<a class="back" href="/articles/{two[0].slug}/">'
        assert home in html_of(client, address(two[0].slug, two[1].slug))
        foreign = address(two[0].slug, two[1].slug, back="https://example.org/")
        assert home in html_of(client, foreign)

    def test_the_reading_page_leads_to_related_articles_beside_it(
        self, client: Client, two: Pair
    ) -> None:
        html = html_of(client, f"/articles/{two[0].slug}/")
        assert f'href="/side-by-side/?first={two[0].slug}"' in html
