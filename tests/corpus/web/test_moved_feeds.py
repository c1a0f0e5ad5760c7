"""A feed whose server says that it moved for good is followed where it stands from then on."""

import pytest
from django.test import Client

from corpus.models import Event, Subscription, WebAddress
from corpus.permissions import Viewer
from corpus.services import following
from tests.corpus.web.pages import BUS, RAIL, feed
from tests.corpus.web.serving import Site
from tests.corpus.web.test_followed_feeds import look_when_due, proposed
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def followed(curator: Viewer, site: Site) -> Subscription:
    """Return a feed with one entry that was looked at once, and has moved since."""
    site.gives("/feed", feed(("bus", BUS)))
    made = following.follow(curator, site.url("/feed"), "The herald")
    run_jobs()
    site.gives("/feed", b"", status=301, Location="/new")
    site.gives("/new", feed(("rail", RAIL), ("bus", BUS)), ETag='"2"')
    return made


def test_feed_that_moved_for_good_is_followed_there(
    followed: Subscription, site: Site, browser: Client
) -> None:
    look_when_due(followed)
    assert followed.address.url == site.url("/new")
    assert proposed() == ["bus", "rail"]
    told = Event.objects.get(verb="feed.moved")
    assert (told.before, told.after) == ({"url": site.url("/feed")}, {"url": site.url("/new")})
    shown = browser.get("/imports/feeds/").content.decode()
    assert f"before that it was {site.url('/feed')}" in shown
    # What came of it before it moved is its own still.
    assert "2 to check" in shown
    look_when_due(followed)
    assert site.paths[-1] == "/new"
    assert site.asked[-1][1]["If-None-Match"] == '"2"'
    assert Event.objects.filter(verb="feed.moved").count() == 1


def test_feed_that_is_elsewhere_for_now_is_asked_for_where_it_was(
    followed: Subscription, site: Site
) -> None:
    site.gives("/feed", b"", status=302, Location="/new")
    look_when_due(followed)
    assert (followed.address.url, followed.moved_from) == (site.url("/feed"), "")
    assert proposed() == ["bus", "rail"]


def test_what_is_no_feed_moves_none(followed: Subscription, site: Site) -> None:
    site.gives("/new", b"<!doctype html><title>Sign in</title><p>Sign in to go on.</p>")
    look_when_due(followed)
    assert followed.address.url == site.url("/feed")


def test_new_address_may_be_known_or_followed_already(
    followed: Subscription, site: Site, curator: Viewer
) -> None:
    known = WebAddress.objects.create(url=site.url("/new"))
    look_when_due(followed)
    assert followed.address == known
    site.gives("/third", feed(("bus", BUS)))
    other = following.follow(curator, site.url("/third"))
    run_jobs()
    site.gives("/new", b"", status=301, Location="/third")
    look_when_due(followed)
    assert (followed.address, other.address.url) == (known, site.url("/third"))
