"""The page of what a reader was told of: by day, bundled, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from annotations.models import Notification
from annotations.queries.notifications import in_inbox, seen_rows
from annotations.queries.told_bundles import Bundle, bundled, with_words
from corpus.permissions import Viewer
from corpus.queries.sealing import seal

PAGE_SIZE = 60


@dataclass(frozen=True)
class Day:
    """A day with what was told on it."""

    day: date
    bundles: Sequence[Bundle]


@dataclass(frozen=True)
class Wanted:
    """What of an inbox is asked for: of one kind, "" for all; only what is unread."""

    kind: str = ""
    is_unread: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Say whether less is asked for than everything."""
        return self != Wanted()


@dataclass(frozen=True)
class Inbox:
    """A page of it; `before` is the cursor of the next page, "" on the last one.

    `newest` is the key of the last that is shown, "" for none: all up to it was seen. Both are
    sealed: the keys of one's own tell how much others were told meanwhile.
    """

    days: Sequence[Day]
    newest: str
    before: str


def inbox(viewer: Viewer, wanted: Wanted, *, before: int | None = None) -> Inbox:
    """Return what `viewer` was told of as `wanted`, older than the cursor `before`.

    The number of queries does not grow with what is told.
    """
    rows = in_inbox(viewer)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.is_unread:
        rows = rows.filter(read_at__isnull=True)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = seen_rows(viewer, with_words(rows), PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    newest = seal(str(shown[0].pk)) if shown else ""
    cursor = seal(str(shown[-1].pk)) if len(found) > PAGE_SIZE else ""
    return Inbox(_by_day(shown), newest, cursor)


def _by_day(rows: Sequence[Notification]) -> list[Day]:
    days = groupby(rows, key=lambda one: timezone.localdate(one.created_at))
    return [Day(day, bundled(list(told))) for day, told in days]
