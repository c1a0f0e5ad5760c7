"""A private feed tells its reader what they see, until it is taken back or they may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim, FeedKey
from annotations.queries.feed_keys import private_feeds
from annotations.queries.feeds import Subject
from annotations.services import feed_keys, merging
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Article, Event, Group, Membership
from tests.factories import make_article, make_collection, make_highlight, make_note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article() -> Article:
    """Return an article to mark."""
    return make_article(title="The exodus", slug="exodus")


def _address(user: User, subject: Subject) -> str:
    _key, secret = feed_keys.make(viewer_of(user), subject)
    return f"/feeds/{secret}/feed.atom"


def test_its_reader_makes_it_on_a_page_that_shows_it_once(
    alice: User, article: Article, client: Client, client_of: ClientOf
) -> None:
    make_note(alice, article, "Only for me.", audience="private")
    own = client_of(alice)
    asked = {"kind": "article", "name": "exodus"}
    made = own.post("/feeds/", asked)
    assert made.status_code == 303
    page = own.get(made["Location"])
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    (address,) = [
        part for part in page.text.split('"') if part.endswith("feed.atom") and "/feeds/" in part
    ]
    assert "Only for me." in client.get(address).text
    assert address not in own.get(made["Location"]).text
    assert FeedKey.objects.get().secret_sha256 not in page.text
    own.post("/feeds/", asked)
    assert client.get(address).status_code == 404
    assert FeedKey.objects.count() == 1


def test_five_people_get_five_feeds_of_one_article(
    alice: User,
    bob: User,
    carol: User,
    dave: User,
    group: Group,
    article: Article,
    client: Client,
) -> None:
    for_group = {"audience": "groups", "group_ids": frozenset({group.pk})}
    make_note(alice, article, "For everybody.")
    make_note(alice, article, "For Tuesday.", **for_group)
    make_note(alice, article, "For herself.", audience="private")
    words = ("For everybody.", "For Tuesday.", "For herself.")
    seen = {
        user.username: [word for word in words if word in client.get(_address(user, article)).text]
        for user in (alice, bob, carol, dave)
    }
    everybody = client.get("/articles/exodus/feed.atom").text
    assert [word for word in words if word in everybody] == ["For everybody."]
    assert seen == {
        "alice": [*words],
        "bob": ["For everybody.", "For Tuesday."],
        "carol": ["For everybody."],
        "dave": ["For everybody."],
    }


def test_what_is_private_changes_no_byte_of_another_feed(
    alice: User, bob: User, carol: User, group: Group, article: Article, client: Client
) -> None:
    make_highlight(alice, article, claim="threat")
    claim = Claim.objects.get(name="threat")
    subjects: list[Subject] = [None, article, claim, alice, make_collection(article)]
    theirs = [_address(user, subject) for user in (bob, carol) for subject in subjects]
    theirs.append(_address(bob, group))
    before = [client.get(address) for address in theirs]
    make_highlight(alice, article, "The mood", claim="threat", audience="private")
    own = Group.objects.create(name="Alice's", slug="alices")
    Membership.objects.create(group=own, user=alice)
    groups = frozenset({own.pk})
    make_highlight(alice, article, "The mood", claim="hush", audience="groups", group_ids=groups)
    for address, answer in zip(theirs, before, strict=True):
        assert client.get(address).content == answer.content
        sent = {"If-None-Match": answer["ETag"]}
        assert client.get(address, headers=sent).status_code == 304


def test_it_ends_with_the_account_the_group_and_the_right(
    alice: User, bob: User, group: Group, article: Article, client: Client
) -> None:
    of_group, of_article = _address(bob, group), _address(bob, article)
    assert client.get(of_group).status_code == client.get(of_article).status_code == 200
    Membership.objects.filter(user=bob).delete()
    assert client.get(of_group).status_code == 404
    Article.objects.filter(pk=article.pk).update(is_hidden=True)
    assert client.get(of_article).status_code == 404
    assert [feed.title for feed in private_feeds(viewer_of(bob))] == ["", ""]
    of_all = _address(alice, None)
    assert client.get(of_all).status_code == 200
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get(of_all).status_code == 404


def test_a_feed_of_a_merged_claim_goes_on_with_the_other(
    alice: User, carol: User, article: Article, client: Client
) -> None:
    for claim, words in (("first", "The mood"), ("second", "Some MPs")):
        make_highlight(alice, article, words, claim=claim)
    first, second = (Claim.objects.get(name=name) for name in ("first", "second"))
    address = _address(alice, second)
    merging.merge(viewer_of(carol), second, into=first)
    assert "The mood" in client.get(address).text
    assert [feed.title for feed in private_feeds(viewer_of(alice))] == ["First"]


def test_only_its_reader_takes_it_back(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    address = _address(alice, article)
    key = FeedKey.objects.get()
    assert client_of(bob).post(f"/feeds/{key.pk}/revoke/").status_code == 404
    assert client_of(alice).get(f"/feeds/{key.pk}/revoke/").status_code == 303
    assert client_of(None).get(address).status_code == 200
    assert "The exodus" not in client_of(bob).get("/feeds/").text
    assert client_of(alice).post(f"/feeds/{key.pk}/revoke/").status_code == 303
    assert client_of(None).get(address).status_code == 404


def test_reading_one_writes_nothing(
    alice: User, article: Article, client: Client, client_of: ClientOf
) -> None:
    make_note(alice, article)
    address = _address(alice, article)
    own = client_of(alice)
    before = [*Event.objects.values_list("pk")], [*FeedKey.objects.values_list()]
    for browser in (client, own):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
            browser.get("/activity/")
            browser.get("/feeds/")
        told = " ".join(query["sql"] for query in asked).upper()
        assert not {"INSERT", "UPDATE", "DELETE"} & set(told.split())
    assert before == ([*Event.objects.values_list("pk")], [*FeedKey.objects.values_list()])


def test_of_what_one_does_not_see_none_can_be_made(
    alice: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    Group.objects.filter(pk=group.pk).update(kind="open")
    make_article(slug="secret", is_hidden=True)
    for kind, name in (("article", "secret"), ("group", "tuesday"), ("claim", "none"), ("x", "")):
        assert client_of(dave).post("/feeds/", {"kind": kind, "name": name}).status_code == 404
    assert client_of(alice).get("/feeds/?kind=group&name=tuesday").status_code == 200
    assert not FeedKey.objects.exists()


def test_there_are_limits_and_no_query_for_each(
    alice: User, group: Group, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries() -> int:
        for number in range(2):
            mark = make_highlight(alice, make_article(), claim=f"claim {Claim.objects.count()}")
            things: list[Any] = [mark.article, Claim.objects.latest("created_at"), None]
            things += [make_collection(title=f"List {number}"), group, alice]
            for thing in things:
                feed_keys.make(viewer_of(alice), thing)
        with CaptureQueriesContext(connection) as asked:
            assert client_of(alice).get("/feeds/").status_code == 200
        return len(asked)

    assert queries() == queries()
    monkeypatch.setattr(feed_keys, "MOST_FEEDS", FeedKey.objects.count())
    with pytest.raises(Invalid, match="At most"):
        feed_keys.make(viewer_of(alice), make_article())
