"""What limits the marks of the reading page, and what the rail says that each limit would show."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Claim
from annotations.queries.limits import Filters
from annotations.queries.margin import Margin, annotations_in_margin
from annotations.services import annotations, claims
from annotations.services.claims import ClaimChanges
from corpus.access import current_version, viewer_of
from corpus.models import Article
from corpus.services.preferences import keep_appearance
from tests.factories import make_article, make_highlight, make_note, make_reply, make_tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article(alice: User, bob: User) -> Article:
    """Return an article on which alice and bob made five highlights and a note."""
    made = make_article(title="The exodus")
    make_highlight(alice, made, "pray by their bedside", claim="praying")
    make_highlight(bob, made, "pray by their", claim="praying", stance="disputes")
    two = make_highlight(alice, made, "members decide", claim="deciding", stance="context")
    make_tag(alice, two, "praying", stance="disputes")
    make_highlight(bob, made, "members decide", claim="deciding")
    make_highlight(alice, made, "pray by")
    make_note(bob, made)
    return made


def _margin(user: User | None, article: Article, **filters: Any) -> Margin:
    return annotations_in_margin(
        viewer_of(user), article, current_version(article), Filters(**filters)
    )


def _page(client: Client, article: Article, query: str = "") -> str:
    answer = client.get(article.get_absolute_url() + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def _counts(margin: Margin) -> dict[str, int]:
    rail = margin.rail
    return {row.key: row.count for row in (*rail.claims, *rail.readers, *rail.stances)}


def test_each_row_counts_all_that_is_here(article: Article) -> None:
    assert _counts(_margin(None, article)) == {
        "praying": 3,
        "deciding": 2,
        "alice": 3,
        "bob": 3,
        "supports": 2,
        "disputes": 2,
        "context": 1,
    }


def test_each_row_counts_what_it_would_show_with_what_else_is_chosen(article: Article) -> None:
    margin = _margin(None, article, by="alice")
    assert _counts(margin) == {
        "praying": 2,
        "deciding": 1,
        "alice": 3,
        "bob": 3,
        "supports": 1,
        "disputes": 1,
        "context": 1,
    }
    assert margin.shown == 3
    for row in (*margin.rail.claims, *margin.rail.stances):
        with_it = {"stance" if row in margin.rail.stances else "claim": row.key}
        assert _margin(None, article, by="alice", **with_it).shown == row.count


def test_a_stance_and_a_claim_are_met_by_one_and_the_same_tag(article: Article) -> None:
    assert _margin(None, article, claim="deciding", stance="disputes").shown == 0
    assert _margin(None, article, claim="praying", stance="disputes").shown == 2


def test_rows_keep_their_order_whatever_is_chosen(article: Article) -> None:
    for chosen in ({}, {"claim": "deciding"}, {"by": "bob"}, {"stance": "context"}):
        rail = _margin(None, article, **chosen).rail
        assert [row.key for row in rail.claims] == ["praying", "deciding"]
        assert [row.key for row in rail.readers] == ["alice", "bob"]
        assert [row.key for row in rail.stances] == ["supports", "disputes", "context"]


def test_rows_in_whose_place_something_is_chosen_are_off(article: Article) -> None:
    rail = _margin(None, article, claim="deciding", by="bob").rail
    states = {row.key: (row.is_chosen, row.is_off) for row in (*rail.claims, *rail.stances)}
    assert states == {
        "praying": (False, True),
        "deciding": (True, False),
        "supports": (False, False),
        "disputes": (False, True),
        "context": (False, True),
    }


def test_an_article_without_claims_has_no_stances(alice: User) -> None:
    bare = make_article()
    make_highlight(alice, bare)
    assert _margin(None, bare).rail.stances == []


def test_what_limits_the_page_stands_over_the_text_with_ways_to_lift_it(
    article: Article, client: Client
) -> None:
    page = _page(client, article, "?claim=praying&by=bob&in=x")
    limits = page[page.index('<div class="limits">') : page.index('<details class="rail">')]
    assert "1 of 6 highlights" in limits
    assert 'href="?by=bob&amp;in=x"' in limits
    assert 'href="?claim=praying&amp;in=x"' in limits
    assert f'href="{article.get_absolute_url()}?in=x" data-show-all' in limits


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?claim=unheard-of", "No highlight here has the claim “unheard-of”."),
        ("?by=nobody", "No reader who signs in as “nobody” has marked this article."),
        ("?stance=hostile", "“hostile” is no stance."),
        ("?claim=deciding&stance=disputes", "No highlight here is all of this."),
        ("?by=%3Cb%3E", "signs in as “&lt;b&gt;”"),
    ],
)
def test_a_page_without_highlights_says_why(
    query: str, sentence: str, article: Article, client: Client
) -> None:
    page = _page(client, article, query)
    assert sentence in page
    assert "0 of 6 highlights" in page
    assert "<mark" not in page


def test_a_claim_that_was_renamed_leads_on(article: Article, carol: User, client: Client) -> None:
    claim = Claim.objects.get(slug="deciding")
    renamed = claims.edit(
        viewer_of(carol), claim, ClaimChanges(name="choosing"), counter=claim.counter
    )
    answer = client.get(f"{article.get_absolute_url()}?claim=deciding&by=bob")
    assert answer.status_code == 302
    assert answer["Location"] == f"{article.get_absolute_url()}?claim={renamed.slug}&by=bob"
    assert "1 of 6 highlights" in _page(client, article, f"?claim={renamed.slug}&by=bob")


def test_a_reader_chooses_their_own_highlights(
    article: Article, alice: User, dave: User, client_of: ClientOf
) -> None:
    assert 'href="?by=alice">My highlights only</a>' in _page(client_of(alice), article)
    assert "My highlights only" not in _page(client_of(None), article)

    own = _page(client_of(dave), article, "?by=dave")
    assert "You have marked nothing here yet." in own


def test_private_highlights_are_in_no_count_of_others(
    article: Article, alice: User, dave: User
) -> None:
    make_highlight(alice, article, claim="secret", stance="context", audience="private")
    assert _counts(_margin(alice, article))["context"] == 2
    for user in (dave, None):
        assert _counts(_margin(user, article))["context"] == 1
        assert "secret" not in _counts(_margin(user, article))


def test_deleted_highlights_are_counted_nowhere(article: Article, alice: User, bob: User) -> None:
    gone = make_highlight(alice, article, "members decide", claim="deciding")
    make_reply(bob, gone)
    before = _margin(None, article)
    annotations.delete(viewer_of(alice), gone)
    after = _margin(None, article)
    assert before.shown == before.count == 7
    assert after.shown == after.count == 6


def _ticks_in(page: str) -> int:
    paths = re.findall(r'<path class="tick [^>]*data-h="([^"]*)"', page)
    return sum(len(path.split()) for path in paths)


@pytest.mark.parametrize(("shown", "numbers"), [("all", 5), ("mine", 3), ("none", 0)])
def test_a_reader_chooses_which_highlights_are_shown(
    shown: str, numbers: int, article: Article, alice: User, client_of: ClientOf
) -> None:
    keep_appearance(viewer_of(alice), {"shown": shown})
    page = _page(client_of(alice), article)
    assert _ticks_in(page) == numbers
    assert len(re.findall(r'<div class="note [^>]*data-annotation', page)) == numbers + 1
    assert ("data-show-all" in page) == (shown != "all")
    # The rail still tells of all that is here, and its rows show it.
    assert _counts(_margin(alice, article, shown=shown))["praying"] == 3
    assert _ticks_in(_page(client_of(alice), article, "?claim=praying")) == 3


def test_a_block_is_drawn_with_the_highlights_that_its_page_shows(
    article: Article, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    marked = [
        number for number in (1, 2, 3) if "<mark" in _page(client, article, f"blocks/{number}/")
    ]
    keep_appearance(viewer_of(alice), {"shown": "none"})
    assert marked
    assert "<mark" not in _page(client, article, f"blocks/{marked[0]}/")


def test_nobody_signed_in_has_no_highlights_of_their_own(article: Article, client: Client) -> None:
    client.post(reverse("appearance"), {"shown": "mine"})
    page = _page(client, article)
    assert _ticks_in(page) == 5
    assert "Only your own highlights" not in page


def test_highlights_are_shown_again_by_a_form(
    article: Article, alice: User, client_of: ClientOf
) -> None:
    keep_appearance(viewer_of(alice), {"shown": "none", "theme": "sepia"})
    client = client_of(alice)
    assert "Highlights are not shown." in _page(client, article)
    client.post(reverse("appearance"), {"shown": "all", "next": article.get_absolute_url()})
    page = _page(client, article)
    assert _ticks_in(page) == 5
    assert 'data-theme="sepia"' in page


def test_notes_stand_after_the_article_for_those_who_listen(
    article: Article, alice: User, client_of: ClientOf
) -> None:
    beside = _page(client_of(None), article)
    keep_appearance(viewer_of(alice), {"notes": "after"})
    page = _page(client_of(alice), article)
    text, after = page.split('<section class="after-text"')
    assert 'role="comment"' not in text
    assert after.count('role="comment"') == beside.count('role="comment"')
    for number in re.findall(r'href="#n(\d+)"', text):
        assert f'id="n{number}"' in after
        assert f'href="#h{number}"' in after or 'class="bare"' in after
    assert re.search(r'<h3 id="notes(\d+)"><a href="#p\1">On paragraph \1</a></h3>', after)


def test_previous_and_next_highlight_are_links(article: Article, client: Client) -> None:
    page = _page(client, article)
    order = [row.number for row in _margin(None, article).ticks]
    named = 'aria-label="Previous highlight"'
    assert f'<a href="#h{order[-1]}" data-step="-1" {named}>Previous</a>' in page
    assert f'<a href="#h{order[0]}" data-step="1">Next highlight</a>' in page
    assert "data-step" not in _page(client, make_article())


def test_limits_cost_no_query(article: Article, client: Client) -> None:
    counts = []
    for query in ("", "", "?claim=praying&by=bob&stance=disputes", "?claim=unheard-of"):
        with CaptureQueriesContext(connection) as captured:
            _page(client, article, query)
        counts.append(len(captured))
    assert max(counts[2:]) <= counts[1]
