"""The inbox and the bell: what stands there, for whom, and at what cost."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from annotations.models import Notification
from annotations.queries.inbox import PAGE_SIZE
from annotations.queries.notifications import unread_count
from annotations.services import following
from annotations.services.annotations import Changes, edit
from annotations.services.deletion import delete, restore
from corpus.access import viewer_of
from corpus.models import Article, Event, Group, Membership
from corpus.queries.sealing import seal, unseal
from tests.annotations.notifications.telling import tell_readers, told
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]
INBOX = "/notifications/"


@pytest.fixture(autouse=True)
def begun(db: None, noise: None) -> None:
    """Let the worker have begun before anything happens."""
    tell_readers()


@pytest.fixture
def article() -> Article:
    """Return an article that everybody reads."""
    return make_article(title="Listening to voters")


def test_several_replies_stand_as_one_with_what_was_written(
    alice: User, bob: User, carol: User, dave: User, article: Article, client_of: ClientOf
) -> None:
    highlight = make_highlight(alice, article, note="Mine.")
    replies = [make_reply(user, highlight, f"Says {user}.") for user in (bob, carol, dave)]
    tell_readers()

    page = client_of(alice).get(INBOX).content.decode()

    assert "dave and 2 others replied to your note on “Listening to voters”" in page
    assert page.count('name="keys"') == 1
    assert all(f"Says {user}." in page for user in (bob, carol, dave))
    assert f"{article.get_absolute_url()}#n{replies[0].number}" in page
    assert "<b data-unread>3</b>" in page


def test_what_one_may_not_see_any_more_leaves_the_inbox_and_the_number(
    alice: User, bob: User, dave: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    following.follow(viewer_of(bob), article)
    following.follow(viewer_of(dave), article)
    ids = frozenset({group.pk})
    make_highlight(alice, article, note="For the group.", audience="groups", group_ids=ids)
    narrowed = make_highlight(alice, article, "members decide", note="For all.")
    tell_readers()
    assert (unread_count(viewer_of(bob)), unread_count(viewer_of(dave))) == (2, 1)

    edit(viewer_of(alice), narrowed, Changes(audience="private"), counter=1)
    Membership.objects.filter(user=bob).delete()

    for user in (bob, dave):
        page = client_of(user).get(INBOX).content.decode()
        assert "<b data-unread></b>" in page
        assert "For the group." not in page
        assert "For all." not in page
        assert "Nothing yet." in page


def test_what_was_deleted_is_back_when_it_is_brought_back(
    alice: User, bob: User, article: Article
) -> None:
    reply = make_reply(bob, make_highlight(alice, article))
    tell_readers()
    deleted = delete(viewer_of(bob), reply)
    assert unread_count(viewer_of(alice)) == 0
    restore(viewer_of(bob), deleted)

    assert unread_count(viewer_of(alice)) == 1


def test_one_and_all_are_marked_as_read_and_what_came_since_is_not(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    for words in ("pray by their bedside", "members decide"):
        make_reply(bob, make_highlight(alice, article, words))
    tell_readers()
    first, second = told(alice)
    client = client_of(alice)

    client.post("/notifications/read/", {"keys": seal(f"{first.pk},x,{'9' * 30}")})
    assert [one.read_at is not None for one in told(alice)] == [True, False]
    make_reply(bob, make_highlight(alice, article, "He said it twice"))
    tell_readers()
    answer = client.post(
        "/notifications/read/", {"until": seal(str(second.pk)), "back": "//evil.example"}
    )

    assert [one.read_at is not None for one in told(alice)] == [True, True, False]
    assert answer.headers["Location"] == INBOX
    assert Event.objects.filter(verb="notifications.read", audience="private").count() == 2


def test_nobody_marks_or_reads_what_others_were_told(
    alice: User, bob: User, dave: User, article: Article, client_of: ClientOf
) -> None:
    make_reply(bob, make_highlight(alice, article), "To Alice.")
    tell_readers()
    (one,) = told(alice)

    client_of(dave).post("/notifications/read/", {"keys": seal(str(one.pk))})
    client_of(dave).post("/notifications/read/", {"until": seal(str(one.pk))})

    assert told(alice)[0].read_at is None
    assert "To Alice." not in client_of(dave).get(INBOX).content.decode()
    assert client_of(None).get(INBOX).status_code == 302


def test_no_key_in_the_inbox_tells_how_much_others_were_told(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    highlight = make_highlight(alice, article)
    for number in range(PAGE_SIZE + 1):
        make_reply(bob, highlight, f"Reply {number}.")
    tell_readers()
    client, rows = client_of(alice), told(alice)

    page = client.get(INBOX).content.decode()
    values = [*re.findall(r'name="(?:keys|until)" value="([^"]*)"', page)]
    values += re.findall(r"[?;]before=([^\"&]+)", page)
    shown = [str(one.pk) for one in rows[:0:-1]]
    assert [unseal(one) for one in values] == [shown[0], ",".join(shown), shown[-1]]
    client.post("/notifications/read/", {"keys": rows[0].pk})
    assert all(one.read_at is None for one in told(alice))
    last = client.get(f"{INBOX}?before={values[-1]}").content.decode()
    assert "Reply 0." in last
    assert "Reply 1." not in last
    client.post("/notifications/read/", {"until": values[0]})
    assert all(one.read_at for one in told(alice))


def test_the_inbox_is_narrowed_by_its_address_and_goes_on_behind_a_page(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    following.follow(viewer_of(alice), bob)
    make_highlight(bob, article, note="Followed.")
    highlight = make_highlight(alice, article)
    for number in range(PAGE_SIZE + 5):
        make_reply(bob, highlight, f"Reply {number}.")
    tell_readers()
    client = client_of(alice)

    assert "Followed." not in client.get(INBOX).content.decode()
    assert "Followed." in client.get(f"{INBOX}?kind=followed").content.decode()
    assert "nothing of this kind" in client.get(f"{INBOX}?kind=mention").content.decode()
    oldest = seal(str(told(alice)[6].pk))
    assert "Followed." in client.get(f"{INBOX}?before={oldest}").content.decode()
    client.post("/notifications/read/", {"until": seal(str(told(alice)[-1].pk))})
    assert "nothing of this kind" in client.get(f"{INBOX}?show=unread").content.decode()


def test_the_inbox_costs_no_more_queries_with_more_in_it(
    alice: User,
    bob: User,
    article: Article,
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    following.follow(viewer_of(alice), article)
    highlight = make_highlight(alice, article, claim="deselection threat")
    make_reply(bob, highlight)
    make_highlight(bob, article)
    tell_readers()
    client = client_of(alice)
    client.get(INBOX)
    with django_assert_max_num_queries(24) as few:
        client.get(INBOX)
    for number in range(20):
        make_reply(bob, highlight, f"Reply {number}.")
        make_highlight(bob, article)
    tell_readers()

    with django_assert_max_num_queries(len(few)):
        client.get(INBOX)


def test_the_bell_of_who_was_told_nothing_costs_one_query(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = viewer_of(alice)
    with django_assert_num_queries(1):
        assert unread_count(viewer) == 0


def test_a_page_for_nobody_has_no_bell(client_of: ClientOf) -> None:
    page = client_of(None).get(reverse("library")).content.decode()

    assert "data-unread" not in page


def test_hidden_rows_do_not_crowd_out_those_that_are_seen(
    alice: User, bob: User, article: Article
) -> None:
    highlight = make_highlight(alice, article)
    make_reply(bob, highlight)
    hidden = make_reply(bob, highlight)
    tell_readers()
    delete(viewer_of(bob), hidden)
    event = Event.objects.filter(subject_id=hidden.pk).earliest("pk")
    events = [Event(verb=event.verb, subject_type="", subject_id=hidden.pk) for _n in range(250)]
    Notification.objects.bulk_create(
        Notification(reader=alice, kind="reply", annotation=hidden, event=one)
        for one in Event.objects.bulk_create(events)
    )

    assert unread_count(viewer_of(alice)) == 1
