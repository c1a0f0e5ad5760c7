"""Who hears of what: judged when it is sent, by the rights of that moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.access import visible_annotations, visible_links
from annotations.live.looking import look, look_at_unread, look_who_is_here
from annotations.models import Annotation, Link
from annotations.queries.sight import places_of, seen_as
from annotations.services import annotations, moderation
from corpus.access import viewer_of
from corpus.models import Article, Group, Membership
from corpus.queries.news import position_now
from tests.annotations.live.listeners import said_in, ticket_of, told_to
from tests.factories import make_article, make_highlight, make_link, make_note, make_reply

# What a transaction has not committed is no news on PostgreSQL.
pytestmark = pytest.mark.django_db(transaction=True)


def heard_by(users: list[User | None], article: Article, write: Callable[[], Any]) -> list[Any]:
    """Return what each of `users` hears of what `write` does in `article`."""
    tickets = [ticket_of(user, article) for user in users]
    before = position_now()
    write()
    told = look(before, {ticket: ticket.articles for ticket in tickets}, {})
    return [told.ended.get(ticket) or told_to(told, ticket) for ticket in tickets]


def test_each_hears_of_what_they_see(
    alice: User, bob: User, carol: User, dave: User, group: Group
) -> None:
    article = make_article()
    everybody = [alice, bob, carol, dave, None]

    def hear(**draft: Any) -> list[bool]:
        return [
            bool(told)
            for told in heard_by(
                everybody, article, lambda: make_highlight(alice, article, **draft)
            )
        ]

    assert hear() == [True] * 5
    assert hear(audience="private") == [True, False, False, False, False]
    of_group: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    assert hear(**of_group) == [True, True, False, False, False]


def test_what_is_taken_away_is_gone_for_those_who_saw_it(alice: User, dave: User) -> None:
    article = make_article()
    shown = make_highlight(alice, article)
    hidden = make_note(alice, article, audience="private")

    def write() -> None:
        annotations.delete(viewer_of(alice), shown)
        annotations.delete(viewer_of(alice), hidden)

    assert heard_by([dave], article, write) == [[("gone", str(shown.pk))]]


def test_what_is_hidden_looks_like_what_is_deleted(alice: User, carol: User, dave: User) -> None:
    article = make_article()
    first, second = make_highlight(alice, article), make_highlight(alice, article)
    ticket, before = ticket_of(dave, article), position_now()
    moderation.hide(viewer_of(carol), first)
    annotations.delete(viewer_of(alice), second)

    told = look(before, {ticket: ticket.articles}, {})

    hidden, deleted = (
        chunk.decode()
        .partition("data: ")[2]
        .replace(str(one.pk), "")
        .replace(f'"number":{one.number}', "")
        for chunk, one in zip(told.chunks[ticket], (first, second), strict=True)
    )
    assert hidden == deleted
    assert "carol" not in hidden


def test_a_removed_member_hears_no_more(alice: User, bob: User, group: Group) -> None:
    open_article = make_article()
    closed = make_article(access="groups")
    closed.groups.add(group)
    listening = ticket_of(bob, open_article, closed)
    elsewhere = ticket_of(bob, open_article)
    before = position_now()
    Membership.objects.filter(user=bob).delete()
    make_highlight(alice, closed)
    make_highlight(alice, open_article, audience="groups", group_ids=frozenset({group.pk}))

    told = look(before, {one: one.articles for one in (listening, elsewhere)}, {})

    assert told.chunks == {}
    assert told.out_of_reach == {listening: {closed.pk}}


def test_who_is_here_and_what_is_unread_is_told_to_those_with_the_right(
    alice: User, bob: User, carol: User, dave: User, group: Group
) -> None:
    closed = make_article(access="groups")
    closed.groups.add(group)
    member, removed, left, stranger = (
        ticket_of(user, closed) for user in (alice, bob, carol, None)
    )
    own = ticket_of(dave)
    listening = {one: one.articles for one in (member, removed, left, stranger, own)}
    Membership.objects.filter(user=bob).delete()
    Session.objects.filter(session_key=left.session).update(expire_date=timezone.now())

    here = look_who_is_here({closed.pk: frozenset({alice.pk})}, listening)
    unread = look_at_unread([member, left, own])

    assert list(here.chunks) == [member]
    assert [one.data["readers"][0]["id"] for one in said_in(here.chunks[member][0])] == [alice.pk]
    assert here.out_of_reach == {removed: {closed.pk}}
    assert here.ended == {left: "signed-out"}
    assert list(unread.chunks) == [member, own]


def test_who_is_here_takes_as_many_queries_for_fifty_as_for_two(alice: User) -> None:
    article = make_article()
    others = [User.objects.create_user(f"reader{number}") for number in range(50)]
    tickets = [ticket_of(user, article) for user in others]

    def queries(count: int) -> int:
        readers = {article.pk: frozenset(user.pk for user in others[:count])}
        with CaptureQueriesContext(
            connection,
        ) as captured:
            look_who_is_here(readers, {one: one.articles for one in tickets[:count]})
        return len(captured)

    assert queries(50) == queries(2)


def test_who_signed_out_or_was_deactivated_or_changed_the_password_hears_no_more(
    alice: User, bob: User, carol: User, dave: User
) -> None:
    article = make_article()

    def write() -> None:
        Session.objects.all().delete()
        make_note(alice, article)

    assert heard_by([dave, None], article, write)[0] == "signed-out"

    def change() -> None:
        User.objects.filter(pk=bob.pk).update(is_active=False)
        carol.set_password("another horse")
        carol.save()
        make_note(alice, article)

    heard = heard_by([bob, carol, dave, None], article, change)
    assert heard[:2] == ["signed-out", "signed-out"]
    assert all(isinstance(told, list) and told for told in heard[2:])


def test_a_look_takes_as_many_queries_for_fifty_as_for_two(alice: User, group: Group) -> None:
    article = make_article()
    others = [User.objects.create_user(f"reader{number}") for number in range(50)]
    tickets = [ticket_of(user, article) for user in others]

    def queries(count: int) -> int:
        before = position_now()
        first = make_highlight(alice, article, claim=f"claim of {count}")
        for _ in range(count):
            make_reply(alice, first)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            look(before, {one: one.articles for one in tickets[:count]}, {})
        return len(captured)

    assert queries(50) == queries(2)


def test_predicates_agree_with_what_pages_show(
    noise: None, alice: User, bob: User, carol: User, dave: User, group: Group
) -> None:
    article, other = make_article(), make_article(access="members")
    hidden = make_article(is_hidden=True)
    closed = make_article(access="groups")
    closed.groups.add(group)
    of_group: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    first = make_highlight(alice, article)
    secret = make_highlight(alice, other, audience="private")
    within = make_highlight(alice, closed, **of_group)
    make_reply(bob, within)
    make_reply(alice, secret)
    make_highlight(carol, hidden)
    make_link(alice, first, within)
    make_link(bob, first, other)
    moderation.hide(viewer_of(carol), make_note(dave, article))
    annotations.delete(viewer_of(alice), make_highlight(alice, article))
    places = places_of(set(Article.objects.values_list("pk", flat=True)))

    for user in (alice, bob, carol, dave, None):
        viewer = viewer_of(user)
        for model, visible in ((Annotation, visible_annotations), (Link, visible_links)):
            seen = {one.pk for one in model.objects.all() if seen_as(one, places).is_seen(viewer)}
            assert seen == set(visible(viewer).values_list("pk", flat=True))
