"""Who is let in to listen, and what is said to those who are not."""

import asyncio
from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.live.hub import MOST_OF_ACCOUNT, Hub
from annotations.live.tickets import MOST_ARTICLES, Ticket
from annotations.views.live import Admission
from corpus.models import Article, Group, Membership
from corpus.queries.sealing import seal
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article() -> Article:
    """Return an article for everybody."""
    return make_article()


def ask(client: Client, *articles: object, room: Hub | None = None, **more: Any) -> Any:
    """Ask to listen to the articles, or to what has their keys."""
    named = [str(getattr(one, "pk", one)) for one in articles]
    streams: dict[str, Any] = {"postil.streams": room or Hub()}
    return client.get("/live/", {"article": named, **more.pop("query", {})}, **streams, **more)


def ticket(answer: Any) -> Ticket:
    """Return what the server goes on with."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    return cast("Admission", answer).ticket


def test_everybody_may_listen_to_what_they_may_read(
    article: Article, alice: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    closed = make_article(access="groups")
    closed.groups.add(group)

    assert ticket(ask(client_of(None), article, closed)).articles == {article.pk}
    assert ticket(ask(client_of(dave), article, closed)).articles == {article.pk}
    assert ticket(ask(client_of(alice), article, closed)).articles == {article.pk, closed.pk}
    for nothing in ((closed,), (uuid4(),), (closed, uuid4())):
        assert ask(client_of(dave), *nothing).status_code == 204
    assert ticket(ask(client_of(dave))).articles == frozenset()  # to their own affairs
    assert ask(client_of(None)).status_code == 204
    assert ask(client_of(None), "no key").status_code == 204


def test_a_removed_member_who_comes_back_asks_no_more(
    bob: User, group: Group, client_of: ClientOf
) -> None:
    closed = make_article(access="groups")
    closed.groups.add(group)
    client = client_of(bob)
    assert ticket(ask(client, closed)).articles == {closed.pk}

    Membership.objects.filter(user=bob).delete()

    assert ask(client, closed).status_code == 204


def test_where_no_streams_are_kept_nobody_listens(article: Article, client: Client) -> None:
    assert client.get("/live/", {"article": str(article.pk)}).status_code == 204


@pytest.mark.parametrize("method", ["head", "post", "put", "delete", "options"])
def test_it_is_only_for_reading(method: str, article: Article, client: Client) -> None:
    streams: dict[str, Any] = {"postil.streams": Hub()}
    answer = getattr(client, method)(f"/live/?article={article.pk}", **streams)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_pages_of_other_sites_hear_nothing(site: str, article: Article, client: Client) -> None:
    assert ask(client, article, headers={"sec-fetch-site": site}).status_code == 403


def test_under_another_name_the_site_tells_nothing(article: Article, client: Client) -> None:
    assert ask(client, article, headers={"host": "evil.example"}).status_code == 400


def test_more_articles_than_tabs_are_refused_in_a_sentence(client: Client) -> None:
    answer = ask(client, *(uuid4() for _ in range(MOST_ARTICLES + 1)))

    assert answer.status_code == 400
    assert str(MOST_ARTICLES) in answer.json()["message"]


def test_one_account_has_room_for_so_many_streams(
    article: Article, alice: User, bob: User, client_of: ClientOf
) -> None:
    async def send(message: object) -> None:
        await asyncio.Event().wait()

    async def fill(room: Hub) -> None:
        await room.open()
        gone = asyncio.get_running_loop().create_future()
        streams = [asyncio.create_task(room.tell(ticket(one), send, gone)) for one in admitted]
        await asyncio.sleep(0)
        counts.append(room.has_room_for(alice.pk, "192.0.2.1"))
        counts.append(room.has_room_for(bob.pk, "127.0.0.1"))
        gone.set_result(None)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams)
        counts.append(room.has_room_for(alice.pk, "127.0.0.1"))

    counts: list[bool] = []
    admitted = [ask(client_of(alice), article) for _ in range(MOST_OF_ACCOUNT)]
    asyncio.run(fill(_Unheard()))

    assert counts == [False, True, True]


class _Unheard(Hub):
    """Looks at nothing."""

    async def _tell_news(self) -> None:
        """Tell nobody."""


def test_a_full_room_is_told_in_a_sentence(
    article: Article, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.live.hub.MOST_OF_ADDRESS", 0)

    answer = ask(client, article)

    assert answer.status_code == 429
    assert answer.json()["message"]


def test_a_client_goes_on_from_where_it_was(article: Article, client: Client) -> None:
    old: dict[str, Any]
    newer: dict[str, Any]
    old, newer = {"query": {"from": seal("s1")}}, {"headers": {"last-event-id": seal("s2")}}

    assert ticket(ask(client, article)).position is None
    assert ticket(ask(client, article, **old)).position == "s1"
    assert ticket(ask(client, article, **old, **newer)).position == "s2"


@pytest.mark.parametrize("said", ["s1", "é", "=", "%00", "AAAA", "long", "cut off"])
def test_a_position_that_was_never_given_is_none(
    said: str, article: Article, client: Client
) -> None:
    said = {"long": "A" * 5_000, "cut off": seal("s1")[:-4]}.get(said, said)

    assert ticket(ask(client, article, query={"from": said})).position == ""
