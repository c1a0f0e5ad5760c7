"""What somebody reads is nobody else's business; what they read last is one press away."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.models import Article, Event
from corpus.services.reading import mark_read
from tests.corpus.readings.told import page_of, read
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


def test_an_error_page_leads_to_what_one_read_last(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    read(alice, make_article(title="Before"), "1", place=1)
    read(alice, article, "1-4", place=4)
    link = f'You read last: <a href="{article.get_absolute_url()}">The exodus</a>'
    assert link in page_of(client_of(alice), "/nowhere/", 404)
    assert link in page_of(client_of(alice), "/samples/", 403)
    for another in (bob, None):
        assert "You read last" not in page_of(client_of(another), "/nowhere/", 404)


def test_the_page_for_a_fault_of_ours_asks_the_database_nothing(
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    with django_assert_num_queries(0):
        assert "Go to the library" in render_to_string("500.html")


@pytest.mark.parametrize("address", ["", "?reading=read", "?reading=begun"])
@pytest.mark.parametrize("name", ["bob", "carol", "ada", None])
def test_nobody_sees_what_another_reads(
    alice: User,
    bob: User,
    carol: User,
    ada: User,
    article: Article,
    client_of: ClientOf,
    name: str | None,
    address: str,
) -> None:
    other = make_article(title="Read through")
    read(alice, article, "1-4", place=4)
    mark_read(viewer_of(alice), other)
    client = client_of({"bob": bob, "carol": carol, "ada": ada}.get(name or ""))
    for path in (f"/{address}", article.get_absolute_url(), other.get_absolute_url()):
        page = page_of(client, path)
        assert "read-state" not in page.split('class="mark-read"')[0]
        assert "Continue" not in page
        assert "min left" not in page
    if address:
        assert "The exodus" not in page_of(client, f"/{address}")
        assert "Read through" not in page_of(client, f"/{address}")


def test_the_admin_shows_nothing_of_it(
    alice: User, article: Article, ada: User, client_of: ClientOf
) -> None:
    read(alice, article, "1-4", place=4)
    mark_read(viewer_of(alice), article)
    event = Event.objects.get(verb="reading.finished")
    client = client_of(ada)
    assert client.get("/admin/corpus/reading/").status_code == 404
    for address in ("/admin/", "/admin/corpus/event/", f"/admin/auth/user/{alice.pk}/change/"):
        page = page_of(client, address)
        assert "Said to have read" not in page
        assert "state of reading" not in page.lower()
    assert client.get(f"/admin/corpus/event/{event.pk}/change/").status_code in (302, 404)
