"""The page of feeds tells how each is, and lets curators add, look, pause and leave."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.models import Fetch, Subscription
from corpus.permissions import Viewer
from corpus.services import following
from tests.corpus.web.pages import BUS, feed
from tests.corpus.web.serving import Site
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def test_page_tells_how_a_feed_is_and_what_can_be_done(browser: Client, site: Site) -> None:
    assert "No feed is followed yet." in browser.get("/imports/feeds/").content.decode()
    site.gives("/feed", feed(("bus", BUS)))
    sent = {"address": site.url("/feed"), "title": "The herald"}
    assert browser.post("/imports/feeds/", sent).status_code == 303
    run_jobs()
    shown = browser.get("/imports/feeds/").content.decode()
    assert "The herald" in shown
    assert "1 to check" in shown
    made = Subscription.objects.get()
    assert f"/imports/{Fetch.objects.get().batch_id}/" in shown
    for step, words in (("pause", "paused"), ("resume", "next look"), ("look", "The herald")):
        answer = browser.post(f"/imports/feeds/{made.pk}/{step}/", follow=True)
        assert words in answer.content.decode()
    answer = browser.post(f"/imports/feeds/{made.pk}/unfollow/", follow=True)
    assert f"{site.url('/feed')} is followed no more." in answer.content.decode()
    assert browser.post(f"/imports/feeds/{made.pk}/look/").status_code == 404


def test_page_shows_the_last_fault(browser: Client, site: Site) -> None:
    browser.post("/imports/feeds/", {"address": site.url("/gone")})
    run_jobs()
    assert "has no such page (404)" in browser.get("/imports/feeds/").content.decode()


def test_page_takes_as_many_queries_for_many_feeds_as_for_two(
    browser: Client, curator: Viewer
) -> None:
    counts = []
    for more in (2, 4):
        for number in range(more):
            following.follow(curator, f"https://news.example/{more}/{number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get("/imports/feeds/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_form_refuses_what_is_no_address(browser: Client) -> None:
    sent: dict[str, Any] = {"address": "the herald"}
    answer = browser.post("/imports/feeds/", sent)
    assert answer.status_code == 422
    assert not Subscription.objects.exists()
