"""An axis of years, from days to places on it."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date

# Years between grid lines: the smallest step that gives at most so many labels.
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_LABELS = 12


@dataclass(frozen=True)
class Label:
    """A year at the foot of its grid line."""

    x: float
    text: str


class YearAxis:
    """Days to x between `start` and `end`, over whole years that hold all of `days`.

    Raises ValueError without any day.
    """

    def __init__(self, days: Iterable[date], *, start: float, end: float) -> None:
        known = list(days)
        first_year, last_year = min(known).year, max(known).year
        years = last_year - first_year + 1
        self._step = next(
            (step for step in YEAR_STEPS if years <= step * MOST_LABELS), YEAR_STEPS[-1]
        )
        self._first_year = first_year - first_year % self._step
        steps = -(-(last_year + 1 - self._first_year) // self._step)
        # A single year would make the days look further apart than they read.
        self._end_year = self._first_year + self._step * max(steps, 2)
        self._origin = date(max(self._first_year, 1), 1, 1).toordinal()
        self._days = _begin_of(self._end_year) - self._origin
        self._start, self._length = start, end - start

    def x(self, day: date) -> float:
        """Return where `day` stands, to a tenth."""
        share = (day.toordinal() - self._origin) / self._days
        return round(self._start + share * self._length, 1)

    def labels(self) -> tuple[Label, ...]:
        """Return the years to write."""
        years = range(max(self._first_year, 1), min(self._end_year, MAXYEAR + 1), self._step)
        return tuple(Label(self.x(date(year, 1, 1)), str(year)) for year in years)


def _begin_of(year: int) -> int:
    """Return the number of the first day of `year`, also of those behind the last known one."""
    if year <= MAXYEAR:
        return date(year, 1, 1).toordinal()
    return date.max.toordinal() + 1 + 365 * (year - MAXYEAR - 1)


def possible_days(
    day: date | None, precision: str, *, after: date | None, before: date | None
) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day that a date can stand for, None where unbounded.

    `precision` is a value of Article.Precision; `after` and `before` bound a `day` that is None.
    """
    if day is None:
        return after, before
    if precision == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day
