"""Articles that are only linked to stand in reading lists, and are stopped at on the way."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, Collection
from corpus.permissions import Viewer
from corpus.queries.collections import collection_page, collection_rows, step_in
from corpus.services import collections
from tests.corpus.cited_texts import CITED, CITING, imported
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]


@pytest.fixture
def citing() -> Article:
    """Return an article that cites a page whose text is not here."""
    return imported(CITING)


@pytest.fixture
def stub(citing: Article) -> Article:
    """Return the article of that page."""
    return Article.objects.get(is_stub=True)


@pytest.fixture
def listed(citing: Article, stub: Article) -> Collection:
    """Return a collection with the stub in the middle."""
    return make_collection(citing, stub, make_article(title="The third"), title="On herring")


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_stub_stands_in_the_list_as_only_linked_to(
    client: Client, listed: Collection, stub: Article
) -> None:
    page = page_of(client, listed.get_absolute_url())
    assert f'href="{stub.get_absolute_url()}?in=on-herring">' in page
    row = page[page.index(f'id="a-{stub.slug}"') :]
    assert '<span class="badge">only linked to</span> <span>paper.example' in row
    assert "3 articles" in page
    [told] = [row for row in collection_rows(Viewer()) if row.collection == listed]
    assert told.count == 3


def test_reading_through_stops_at_its_page_and_goes_on(
    client: Client, listed: Collection, stub: Article, citing: Article
) -> None:
    step = step_in(Viewer(), listed, citing)
    assert step is not None
    assert step.next is not None
    assert step.next.url == f"{stub.get_absolute_url()}?in=on-herring"
    page = page_of(client, step.next.url)
    assert "Only linked to so far" in page
    assert "2 of 3 in" in page
    assert f'rel="prev" href="{citing.get_absolute_url()}?in=on-herring"' in page
    assert 'rel="next"' in page
    assert 'aria-label="Collection"' not in page_of(client, stub.get_absolute_url())


def test_it_keeps_its_place_when_its_text_comes(listed: Collection, stub: Article) -> None:
    assert imported(CITED).pk == stub.pk
    shown = collection_page(Viewer(), listed, "")
    assert [placed.row.article.is_stub for placed in shown.rows] == [False, False, False]
    assert shown.rows[1].row.article == stub


def test_who_may_not_know_of_it_does_not_see_it_in_a_list(
    listed: Collection, stub: Article, citing: Article, dave: User, carol: User
) -> None:
    Article.objects.filter(pk=citing.pk).update(access="groups")
    assert collection_page(viewer_of(dave), listed, "").count == 1
    assert collection_page(viewer_of(carol), listed, "").count == 3


def test_a_curator_adds_it_from_its_page_moves_it_and_takes_it_out(
    client_of: Clients, carol: User, stub: Article
) -> None:
    made = make_collection(make_article(title="The first"), title="On herring")
    client = client_of(carol)
    page = page_of(client, stub.get_absolute_url())
    assert f'href="/collections/add/?article={stub.slug}"' in page
    client.post("/collections/add/", {"article": stub.slug, "collection": made.slug})
    assert [item.article for item in made.items.order_by("position")][-1] == stub
    made.refresh_from_db()
    where = {"article": stub.slug, "counter": made.counter}
    client.post(f"{made.get_absolute_url()}move/", {**where, "to": "1"})
    assert made.items.order_by("position")[0].article == stub
    made.refresh_from_db()
    taken = client.post(
        f"{made.get_absolute_url()}remove/", {**where, "counter": made.counter}, follow=True
    )
    assert "is taken out." in taken.content.decode()
    assert made.items.count() == 1


def test_a_stub_that_nobody_may_know_of_goes_into_no_list(dave: User, citing: Article) -> None:
    made = make_collection(title="Nothing")
    unknown = make_article(is_stub=True)
    curator = Viewer(user_id=dave.pk, role="curator")
    assert collections.add(curator, made, [unknown]) == 1
    assert collection_page(viewer_of(dave), made, "").count == 0
