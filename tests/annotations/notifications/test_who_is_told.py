"""Who is told of what: of all who might be, only those who see it, and nobody of their own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Bookmark, Notification
from annotations.services import following, moderation
from annotations.services.annotations import Changes, edit
from annotations.services.deletion import delete
from annotations.services.following import Followed
from corpus.access import viewer_of
from corpus.models import Article, Group, GroupInvitation, Membership
from corpus.services import group_invitations, memberships
from corpus.services.group_invitations import Terms
from tests.annotations.notifications.telling import kinds_of, prove, tell_readers, told
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_reply,
    make_tag,
)

pytestmark = pytest.mark.django_db

Kind = Notification.Kind


@pytest.fixture(autouse=True)
def begun(db: None, noise: None) -> None:
    """Let the worker have begun before anything happens."""
    tell_readers()


@pytest.fixture
def article() -> Article:
    """Return an article that everybody reads."""
    return make_article(title="Seen by all")


def test_nothing_that_happened_before_the_worker_began_is_told(alice: User, bob: User) -> None:
    assert Notification.objects.count() == 0


def test_who_wrote_is_told_of_a_reply_and_who_replied_is_not(
    alice: User, bob: User, dave: User, article: Article
) -> None:
    highlight = make_highlight(alice, article)
    make_reply(bob, highlight)
    tell_readers()

    assert kinds_of(alice) == [Kind.REPLY]
    assert told(bob) == told(dave) == []


def test_who_replied_is_told_of_the_next_reply(alice: User, bob: User, article: Article) -> None:
    highlight = make_highlight(alice, article)
    make_reply(bob, highlight)
    make_reply(alice, highlight)
    tell_readers()

    assert kinds_of(bob) == [Kind.REPLY]
    assert kinds_of(alice) == [Kind.REPLY]


def test_the_same_events_read_again_tell_nobody_twice(
    alice: User, bob: User, article: Article
) -> None:
    before = Bookmark.objects.get()
    make_reply(bob, make_highlight(alice, article))
    tell_readers()
    Bookmark.objects.update(position=before.position, event_id=before.event_id)
    tell_readers()

    assert kinds_of(alice) == [Kind.REPLY]


def test_a_worker_that_does_not_know_its_position_goes_on_by_numbers(
    alice: User, bob: User, article: Article
) -> None:
    make_reply(bob, make_highlight(alice, article))
    Bookmark.objects.update(position="of another database")
    tell_readers()

    assert kinds_of(alice) == [Kind.REPLY]
    assert Bookmark.objects.get().position != "of another database"


def test_who_left_the_group_hears_nothing_of_its_thread(
    alice: User, bob: User, carol: User, group: Group, article: Article
) -> None:
    Membership.objects.create(group=group, user=carol)
    highlight = make_highlight(alice, article, audience="groups", group_ids=frozenset({group.pk}))
    make_reply(bob, highlight)
    Membership.objects.filter(user=bob).delete()
    make_reply(carol, highlight)
    tell_readers()

    assert kinds_of(alice) == [Kind.REPLY, Kind.REPLY]
    assert told(bob) == []


def test_followers_are_told_of_what_they_see(
    alice: User, bob: User, dave: User, group: Group, article: Article
) -> None:
    for user in (bob, dave):
        following.follow(viewer_of(user), article)
    make_highlight(alice, article, audience="groups", group_ids=frozenset({group.pk}))
    make_highlight(alice, article, "members decide", audience="private")
    tell_readers()

    assert kinds_of(bob) == [Kind.FOLLOWED]
    assert told(dave) == []


def test_every_kind_of_thing_that_is_followed_is_told_of(
    alice: User, bob: User, group: Group, article: Article
) -> None:
    highlight = make_highlight(alice, article, claim="deselection threat")
    make_tag(alice, highlight, "Members decide", speaker="Ann Speaker")
    claim, other = (one.tag for one in highlight.occurrences.select_related("tag"))
    speaker = highlight.occurrences.get(speaker__isnull=False).speaker
    assert speaker is not None
    things: list[Followed] = [claim, speaker, article, make_collection(article), group, alice]
    tell_readers()
    for thing in things:
        viewer = viewer_of(bob)
        following.follow(viewer, thing)
        if thing in (claim, speaker):
            make_tag(
                alice,
                make_highlight(alice, article, "members decide"),
                claim.name if thing == claim else other.name,
                speaker="Ann Speaker" if thing == speaker else "",
            )
        else:
            make_highlight(alice, article, audience="groups", group_ids=frozenset({group.pk}))
        tell_readers()
        assert Notification.objects.filter(reader=bob, follow__reader=bob).exists(), thing
        following.unfollow(viewer, thing)
        assert told(bob) == []


def test_one_event_tells_a_reader_once_though_they_follow_much(
    alice: User, bob: User, article: Article
) -> None:
    things: list[Followed] = [article, make_collection(article), alice]
    for thing in things:
        following.follow(viewer_of(bob), thing)
    make_highlight(alice, article)
    make_link(alice, article, make_article())
    tell_readers()

    assert kinds_of(bob) == [Kind.FOLLOWED, Kind.FOLLOWED]


def test_what_is_published_later_is_told_then_and_once(
    alice: User, dave: User, article: Article
) -> None:
    following.follow(viewer_of(dave), article)
    highlight = make_highlight(alice, article, audience="private")
    tell_readers()
    assert told(dave) == []

    shown = edit(viewer_of(alice), highlight, Changes(audience="public"), counter=1)
    edit(viewer_of(alice), shown, Changes(note="More words."), counter=shown.counter)
    tell_readers()

    assert kinds_of(dave) == [Kind.FOLLOWED]


def test_what_was_deleted_before_the_worker_looked_is_not_told(
    alice: User, bob: User, article: Article
) -> None:
    reply = make_reply(bob, make_highlight(alice, article))
    delete(viewer_of(bob), reply)
    tell_readers()

    assert told(alice) == []


def test_whose_highlight_was_hidden_is_told(alice: User, carol: User, article: Article) -> None:
    highlight = make_highlight(alice, article)
    moderation.hide(viewer_of(carol), highlight)
    moderation.show(viewer_of(carol), highlight)
    tell_readers()

    assert kinds_of(alice) == [Kind.MODERATION, Kind.MODERATION]
    assert told(carol) == []


def test_who_looks_after_a_group_is_told_who_asks_and_who_asked_what_came_of_it(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    group.kind = Group.Kind.RESTRICTED
    group.save()
    group.memberships.filter(user=alice).update(role=Membership.Role.OWNER)
    request = memberships.ask(viewer_of(dave), group)
    memberships.answer(viewer_of(alice), request, lets_in=True)
    theirs = group.memberships.get(user=dave)
    memberships.set_role(viewer_of(alice), theirs, "moderator")
    memberships.remove(viewer_of(alice), theirs)
    tell_readers()

    assert kinds_of(alice) == [Kind.REQUEST]
    assert kinds_of(dave) == [Kind.MEMBERSHIP] * 3
    assert told(bob) == []


def test_an_invitation_tells_only_the_account_that_proved_its_address(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    group.memberships.filter(user=alice).update(role=Membership.Role.OWNER)
    address = prove(dave)
    User.objects.filter(pk=bob.pk).update(email=address)
    group_invitations.create_for(viewer_of(alice), group, [address.upper()], Terms())
    group_invitations.create(viewer_of(alice), group, Terms())
    tell_readers()

    assert kinds_of(dave) == [Kind.INVITATION]
    assert told(bob) == []
    assert GroupInvitation.objects.count() == 2


def test_who_was_invited_at_their_address_comes_in_from_the_inbox_and_nobody_else_does(
    alice: User, bob: User, dave: User, group: Group, client_of: Callable[[User], Client]
) -> None:
    group.memberships.filter(user=alice).update(role=Membership.Role.OWNER)
    group.memberships.filter(user=bob).delete()
    group_invitations.create_for(viewer_of(alice), group, [prove(dave)], Terms())
    tell_readers()
    address = f"/notifications/join/{GroupInvitation.objects.get().pk}/"

    assert address in client_of(dave).get("/notifications/").content.decode()
    assert client_of(bob).post(address).status_code == 404
    assert client_of(dave).post(address).headers["Location"] == group.get_absolute_url()
    assert client_of(dave).post(address).status_code == 404
    assert set(group.memberships.values_list("user", flat=True)) == {alice.pk, dave.pk}


def test_samples_and_closed_accounts_tell_nobody(
    alice: User, bob: User, dave: User, article: Article
) -> None:
    for user in (bob, dave):
        following.follow(viewer_of(user), article)
    User.objects.filter(pk=dave.pk).update(is_active=False)
    make_highlight(alice, article, is_sample=True)
    tell_readers()
    assert told(bob) == []

    make_highlight(alice, article, "members decide")
    tell_readers()
    assert kinds_of(bob) == [Kind.FOLLOWED]
    assert told(dave) == []
