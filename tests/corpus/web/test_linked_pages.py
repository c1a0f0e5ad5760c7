"""Of a feed that only sums up, the pages that it links to are proposed, where curators want it."""

import json
from typing import Any

import pytest
from django.test import Client

from corpus.errors import NotAllowed
from corpus.models import Event, ImportBatch, ImportCandidate, ImportFile, Subscription
from corpus.permissions import Viewer
from corpus.services import following, linked_pages
from tests.corpus.web.pages import BUS, RAIL, page
from tests.corpus.web.serving import Site
from tests.corpus.web.test_followed_feeds import look_when_due, proposed
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

SUMMARY = "In short: the bus was late."


def summaries(site: Site, *paths: str, **more: Any) -> bytes:
    """Return a feed with a summary for each of these pages of the site."""
    items = [
        {"url": site.url(path), "title": f"Summary of {path}", "summary": f"{SUMMARY} {path}"}
        for path in paths
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def followed(curator: Viewer, site: Site, *paths: str, wanted: bool = True) -> Subscription:
    site.gives("/feed", summaries(site, *paths))
    made = following.follow(curator, site.url("/feed"), "The herald", fetches_pages=wanted)
    run_jobs()
    return made


def flags() -> list[list[str]]:
    return [
        [flag["kind"] for flag in row.proposal["flags"]] for row in ImportCandidate.objects.all()
    ]


def test_page_is_proposed_in_place_of_its_summary(curator: Viewer, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS, RAIL), Content_Type="text/html")
    made = followed(curator, site, "/bus")
    assert proposed() == ["The bus"]
    assert flags() == [[]]
    found = ImportCandidate.objects.get()
    assert found.proposal["facts"]["url"]["value"] == site.url("/bus")
    # The entry is kept, so that it is not taken for a new one at the next look.
    before = ImportFile.objects.count()
    assert look_when_due(made).told == "0 new entries wait to be checked."
    assert ImportFile.objects.count() == before
    assert site.paths.count("/bus") == 1


def test_without_being_asked_summaries_are_proposed(curator: Viewer, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS))
    followed(curator, site, "/bus", wanted=False)
    assert proposed() == ["Summary of /bus"]
    assert "/bus" not in site.paths


def test_where_no_page_comes_the_summary_stays_and_why_is_told(
    curator: Viewer, site: Site, browser: Client
) -> None:
    site.gives("/bus", page("The bus", BUS, RAIL))
    site.gives("/short", b"<!doctype html><title>Sign in</title><p>Sign in.</p>")
    site.leads_on("/inside", "http://169.254.169.254/secret")
    followed(curator, site, "/gone", "/bus", "/short", "/inside")
    assert sorted(proposed()) == [
        *("Summary of /gone", "Summary of /inside", "Summary of /short"),
        "The bus",
    ]
    batch = ImportBatch.objects.get()
    shown = browser.get(f"/imports/{batch.pk}/").content.decode()
    assert "127.0.0.1 has no such page (404); nothing was fetched." in shown
    assert "/short shows no more words than the summary; it is not taken." in shown
    assert "169.254.169.254 is not on the public network; nothing was fetched." in shown
    gone = next(row for row in ImportCandidate.objects.all() if "/gone" in row.proposal["text"])
    shown = browser.get(f"/imports/{batch.pk}/{gone.pk}/").content.decode()
    assert "This is only a summary" in shown
    assert "has no such page (404)" in shown


def test_only_so_many_pages_are_fetched_at_one_look(
    curator: Viewer, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_pages, "MOST_PAGES", 1)
    for name in ("bus", "rail"):
        site.gives(f"/{name}", page(f"The {name}", BUS, RAIL, name))
    followed(curator, site, "/bus", "/rail")
    assert sorted(proposed()) == ["Summary of /rail", "The bus"]
    (told,) = ImportFile.objects.exclude(problem="")
    assert told.problem_in_words.startswith("Only 1 linked pages are fetched")


def test_curators_choose_it_on_the_page_of_feeds(
    curator: Viewer, site: Site, browser: Client
) -> None:
    made = followed(curator, site, "/bus", wanted=False)
    for wanted, words in (("1", "in place of summaries"), ("0", "Only what the feed itself")):
        answer = browser.post(f"/imports/feeds/{made.pk}/pages/", {"pages": wanted}, follow=True)
        assert words in answer.content.decode()
        made.refresh_from_db()
        assert made.fetches_pages is (wanted == "1")
    assert Event.objects.filter(verb="feed.edited").count() == 2
    with pytest.raises(NotAllowed):
        following.fetch_pages(Viewer(), made, wanted=True)


def test_a_feed_may_be_followed_so_from_the_beginning(site: Site, browser: Client) -> None:
    site.gives("/feed", summaries(site, "/bus"))
    sent = {"address": site.url("/feed"), "title": "", "pages": "on"}
    browser.post("/imports/feeds/", sent)
    assert Subscription.objects.get().fetches_pages
