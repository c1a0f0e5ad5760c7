"""What the page of an article tells its reader of their own reading."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.models import Article, Reading
from corpus.services.reading import mark_read
from corpus.services.rebuilding import rebuild
from tests.corpus.readings.told import page_of, read
from tests.factories import make_article, make_collection, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


def head_of(page: str) -> str:
    found = re.search(r'<header class="hero">.*?</header>', page)
    assert found
    return found[0]


def test_who_comes_back_is_led_to_where_they_left_off(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    read(alice, article, "1-4", place=4)
    page = page_of(client_of(alice), article.get_absolute_url())
    link = (
        '<a href="#p4">Continue where you left off: '
        "<q>Paragraph d says something of its own here …</q></a>"
    )
    assert link in head_of(page)
    assert '10 min<span class="read-state">, 6 min left</span>' in head_of(page)
    assert "furthest" not in page


def test_who_went_back_is_led_to_how_far_they_came_too(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    read(alice, article, "1-7", place=7)
    read(alice, article, "2", place=2)
    page = page_of(client_of(alice), article.get_absolute_url())
    assert '<a href="#p2">Continue' in page
    assert '<a href="#p7">or where you came furthest: <q>Paragraph g' in page


@pytest.mark.parametrize(("seen", "place"), [("1", 1), ("1-2", None), ("1-10", 9)])
def test_at_the_beginning_and_after_the_end_nothing_is_offered(
    alice: User, article: Article, client_of: ClientOf, seen: str, place: int | None
) -> None:
    read(alice, article, seen, place=place)
    assert "left off" not in page_of(client_of(alice), article.get_absolute_url())


def test_a_read_article_says_so(alice: User, article: Article, client_of: ClientOf) -> None:
    mark_read(viewer_of(alice), article)
    page = page_of(client_of(alice), article.get_absolute_url())
    assert '<span aria-hidden="true">✓</span> Read' in head_of(page)
    assert "min left" not in page


def test_an_article_is_marked_and_that_is_undone_by_forms(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    client, address = client_of(alice), article.get_absolute_url()
    answer = client.post(f"{address}reading/mark/", {"state": "read"})
    assert (answer.status_code, answer["Location"]) == (303, f"{address}?said=read#reading")
    page = page_of(client, f"{address}?said=read")
    assert '<span role="status">Marked as read.</span>' in page
    assert f'formaction="{address}reading/undo/">Undo' in page
    answer = client.post(f"{address}reading/undo/")
    assert (answer.status_code, answer["Location"]) == (303, f"{address}#reading")
    assert Reading.objects.get().finished_at is None
    assert "Marked as read." not in page_of(client, f"{address}?said=read")
    answer = client.post(f"{address}reading/undo/", follow=True)
    assert "There is nothing to undo." in answer.content.decode()


def test_a_press_that_changed_nothing_offers_no_undo(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    """Undo would take back what was said before, perhaps long ago."""
    mark_read(viewer_of(alice), article)
    client, address = client_of(alice), article.get_absolute_url()
    answer = client.post(f"{address}reading/mark/", {"state": "read"})
    assert answer["Location"] == f"{address}#reading"
    script = {"Accept": "application/json"}
    answer = client.post(f"{address}reading/mark/", {"state": "read"}, headers=script)
    assert answer.json() == {"message": "Marked as read.", "restore_url": ""}


@pytest.mark.parametrize("step", ["mark", "undo"])
def test_who_was_signed_out_meanwhile_comes_back_to_the_article(
    article: Article, client: Client, step: str
) -> None:
    address = article.get_absolute_url()
    answer = client.post(f"{address}reading/{step}/", {"state": "read"})
    assert answer.status_code == 302
    sent_to = parse_qs(urlsplit(answer["Location"]).query)["next"]
    assert sent_to == [f"{address}#reading"]


def test_limits_of_the_page_forget_what_was_said_of_the_reading(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    make_highlight(alice, article, "Paragraph", claim="herring")
    mark_read(viewer_of(alice), article)
    address = article.get_absolute_url()
    page = page_of(client_of(alice), f"{address}?said=read")
    assert 'href="?claim=herring"' in page
    assert "said=read&amp;claim=" not in page


def test_marking_keeps_the_collection(alice: User, article: Article, client_of: ClientOf) -> None:
    collection = make_collection(article, make_article(), title="Kept")
    client, address = client_of(alice), article.get_absolute_url()
    assert 'name="within" value="kept"' in page_of(client, f"{address}?in=kept")
    answer = client.post(f"{address}reading/mark/", {"state": "read", "within": collection.slug})
    assert answer["Location"] == f"{address}?in=kept&said=read#reading"


def test_a_script_is_answered_with_how_to_undo(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    client, address = client_of(alice), article.get_absolute_url()
    script = {"Accept": "application/json"}
    mark_read(viewer_of(alice), article)
    answer = client.post(f"{address}reading/mark/", {"state": "unread"}, headers=script)
    assert answer.json() == {
        "message": "Marked as unread.",
        "restore_url": f"{address}reading/undo/",
    }
    answer = client.post(f"{address}reading/undo/", headers=script)
    assert answer.json()["message"] == "Undone."
    answer = client.post(f"{address}reading/undo/", headers=script)
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")


def test_a_page_tells_where_its_reader_is(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    client, address = client_of(alice), f"{article.get_absolute_url()}reading/"
    told = {"version": "1", "place": "3", "seen": "1,2,3"}
    assert client.post(address, told).json() == {"is_read": False}
    assert Reading.objects.get().seen == "1-3"
    assert client.post(address, {"version": "1", "seen": "4-10"}).json() == {"is_read": True}


@pytest.mark.parametrize(
    "wrong", [{}, {"version": "x"}, {"version": "1", "seen": "all"}, {"version": "9", "seen": "1"}]
)
def test_what_cannot_be_read_is_refused(
    alice: User, article: Article, client_of: ClientOf, wrong: dict[str, str]
) -> None:
    script = {"Accept": "application/json"}
    answer = client_of(alice).post(f"{article.get_absolute_url()}reading/", wrong, headers=script)
    assert answer.status_code == 422
    assert not Reading.objects.exists()


@pytest.mark.parametrize("part", ["", "mark/", "undo/"])
def test_nobody_and_strangers_tell_nothing(
    dave: User, article: Article, client_of: ClientOf, part: str
) -> None:
    address = f"{article.get_absolute_url()}reading/{part}"
    Article.objects.filter(pk=article.pk).update(access=Article.Access.GROUPS)
    told = {"version": "1", "seen": "1", "state": "read"}
    assert client_of(None).post(address, told).status_code == 302
    assert client_of(dave).post(address, told).status_code == 404
    assert not Reading.objects.exists()


def test_opening_an_article_writes_nothing(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    page_of(client_of(alice), article.get_absolute_url())
    assert not Reading.objects.exists()


def test_opening_an_article_takes_one_query_more_at_most(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    make_collection(article, make_article(), title="Both")
    client = client_of(alice)
    for address in ("", "?in=both"):
        read(alice, article, "1-4", place=4)
        client.get(article.get_absolute_url() + address)
        with CaptureQueriesContext(connection) as asked:
            client.get(article.get_absolute_url() + address)
        own = [query for query in asked if '"corpus_reading"' in query["sql"]]
        alone = [query for query in own if "collection" not in query["sql"]]
        assert len(alone) == 1


def test_the_next_one_says_whether_it_is_read(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    other = make_article(title="What came next")
    make_collection(article, other, title="Both")
    mark_read(viewer_of(alice), other)
    address = f"{article.get_absolute_url()}?in=both"
    page = page_of(client_of(alice), address)
    assert "</a> · 1 read</span>" in page
    next_one = re.search(r'<p class="step-on".*?</p>', page)
    assert next_one
    assert "✓" in next_one[0]
    assert "✓" not in page_of(client_of(bob), address).split('class="mark-read"')[0]


def test_outside_a_collection_the_best_unread_relative_comes_next(
    alice: User, client_of: ClientOf
) -> None:
    words = "Momentum lost its steam when members left for the sea."
    first, second, third = (make_article(words, f"Piece {n}.", title=f"Piece {n}") for n in "123")
    list(rebuild())
    client = client_of(alice)

    def offered() -> str:
        page = page_of(client, first.get_absolute_url())
        (found,) = re.findall(r'href="([^"]*)"><span>Related, not read yet</span>', page)
        return str(found)

    best = Article.objects.get(slug=offered().split("/")[2])
    assert best in (second, third)
    mark_read(viewer_of(alice), best)
    assert offered() != best.get_absolute_url()
    assert "Related, not read yet" not in page_of(client_of(None), first.get_absolute_url())
