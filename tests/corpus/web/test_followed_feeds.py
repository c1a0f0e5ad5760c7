"""A feed is looked at on schedule; what is new in it is proposed, and nothing comes twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from corpus.errors import Invalid, NotAllowed
from corpus.models import (
    Event,
    Fetch,
    ImportBatch,
    ImportCandidate,
    ImportFile,
    Job,
    SourceFile,
    Subscription,
)
from corpus.permissions import Viewer
from corpus.services import following
from corpus.services.fetching import ask_fetch
from tests.corpus.web.pages import BUS, RAIL, feed
from tests.corpus.web.serving import Site
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

KEPT = (Fetch, ImportBatch, ImportCandidate, SourceFile)


def rows() -> list[int]:
    return [model._default_manager.count() for model in KEPT]


def proposed() -> list[str]:
    found = ImportCandidate.objects.order_by("batch__created_at", "position")
    return [row.proposal["facts"]["title"]["value"] for row in found]


def make_due(subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(next_at=timezone.now())


def look_when_due(subscription: Subscription) -> Job:
    """Let the worker find that the feed is due and look at it; return the work."""
    make_due(subscription)
    following.ask_for_due_looks()
    run_jobs()
    subscription.refresh_from_db()
    return Job.objects.filter(kind="feed.look").latest("created_at")


@pytest.fixture
def followed(curator: Viewer, site: Site) -> Subscription:
    """Return a feed with one entry that was looked at once."""
    site.gives("/feed", feed(("bus", BUS)), Content_Type="application/feed+json", ETag='"1"')
    made = following.follow(curator, site.url("/feed"), "The herald")
    run_jobs()
    return made


def test_feed_that_is_followed_is_looked_at_at_once(followed: Subscription, carol: User) -> None:
    batch = ImportBatch.objects.get()
    assert (batch.note, batch.created_by) == ("The herald", carol)
    assert proposed() == ["bus"]
    assert bytes(Fetch.objects.get().source.content) == feed(("bus", BUS))
    assert Event.objects.get(verb="feed.followed").subject_id == followed.pk


def test_rss_calls_itself_and_an_entry_is_proposed_once(curator: Viewer, site: Site) -> None:
    entry = f"<item><title>Bus</title><description>{BUS}</description></item>"
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>The herald</title>"
    site.gives("/rss", f"{head}{entry}</channel></rss>".encode())
    made = following.follow(curator, site.url("/rss"))
    run_jobs()
    made.refresh_from_db()
    assert (made.title, ImportBatch.objects.get().note) == ("The herald", "The herald")
    other = f"<item><title>Rail</title><description>{RAIL}</description></item>"
    dated = "<lastBuildDate>Mon, 02 Jan 2017 10:00:00 GMT</lastBuildDate>"
    site.gives("/rss", f"{head}{dated}{other}{entry}</channel></rss>".encode())
    look_when_due(made)
    assert proposed() == ["Bus", "Rail"]


def test_feed_with_entities_of_its_own_is_told_and_not_read(curator: Viewer, site: Site) -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rss><channel/></rss>"
    site.gives("/rss", bomb.encode())
    made = following.follow(curator, site.url("/rss"))
    run_jobs()
    made.address.refresh_from_db()
    assert "entities of its own; nothing was imported." in made.address.fault_in_words


def test_only_what_is_new_is_proposed(followed: Subscription, site: Site) -> None:
    site.gives("/feed", feed(("rail", RAIL), ("bus", BUS)))
    assert look_when_due(followed).told == "1 new entry waits to be checked."
    assert proposed() == ["bus", "rail"]
    names = ImportFile.objects.order_by("batch__created_at").values_list("name", flat=True)
    assert list(names) == ["news.example/bus", "news.example/rail"]
    before = rows()
    assert look_when_due(followed).told == "0 new entries wait to be checked."
    assert rows() == before


def test_feed_that_is_unchanged_is_not_sent_again(followed: Subscription, site: Site) -> None:
    site.gives("/feed", b"", status=304)
    before = rows()
    assert look_when_due(followed).state == "done"
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert rows() == before


def test_feed_that_was_fetched_as_a_page_is_looked_at_anew(curator: Viewer, site: Site) -> None:
    site.gives("/feed", feed(("bus", BUS)), ETag='"1"')
    ask_fetch(curator, site.url("/feed"))
    run_jobs()
    following.follow(curator, site.url("/feed"))
    run_jobs()
    assert [headers["If-None-Match"] for _path, headers in site.asked] == [None, None]
    assert proposed() == ["bus"]


def test_feed_is_looked_at_when_it_is_due_and_not_before(
    followed: Subscription, site: Site
) -> None:
    following.ask_for_due_looks()
    run_jobs()
    assert site.paths == ["/feed"]
    look_when_due(followed)
    assert site.paths == ["/feed", "/feed"]
    following.ask_for_due_looks()
    run_jobs()
    assert site.paths == ["/feed", "/feed"]


def test_two_workers_ask_for_one_look(followed: Subscription) -> None:
    make_due(followed)
    following.ask_for_due_looks()
    following.ask_for_due_looks()
    assert Job.objects.filter(kind="feed.look", state="waiting").count() == 1


def test_a_few_feeds_are_asked_for_at_a_time(curator: Viewer) -> None:
    for number in range(6):
        following.follow(curator, f"https://{number}.example/feed")
    Job.objects.all().delete()
    Subscription.objects.update(next_at=timezone.now())
    counts = []
    for _ in range(3):
        following.ask_for_due_looks()
        counts.append(Job.objects.filter(kind="feed.look").count())
    assert counts == [4, 6, 6]


def test_the_more_faults_the_later_is_the_next_look(followed: Subscription, site: Site) -> None:
    site.gives("/feed", b"", status=503)
    pauses = []
    for _ in range(7):
        job = look_when_due(followed)
        assert job.state == "done"
        assert job.told == "127.0.0.1 does not give the page (503); nothing was fetched."
        pauses.append(round((followed.next_at - timezone.now()) / timedelta(hours=1)))
    assert pauses == [2, 4, 8, 16, 24, 24, 24]
    site.gives("/feed", feed(("rail", RAIL)))
    look_when_due(followed)
    followed.address.refresh_from_db()
    assert followed.address.fault == ""
    assert proposed() == ["bus", "rail"]
    assert followed.next_at - timezone.now() <= following.EVERY


def test_feed_that_is_gone_for_good_rests(
    followed: Subscription, curator: Viewer, site: Site
) -> None:
    site.gives("/feed", b"", status=410)
    assert "is gone for good (410)" in look_when_due(followed).told
    assert followed.paused_at is not None
    assert Event.objects.get(verb="feed.paused").subject_id == followed.pk
    assert proposed() == ["bus"]
    site.gives("/feed", feed(("bus", BUS), ("rail", RAIL)), Content_Type="application/feed+json")
    following.resume(curator, followed)
    look_when_due(followed)
    assert proposed() == ["bus", "rail"]


def test_what_is_no_feed_is_told_and_followed_further(curator: Viewer, site: Site) -> None:
    made = following.follow(curator, site.url("/page"))
    run_jobs()
    made.address.refresh_from_db()
    assert made.address.fault_in_words.endswith("/page is no feed; nothing was added.")
    assert not ImportBatch.objects.exists()
    site.gives("/page", feed(("bus", BUS)))
    look_when_due(made)
    assert proposed() == ["bus"]


def test_who_follows_a_page_is_told_the_feed_that_it_names(curator: Viewer, site: Site) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='news/feed.xml'>"
    site.gives("/home/", f"<!doctype html><title>Herald</title>{link}<p>{BUS}</p>".encode())
    made = following.follow(curator, site.url("/home/"))
    run_jobs()
    made.address.refresh_from_db()
    assert made.address.fault_in_words.endswith(f": {site.url('/home/news/feed.xml')}")


def test_paused_feed_rests_until_it_goes_on(
    followed: Subscription, curator: Viewer, site: Site
) -> None:
    following.pause(curator, followed)
    following.pause(curator, followed)
    look_when_due(followed)
    assert site.paths == ["/feed"]
    following.resume(curator, followed)
    following.resume(curator, followed)
    look_when_due(followed)
    assert site.paths == ["/feed", "/feed"]
    verbs = Event.objects.filter(subject_id=followed.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "feed.followed",
        "feed.paused",
        "feed.resumed",
    ]


def test_feed_is_followed_once(followed: Subscription, curator: Viewer) -> None:
    assert following.follow(curator, f"{followed.address.url}#top") == followed
    assert Job.objects.filter(kind="feed.look").count() == 1


def test_what_came_of_a_feed_stays_when_it_is_followed_no_more(
    followed: Subscription, curator: Viewer, site: Site
) -> None:
    before = rows()
    following.look_now(curator, followed)
    following.unfollow(curator, followed)
    run_jobs()
    assert rows() == before
    assert site.paths == ["/feed"]
    assert Job.objects.latest("created_at").told == "It is followed no more."
    following.follow(curator, site.url("/feed"))
    run_jobs()
    assert proposed() == ["bus"]


def test_feed_goes_on_when_who_followed_it_is_no_curator_any_more(
    followed: Subscription, carol: User, site: Site
) -> None:
    User.objects.filter(pk=carol.pk).update(is_staff=False)
    site.gives("/feed", feed(("rail", RAIL)))
    look_when_due(followed)
    assert proposed() == ["bus", "rail"]
    assert ImportBatch.objects.latest("created_at").created_by is None


def test_readers_follow_nothing(alice: User, followed: Subscription) -> None:
    reader = Viewer(user_id=alice.pk, role="reader")
    for write in (following.pause, following.resume, following.unfollow, following.look_now):
        with pytest.raises(NotAllowed):
            write(reader, followed)
    with pytest.raises(NotAllowed):
        following.follow(reader, "https://news.example/feed")


def test_what_is_no_address_is_not_followed(curator: Viewer) -> None:
    with pytest.raises(Invalid) as refusal:
        following.follow(curator, "file:///etc/passwd")
    assert "address" in refusal.value.fields
