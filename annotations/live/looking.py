"""Looking at the database for all who listen: what happened, and who may hear of it.

It runs in one thread of the process, one look after the other. However many listen, a look
takes the same number of queries.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from annotations.live.messages import message
from annotations.live.tickets import Ticket
from annotations.queries.heard import Heard, heard_of
from annotations.queries.listening import accounts_in_use, readers_named, sessions_in_use
from annotations.queries.notifications import unread_counts
from annotations.queries.sight import Place, places_of
from corpus.permissions import Viewer
from corpus.queries.news import News, events_since, position_now


@dataclass
class Told:
    """What came of a look: what to send whom, whose streams end, and where the stream is."""

    position: str = ""
    chunks: dict[Ticket, list[bytes]] = field(default_factory=dict)
    ended: dict[Ticket, str] = field(default_factory=dict)
    out_of_reach: dict[Ticket, set[UUID]] = field(default_factory=dict)

    def add(self, ticket: Ticket, chunk: bytes) -> None:
        """Let `chunk` be sent to whom `ticket` is for."""
        self.chunks.setdefault(ticket, []).append(chunk)


Listening = Mapping[Ticket, Collection[UUID]]
"""Who listens to which articles."""


def look(position: str | None, listening: Listening, newcomers: Listening) -> Told:
    """Return what to tell those who are `listening`, and the `newcomers` since they left."""
    told = Told(position_now() if position is None else position)
    is_whole = position is None
    while not is_whole:
        news = events_since(told.position)
        told.position, is_whole = news.position, news.is_whole
        if news.is_lost:
            for ticket in listening:
                told.add(ticket, message("lost", {}, position=news.position))
        _tell_of(news, listening, told)
    for ticket, articles in newcomers.items():
        _catch_up(ticket, articles, told)
    return told


def begin_anew(tickets: Iterable[Ticket]) -> Told:
    """Return what lets all of them draw their pages anew and go on from now."""
    told = Told(position_now())
    for ticket in tickets:
        told.add(ticket, message("lost", {}, position=told.position))
    return told


def _tell_of(news: News, listening: Listening, told: Told) -> None:
    open_articles = {article_id for articles in listening.values() for article_id in articles}
    heard = heard_of(news.events, open_articles)
    places = {one.article_id: one.place for several in heard for one in several}
    affected = {
        ticket: near
        for ticket, articles in listening.items()
        if (near := places.keys() & set(articles)) and ticket not in told.ended
    }
    sent: dict[str, bytes] = {}
    for ticket, viewer, articles in _let_hear(affected, places, told):
        for chunk in _chunks(viewer, articles, heard, news.positions, sent):
            told.add(ticket, chunk)


def _let_hear(
    affected: Mapping[Ticket, AbstractSet[UUID]], places: Mapping[UUID, Place], told: Told
) -> Iterator[tuple[Ticket, Viewer, AbstractSet[UUID]]]:
    """Yield who may hear still, with the articles they may hear of; what others lose is `told`."""
    viewers = _standing(affected)
    for ticket, near in affected.items():
        viewer = viewers.get(ticket)
        if viewer is None:
            told.ended[ticket] = "signed-out"
            continue
        lost = {pk for pk in near if pk not in places or not places[pk].is_readable(viewer)}
        if lost:
            told.out_of_reach.setdefault(ticket, set()).update(lost)
        yield ticket, viewer, near - lost


def _chunks(
    viewer: Viewer,
    articles: Collection[UUID],
    heard: Sequence[Sequence[Heard]],
    positions: Sequence[str],
    sent: dict[str, bytes],
) -> Iterator[bytes]:
    """Yield the messages for `viewer`; `sent` keeps those that others got alike."""
    for several, position in zip(heard, positions, strict=True):
        told = (one.told_to(viewer) for one in several if one.article_id in articles)
        for data in _joined(data for data in told if data is not None):
            key = f"{position} {json.dumps(data)}"
            if key not in sent:
                sent[key] = message("changed", data, position=position)
            yield sent[key]


def _joined(told: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Return what one Event did to an article once, with all the paragraphs that it touched."""
    joined: dict[str, dict[str, Any]] = {}
    for data in told:
        first = joined.setdefault(data["article"], data)
        first["blocks"] = sorted({*first["blocks"], *data["blocks"]})
    return joined.values()


def _standing(tickets: Iterable[Ticket]) -> dict[Ticket, Viewer]:
    """Return those who may listen still, with the rights that they have now."""
    held = list(tickets)
    accounts = accounts_in_use({pk for one in held if (pk := one.viewer.user_id) is not None})
    sessions = sessions_in_use({one.session for one in held if one.session})
    standing = {}
    for ticket in held:
        account = accounts.get(ticket.viewer.user_id or 0)
        if ticket.viewer.user_id is None:
            standing[ticket] = ticket.viewer
        elif account and account.password == ticket.password and ticket.session in sessions:
            standing[ticket] = account.viewer
    return standing


def _catch_up(ticket: Ticket, articles: Collection[UUID], told: Told) -> None:
    """Tell a newcomer what happened between where they were and where the stream is."""
    position, is_whole = ticket.position, ticket.position in (None, told.position)
    while not is_whole and position is not None:
        news = events_since(position, until=told.position)
        if news.is_lost:
            told.add(ticket, message("lost", {}, position=told.position))
            return
        position, is_whole = news.position, news.is_whole
        heard = heard_of(news.events, articles)
        for chunk in _chunks(ticket.viewer, articles, heard, news.positions, {}):
            told.add(ticket, chunk)


def look_at_unread(tickets: Iterable[Ticket]) -> Told:
    """Return what tells each of those signed in how much they were told that is unread."""
    told = Told()
    viewers = _standing(tickets)
    counts = unread_counts({one.user_id for one in viewers.values() if one.user_id is not None})
    for ticket, viewer in viewers.items():
        if viewer.user_id in counts:
            told.add(ticket, message("unread", {"count": counts[viewer.user_id]}))
    return told


def look_who_is_here(readers: Mapping[UUID, frozenset[int]], listening: Listening) -> Told:
    """Return what those signed in are told of who is here, by article the keys of `readers`."""
    told = Told()
    affected = {
        ticket: near
        for ticket, articles in listening.items()
        if ticket.viewer.is_signed_in and (near := readers.keys() & set(articles))
    }
    everybody = readers_named(frozenset().union(*readers.values()))
    messages = {}
    for article_id, ids in readers.items():
        named = sorted((everybody[pk] for pk in ids if pk in everybody), key=lambda one: one.name)
        data = {"article": str(article_id), "readers": [asdict(one) for one in named]}
        messages[article_id] = message("here", data)
    for ticket, _, articles in _let_hear(affected, places_of(set(readers)), told):
        for article_id in articles:
            told.add(ticket, messages[article_id])
    return told
