"""When mails about what happened go out: at once, by day, by week, and after a failure."""

from datetime import UTC, datetime, time, timedelta, tzinfo

BUNDLING = timedelta(minutes=1)
"""So long what is mailed at once waits for more, and for being taken back."""

BETWEEN_MAILS = timedelta(minutes=15)
"""A reader gets at most one mail of what is mailed at once in so long a time."""

DIGEST_AT = time(7)
MONDAY = 0
GIVEN_UP_AFTER = timedelta(days=3)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=4)


def due_at(rhythm: str, made_at: datetime, zone: tzinfo) -> datetime | None:
    """Return when a mail of what was `made_at` is due, None for never.

    `rhythm` is "none", "instant", "daily" or "weekly"; digests come at seven in the morning
    in `zone`, the weekly one on Mondays. Raises ValueError for another rhythm.
    """
    if rhythm == "none":
        return None
    if rhythm == "instant":
        return made_at + BUNDLING
    if rhythm not in ("daily", "weekly"):
        raise ValueError(rhythm)
    day = made_at.astimezone(zone).date()
    while True:
        digest = datetime.combine(day, DIGEST_AT, zone).astimezone(UTC)
        if digest > made_at and (rhythm == "daily" or day.weekday() == MONDAY):
            return digest
        day += timedelta(days=1)


def pause_after(attempts: int) -> timedelta:
    """Return how long a mail waits that could not be handed over `attempts` times, 1 or more."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)
