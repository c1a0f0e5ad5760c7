"""What happened since somebody last looked: places in the stream of Events.

A position is a short text that a client keeps. On SQLite, which has one writer at a time, it is
the id of the last Event. On PostgreSQL a smaller id may be committed after a larger one, so a
position is the snapshot in which the reader looked, and what came since are the Events of the
transactions that were not visible in it: nothing is missed, nothing comes twice, and a long
transaction holds up nobody.
Source: PostgreSQL documentation, "Transaction ID and Snapshot Information Functions".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from corpus.models import Event

A_DAY = timedelta(days=1)
MOST_EVENTS = 500
"""Events read at once, unless one transaction left more."""

_LONGEST = 8_000
_ID = re.compile(r"s([0-9]{1,18})")
_SNAPSHOT = re.compile(r"p([0-9]{1,18}):([0-9]{1,18}):((?:[0-9]{1,18}(?:,[0-9]{1,18})*)?)")


@dataclass(frozen=True)
class News:
    """The Events since a position, in their order, and the position after them.

    `positions` holds the position after each of the events. Those of one transaction come
    together: whoever stops in the midst of one gets all of it again. Without `is_whole` there is
    more to read from `position`. With `is_lost` nobody can say what happened since, and `position`
    is where the stream is now.
    """

    events: Sequence[Event]
    positions: Sequence[str]
    position: str
    is_whole: bool = True
    is_lost: bool = False


@dataclass(frozen=True)
class Snapshot:
    """Which transactions are over: those below `end`, but for the ones still `running`."""

    end: int
    running: frozenset[int]

    def shows(self, transaction: int) -> bool:
        """Say whether `transaction` was over."""
        return transaction < self.end and transaction not in self.running

    def with_all_to(self, transaction: int, later: "Snapshot") -> "Snapshot":
        """Return this snapshot with what `later` shows of the transactions up to `transaction`."""
        end = max(self.end, transaction + 1)
        running = {one for one in later.running if one < end and not self.shows(one)}
        running |= {one for one in self.running if one > transaction}
        return Snapshot(end, frozenset(running))

    def __str__(self) -> str:
        running = sorted(self.running)
        start = running[0] if running else self.end
        return f"p{start}:{self.end}:{','.join(map(str, running))}"


def position_now() -> str:
    """Return the position after everything that is committed; one query."""
    if connection.vendor == "postgresql":
        return str(_snapshot_now())
    return f"s{_last_id()}"


def events_since(
    position: str,
    *,
    until: str | None = None,
    limit: int = MOST_EVENTS,
    within: timedelta | None = A_DAY,
) -> News:
    """Return what was committed since `position`, a text that anybody may have sent.

    With `until`, a position that `position_now` gave, nothing that was committed after it.
    It is lost when it is malformed, comes from another database, or when something older than
    `within` came since. At most two queries. The events come as stored: who may know of them is
    for the caller to say.
    """
    if connection.vendor == "postgresql":
        return _since_snapshot(position, until, limit, within)
    return _since_id(position, until, limit, within)


def _since_id(position: str, until: str | None, limit: int, within: timedelta | None) -> News:
    found = _ID.fullmatch(position)
    after = int(found[1]) if found else 0
    later = Event.objects.filter(id__gt=after).order_by("id")
    if until is not None:
        later = later.filter(id__lte=int(until[1:]))
    events = list(later[: limit + 1]) if found else []
    last = events[-1].pk if events else _last_id()
    if not found or after > last or _is_too_old(events, within):
        return _lost()
    is_whole = len(events) <= limit
    events = events[:limit]
    positions = [f"s{event.pk}" for event in events]
    return News(events, positions, [position, *positions][-1], is_whole)


def _since_snapshot(position: str, until: str | None, limit: int, within: timedelta | None) -> News:
    seen = _read_snapshot(position)
    now = (_read_snapshot(until) if until else None) or _snapshot_now()
    if seen is None or seen.end > now.end:
        return _lost()
    since = _between(seen, now).order_by("transaction_id", "id")
    events = list(since[: limit + 1])
    is_whole = len(events) <= limit
    if not is_whole:
        events = _whole_transactions(events, since)
    if _is_too_old(events, within):
        return _lost()
    positions = list(_positions(events, seen, now))
    after = str(now) if is_whole else positions[-1]
    return News(events, positions, after, is_whole)


def _between(seen: Snapshot, now: Snapshot) -> QuerySet[Event]:
    """Return the events of transactions that `now` shows and `seen` does not."""
    is_new = Q(transaction_id__gte=seen.end) | Q(transaction_id__in=seen.running)
    over = Event.objects.filter(is_new, transaction_id__lt=now.end)
    return over.exclude(transaction_id__in=now.running)


def _whole_transactions(events: list[Event], since: QuerySet[Event]) -> list[Event]:
    """Drop the transaction that the last of `events` is of, or read all of it if it is alone."""
    last = events[-1].transaction_id
    before = [event for event in events if event.transaction_id != last]
    return before or list(since.filter(transaction_id=last))


def _positions(events: list[Event], seen: Snapshot, now: Snapshot) -> Iterator[str]:
    """Yield the position after each of `events`: a new one where their transaction ends."""
    reached = seen
    for number, event in enumerate(events):
        transaction = event.transaction_id
        is_last = number + 1 == len(events) or events[number + 1].transaction_id != transaction
        if is_last and transaction is not None:
            reached = seen.with_all_to(transaction, now)
        yield str(reached)


def _is_too_old(events: list[Event], within: timedelta | None) -> bool:
    if within is None or not events:
        return False
    return min(event.at for event in events) < timezone.now() - within


def _lost() -> News:
    return News((), (), position_now(), is_lost=True)


def _last_id() -> int:
    return Event.objects.aggregate(last=Max("id"))["last"] or 0


def _snapshot_now() -> Snapshot:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        told = str(cursor.fetchone()[0])
    snapshot = _read_snapshot(f"p{told}")
    if snapshot is None:
        raise ValueError(told)
    return snapshot


def _read_snapshot(position: str) -> Snapshot | None:
    """Return the snapshot that `position` writes out, or None when it writes out none."""
    found = _SNAPSHOT.fullmatch(position) if len(position) <= _LONGEST else None
    if found is None:
        return None
    end = int(found[2])
    running = frozenset(int(one) for one in found[3].split(",") if one)
    return Snapshot(end, running) if all(one < end for one in running) else None
