"""Telling readers of what happened: the background worker reads the Events and stores who is told.

What it stores is drawn from Events and leaves none itself. Reading the same Events twice, after
a crash too, tells nobody twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from annotations.mail_times import due_at
from annotations.models import Bookmark, DigestZone, Notification
from annotations.queries.notification_choices import Choice, choices_of_all
from annotations.queries.notifications import still_seen
from annotations.services.addressees import addressees
from annotations.services.unread_news import tell_unread
from corpus.access import viewer_of
from corpus.models import Event
from corpus.queries.news import events_since, position_now
from corpus.services.work import watch

BOOKMARK = "notifications"
# So many Events are read at once; what they tell is stored in one transaction.
EVENTS_AT_ONCE = 100


@watch
def tell_readers() -> None:
    """Tell whom it concerns of all that happened since the last call; no write when nothing did."""
    while tell_of_some():
        pass


def tell_of_some() -> bool:
    """Tell of the next Events, EVENTS_AT_ONCE at most; say whether there may be more."""
    bookmark = Bookmark.objects.filter(name=BOOKMARK).first()
    if bookmark is None:
        _begin()
        return False
    news = events_since(bookmark.position, limit=EVENTS_AT_ONCE, within=None)
    if news.is_lost:
        return _go_on_by_number(bookmark)
    if not news.events:
        return False
    _store(bookmark, news.events, news.position)
    return not news.is_whole


def _begin() -> None:
    """Begin with what happens from now on: of what was before, readers know."""
    position = position_now()
    Bookmark.objects.get_or_create(
        name=BOOKMARK, defaults={"position": position, "event_id": _last_event_id()}
    )


def _go_on_by_number(bookmark: Bookmark) -> bool:
    """Go on behind the greatest number that was read: the worker was away for long."""
    position = position_now()
    behind = Event.objects.filter(pk__gt=bookmark.event_id).order_by("pk")
    events = list(behind[: EVENTS_AT_ONCE + 1])
    is_whole = len(events) <= EVENTS_AT_ONCE
    _store(bookmark, events[:EVENTS_AT_ONCE], position if is_whole else bookmark.position)
    return not is_whole


def _store(bookmark: Bookmark, events: Sequence[Event], position: str) -> None:
    """Store what is told of `events` and that they were read, both or neither."""
    told = _seen_by_their_readers([one for event in events for one in addressees(event)])
    with transaction.atomic():
        stored = Bookmark.objects.select_for_update().get(pk=bookmark.pk)
        if (stored.position, stored.event_id) != (bookmark.position, bookmark.event_id):
            return
        Notification.objects.bulk_create(told, ignore_conflicts=True)
        tell_unread(one.reader_id for one in told if one.is_in_inbox)
        stored.position = position
        stored.event_id = max([stored.event_id, *(event.pk for event in events)])
        stored.save(update_fields=["position", "event_id"])


def _seen_by_their_readers(told: Sequence[Notification]) -> list[Notification]:
    """Return those of `told` that their readers see and want, with when a mail is due."""
    by_reader: dict[int, list[Notification]] = {}
    for one in told:
        by_reader.setdefault(one.reader_id, []).append(one)
    accounts = User.objects.in_bulk(by_reader)
    choices = choices_of_all(by_reader)
    zones = zones_of(by_reader)
    kept: list[Notification] = []
    for reader_id, rows in by_reader.items():
        account = accounts.get(reader_id)
        if account is not None and account.is_active:
            seen = still_seen(viewer_of(account), rows)
            kept += [one for one in seen if _is_wanted(one, choices[reader_id], zones[reader_id])]
    return sorted(kept, key=lambda one: one.event_id)


def _is_wanted(one: Notification, choices: Mapping[str, Choice], zone: tzinfo) -> bool:
    """Set how `one` is told; say whether it is to be told at all."""
    choice = choices[one.kind]
    one.is_in_inbox = choice.is_in_inbox
    one.mail_due_at = due_at(choice.rhythm, one.created_at, zone)
    return choice.is_in_inbox or one.mail_due_at is not None


def zones_of(reader_ids: Iterable[int]) -> dict[int, tzinfo]:
    """Return the time zone of each reader: the one they chose, else that of the site."""
    chosen = DigestZone.objects.filter(reader__in=list(reader_ids)).exclude(name="")
    zones = dict(chosen.values_list("reader_id", "name"))
    site = timezone.get_default_timezone()
    return {one: ZoneInfo(zones[one]) if one in zones else site for one in reader_ids}


def _last_event_id() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0
