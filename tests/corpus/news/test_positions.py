"""Where somebody stands in the stream of Events, and what came since: nothing missed or twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, Event
from corpus.queries.news import Snapshot, events_since, position_now
from corpus.services.events import record
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = [
    "", "s", "p", "s-1", "s1e3", "s9" * 20, "s" + "9" * 30, "s999999999999999999", "p1:2", "p::",
    "p5:3:9", "p1:999999999999999999:", "p1:2:3,", "p1:2:,", "p1:1:" + "1," * 9_000 + "1",
    "x1", " s1", "s1\n", "s１", "p1:1:'; DROP TABLE corpus_event; --", "\0", "\ud800",
]  # fmt: skip


def _write(article: Article, *verbs: str) -> None:
    with transaction.atomic():
        for verb in verbs:
            record(None, verb, article, article=article)


def _read(position: str, limit: int) -> tuple[list[int], str]:
    """Return the ids of all that came since, read in pieces, and the position after them."""
    ids: list[int] = []
    while True:
        news = events_since(position, limit=limit)
        assert not news.is_lost
        ids += [event.pk for event in news.events]
        position = news.position
        if news.is_whole:
            return ids, position


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_what_came_since_comes_once_in_its_order(limit: int) -> None:
    article = make_article()
    _write(article, "before")
    start = position_now()
    for number in range(5):
        _write(article, f"first.{number}", f"second.{number}")

    ids, position = _read(start, limit)

    assert ids == list(Event.objects.order_by("id").values_list("id", flat=True))[1:]
    assert _read(position, limit) == ([], position_now())


def test_each_event_has_a_position_to_go_on_from() -> None:
    article, start = make_article(), position_now()
    for verb in ("one", "two", "three"):
        _write(article, verb)

    news = events_since(start)

    assert len(news.positions) == 3
    for number, position in enumerate(news.positions):
        later = events_since(position).events
        assert [event.pk for event in later] == [e.pk for e in news.events[number + 1 :]]


def test_a_transaction_is_never_read_in_part_on_postgresql() -> None:
    article, start = make_article(), position_now()
    _write(article, "one")
    _write(article, "two", "three", "four")

    pieces = [len(events_since(start, limit=2).events)]
    pieces.append(len(events_since(events_since(start, limit=2).position, limit=2).events))

    assert pieces == ([1, 3] if connection.vendor == "postgresql" else [2, 2])


@pytest.mark.parametrize("position", HOSTILE)
def test_a_position_that_nobody_gave_out_is_lost(position: str) -> None:
    _write(make_article(), "something")

    news = events_since(position)

    assert (news.is_lost, list(news.events), news.position) == (True, [], position_now())


def test_a_position_of_days_ago_is_lost_but_not_for_who_looks_further_back() -> None:
    article, start = make_article(), position_now()
    _write(article, "old")
    Event.objects.update(at=timezone.now() - timedelta(days=2))
    _write(article, "new")

    assert events_since(start).is_lost
    assert [event.verb for event in events_since(start, within=None).events] == ["old", "new"]


def test_looking_costs_two_queries(
    django_assert_max_num_queries: Callable[..., Iterator[None]],
) -> None:
    article, start = make_article(), position_now()
    _write(article, *"abcdefgh")

    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        events_since(start)


@contextmanager
def _held_open(article: Article, verb: str) -> Iterator[Callable[[], None]]:
    """Leave an event in a transaction that stays open until the given function is called."""
    is_written, may_end = Signal(), Signal()

    def hold() -> None:
        try:
            with transaction.atomic():
                record(None, verb, article, article=article)
                is_written.set()
                assert may_end.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(hold)
        assert is_written.wait(30)

        def end() -> None:
            may_end.set()
            done.result(30)

        try:
            yield end
        finally:
            may_end.set()


@pytest.mark.parametrize("limit", [1, 500])
def test_ids_committed_out_of_their_order_are_all_heard_once(limit: int) -> None:
    if connection.vendor != "postgresql":
        return  # one writer at a time: a second could not even begin
    article, position = make_article(), position_now()

    with _held_open(article, "slow") as end_slow, _held_open(article, "slower") as end_slower:
        heard = []
        for verb, end in (("quick", None), ("quicker", end_slower), ("last", end_slow)):
            if end:
                end()
            _write(article, verb)
            ids, position = _read(position, limit)
            heard.append(ids)

    verbs = dict(Event.objects.values_list("id", "verb"))
    assert [sorted(verbs[pk] for pk in ids) for ids in heard] == [
        ["quick"],
        ["quicker", "slower"],
        ["last", "slow"],
    ]
    assert _read(position, limit)[0] == []


@pytest.mark.parametrize("limit", [2, 500])
def test_many_writers_at_once_lose_nothing(limit: int) -> None:
    article, position = make_article(), position_now()
    writers, each = 4, 8

    def write(writer: int) -> None:
        try:
            for number in range(each):
                _write(article, *[f"{writer}.{number}"] * (1 + number % 3))
        finally:
            connections.close_all()

    heard: list[int] = []
    with ThreadPoolExecutor(writers) as pool:
        running = [pool.submit(write, writer) for writer in range(writers)]
        while not all(one.done() for one in running):
            ids, position = _read(position, limit)
            heard += ids
        for one in running:
            one.result()
    heard += _read(position, limit)[0]

    assert sorted(heard) == list(Event.objects.order_by("id").values_list("id", flat=True))


@given(data=st.data())
def test_a_stream_read_in_pieces_shows_each_transaction_once(data: st.DataObject) -> None:
    numbers = st.frozensets(st.integers(0, 11), max_size=6)
    seen = Snapshot(data.draw(st.integers(0, 8)), data.draw(numbers))
    still_running = frozenset(one for one in data.draw(numbers) if not seen.shows(one))
    later = Snapshot(data.draw(st.integers(seen.end, 12)), still_running)
    new = [one for one in range(12) if later.shows(one) and not seen.shows(one)]

    for number, transaction_id in enumerate(new):
        reached = seen.with_all_to(transaction_id, later)
        left = [one for one in range(12) if later.shows(one) and not reached.shows(one)]
        assert left == new[number + 1 :]
