"""A reader's notebook: what is in it, for whom, and how it is narrowed and grouped."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation
from annotations.queries import entries
from annotations.queries.notebook import PAGE_SIZE, Wanted, notebook_page, notebook_rows
from annotations.services import annotations
from corpus.access import viewer_of
from corpus.models import Article, Group
from corpus.services import memberships
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(f"/notebook/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html: str) -> str:
    main = html[html.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def shown(user: User, **wanted: object) -> list[str]:
    """Return the notes in the notebook of `user`, in their order."""
    page = notebook_page(viewer_of(user), Wanted(**wanted))  # type: ignore[arg-type]
    return [row.entry.annotation.note for group in page.groups for row in group.rows]


def test_a_notebook_holds_all_that_its_reader_wrote(alice: User, client_of: ClientOf) -> None:
    article, other = make_article(title="First"), make_article(title="Second")
    marked = make_highlight(alice, article, claim="deselection threat", note="In *plain* words.")
    make_note(alice, other, "Of the whole.", audience="private")
    make_reply(alice, marked, "An afterthought.")
    make_link(alice, marked, other, relation="contradicts")
    html = page_of(client_of(alice))
    for part in (
        '<mark class="k1 b0 b1">pray by their bedside</mark>',
        "In <em>plain</em> words.",
        "Of the whole.",
        "An afterthought.",
        f'href="{article.get_absolute_url()}#h{marked.number}"',
        "Contradicts</span>Second",
    ):
        assert part.replace("k1 ", f"k{marked.occurrences.get().tag.slot} ") in html
    assert "3 highlights and notes" in text_of(html)
    assert "only you" in text_of(html)


def test_a_notebook_holds_nothing_of_anybody_else(
    alice: User, bob: User, carol: User, client_of: ClientOf
) -> None:
    article = make_article()
    make_highlight(alice, article, claim="hers alone", note="For me.", audience="private")
    make_highlight(alice, article, claim="shared", note="For all.")
    make_highlight(bob, article, note="Of bob.")
    for user in (bob, carol):
        html = text_of(page_of(client_of(user)))
        assert "For me." not in html
        assert "For all." not in html
        assert "Hers alone" not in html
    assert shown(bob) == ["Of bob."]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    answer = client.get("/notebook/?q=secret")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/account/login/?next=/notebook/%3Fq%3Dsecret",
    )


def test_an_answer_is_kept_by_nobody_in_between(alice: User, client_of: ClientOf) -> None:
    assert "no-store" in client_of(alice).get("/notebook/")["Cache-Control"]


def test_what_its_reader_deleted_or_may_not_read_any_more_is_left_out(alice: User) -> None:
    article, hidden = make_article(), make_article()
    annotations.delete(viewer_of(alice), make_highlight(alice, article, note="Gone."))
    make_highlight(alice, hidden, note="Of a text out of sight.")
    Article.objects.filter(pk=hidden.pk).update(is_hidden=True)
    make_highlight(alice, article, note="Here.")
    assert shown(alice) == ["Here."]


def test_an_empty_notebook_says_what_to_do(dave: User, client_of: ClientOf) -> None:
    html = page_of(client_of(dave))
    assert "Select words in an article to highlight them" in text_of(html)
    assert "notebook-q" not in html


@pytest.fixture
def varied(alice: User) -> Article:
    """Return the article of the first of three highlights that differ in everything."""
    days = {"published_precision": Article.Precision.DAY}
    first = make_article(title="First", published_on=date(2015, 1, 1), **days)
    second = make_article(title="Second", published_on=date(2017, 1, 1), **days)
    one = make_highlight(alice, first, claim="prayer", note="One about Étretat.")
    two = make_highlight(
        alice, first, "members decide", claim="prayer", stance="disputes", note="Two."
    )
    make_tag(alice, two, "members", stance="supports")
    make_highlight(alice, second, "mood in the party")
    for annotation, day in ((one, 3), (two, 4)):
        moment = datetime(2020, 5, day, 12, tzinfo=UTC)
        Annotation.objects.filter(pk=annotation.pk).update(created_at=moment)
    return first


@pytest.mark.parametrize(
    ("wanted", "notes"),
    [
        ({}, ["One about Étretat.", "Two.", ""]),
        ({"words": "about"}, ["One about Étretat."]),
        ({"words": "mood in"}, [""]),
        ({"words": "MEMBERS"}, ["Two."]),
        ({"claim": "prayer"}, ["One about Étretat.", "Two."]),
        ({"claim": "prayer", "stance": "disputes"}, ["Two."]),
        ({"claim": "members", "stance": "disputes"}, []),
        ({"stance": "supports"}, ["One about Étretat.", "Two."]),
        ({"has_note": True}, ["One about Étretat.", "Two."]),
        ({"has_note": False}, [""]),
        ({"since": date(2020, 5, 4)}, ["Two.", ""]),
        ({"until": date(2020, 5, 3)}, ["One about Étretat."]),
        ({"until": date.max}, ["One about Étretat.", "Two.", ""]),
        ({"since": date(2020, 5, 4), "until": date(2020, 5, 4)}, ["Two."]),
        ({"by": "claim"}, ["Two.", "One about Étretat.", "Two.", ""]),
        ({"by": "claim", "claim": "prayer"}, ["One about Étretat.", "Two."]),
        ({"by": "claim", "stance": "disputes"}, ["Two."]),
    ],
)
@pytest.mark.usefixtures("varied")
def test_a_notebook_is_narrowed_and_grouped(
    wanted: dict[str, object], notes: list[str], alice: User
) -> None:
    assert shown(alice, **wanted) == notes


def test_a_notebook_is_narrowed_to_a_collection(
    alice: User, varied: Article, client_of: ClientOf
) -> None:
    collection = make_collection(varied, title="To read")
    assert shown(alice, within=collection) == ["One about Étretat.", "Two."]
    html = page_of(client_of(alice), f"?in={collection.slug}&note=with")
    assert "2 highlights and notes" in text_of(html)
    assert f'<option value="{collection.slug}" selected>To read</option>' in html


@pytest.mark.usefixtures("varied")
def test_by_claim_each_claim_is_a_heading_and_the_rest_comes_last(
    alice: User, client_of: ClientOf
) -> None:
    html = page_of(client_of(alice), "?by=claim")
    headings = re.findall(r"<h2>(.*?)</h2>", html, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", heading).split()) for heading in headings]
    assert words[-3:] == ["Members", "Prayer", "Without a claim"]
    assert "3 highlights and notes" in text_of(html)


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize(
    "query",
    [
        "?since=yesterday&until=99999-01-01&stance=loves&in=nowhere&note=maybe&by=moon&after=x",
        "?after=00000000-0000-4000-8000-000000000000",
        "?by=claim&after=00000000-0000-4000-8000-000000000000&q=%00",
    ],
)
def test_what_an_address_cannot_mean_is_left_out(
    query: str, alice: User, client_of: ClientOf
) -> None:
    assert "3 highlights and notes" in text_of(page_of(client_of(alice), query))


@pytest.mark.usefixtures("varied")
def test_filters_that_leave_nothing_offer_a_way_back(alice: User, client_of: ClientOf) -> None:
    html = page_of(client_of(alice), "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "Nothing in your notebook is all of this." in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("by", ["article", "claim"])
def test_pages_follow_one_another_without_a_gap(by: entries.Grouping, alice: User) -> None:
    article = make_article()
    for number in range(PAGE_SIZE + 3):
        marked = make_highlight(alice, article, note=str(number), claim="one" if number % 2 else "")
        if number % 3 == 0:
            make_tag(alice, marked, "two")
    viewer, wanted, after, seen = viewer_of(alice), Wanted(by=by), None, []
    while True:
        page = notebook_page(viewer, wanted, after=after)
        seen += [
            (row.entry.annotation.id, row.claim and row.claim.name)
            for group in page.groups
            for row in group.rows
        ]
        after = page.after
        if after is None:
            break
    everything = [
        (row.entry.annotation.id, row.claim and row.claim.name)
        for row in entries.all_rows(viewer, notebook_rows(viewer, wanted), by)
    ]
    assert seen == everything
    assert len(set(seen)) == len(seen) > PAGE_SIZE
    assert {key for key, _ in seen} == {mark.id for mark in alice.annotations.all()}


@pytest.mark.parametrize("query", ["", "?by=claim", "?q=e&claim=one&note=with"])
def test_twice_as_many_notes_take_no_more_queries(
    query: str, alice: User, bob: User, client_of: ClientOf
) -> None:
    client = client_of(alice)

    def write(count: int) -> None:
        for _ in range(count):
            article = make_article()
            marked = make_highlight(alice, article, claim="one", note="Some words.")
            make_tag(alice, marked, f"claim {article.slug}")
            make_link(bob, make_highlight(bob, article), marked)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, query)
        return len(captured)

    write(4)
    queries()  # what is asked once in a process is asked now
    few = queries()
    write(4)
    assert queries() == few


def test_who_left_a_group_has_their_replies_in_its_threads_still(
    alice: User, bob: User, group: Group, client_of: ClientOf
) -> None:
    reach: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    asked = make_highlight(alice, make_article(), note="What of this?", **reach)
    make_reply(bob, asked, "I wrote that.")
    memberships.leave(viewer_of(bob), group)
    assert shown(bob) == ["I wrote that."]
    html = page_of(client_of(bob))
    assert "former group" in html
    assert "What of this?" not in html
