"""Dates as articles write them, and how late the newest one in the past is."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.importing.proposal import Precision

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
"""The months by their names, in lower case."""
_MONTH = "|".join((*MONTHS, *(month[:3] + r"\.?" for month in MONTHS), r"sept\.?"))
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_DAY = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"\b(?:{_DAY.format('d1')}(?: of)? (?P<m1>{_MONTH}),? {_YEAR.format('y1')}"
    rf"|(?P<m2>{_MONTH}) {_DAY.format('d2')},? {_YEAR.format('y2')}"
    rf"|{_YEAR.format('y3')}-(?P<m3>\d\d)-{_DAY.format('d3')}"
    rf"|(?P<m4>{_MONTH}),? {_YEAR.format('y4')}"
    rf"|(?:in|since|during|after|of|between|from|and|until) {_YEAR.format('y5')})(?![\w-]|/\d)",
    re.IGNORECASE,
)
_LONGEST_MONTH = 31
_IN_NUMBERS = re.compile(r"(?<![\w/.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?![\w/])")
# One digit behind a year and before no day may be the number of an issue.
_IN_ADDRESS = re.compile(
    rf"[/=_-]{_YEAR.format('y')}[/_-](?P<m>[a-z]{{3}}|\d\d|\d(?=[/_-]\d))"
    r"(?:[/_-](?P<d>\d\d?))?(?=[/_.?&-]|$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?…][\"”’)\]]*(?=\s+[A-Z“‘(\"])|$)", re.DOTALL)
_PAST = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|did|said|went|came|took|made|gave|won|lost|left|became|began|told"
    r"|met|fell|rose|saw|held|led|ran|sent|spoke|stood|wrote|got|found|kept|paid|broke|chose)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|would|won’t|going to|scheduled|planned|plans|due|expected|next|must|may)\b"
)
# The words around a date that are quoted as evidence.
_EVIDENCE_LENGTH = 200


@dataclass(frozen=True)
class WrittenDate:
    """A date that stands in a text at start..end; month and day are None when not told."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def precision(self) -> Precision:
        """How much of the date is told."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def iso(self) -> str:
        """The told part: 2017-03-23, 2017-03 or 2017."""
        return "-".join(
            [str(self.year), *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        )

    @property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that the date can mean."""
        month = self.month or len(MONTHS)
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def dates_in(text: str) -> Iterator[WrittenDate]:
    """Yield the dates in `text`; impossible ones such as 31 June are left out."""
    for match in _WRITTEN.finditer(text):
        groups = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        yield from _real(groups, match)


def impossible_days_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where days stand in `text` that no calendar has: 31 June 2017, 31/06/2017."""
    for match in _WRITTEN.finditer(text):
        groups = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        if not any(_real(groups, match)):
            yield match.span()
    for match in _IN_NUMBERS.finditer(text):
        if _is_impossible(*(int(part) for part in match.groups())):
            yield match.span()


def dates_in_address(url: str) -> Iterator[WrittenDate]:
    """Yield the dates that a URL carries in its path, such as /2017/jan/13/."""
    for match in _IN_ADDRESS.finditer(url):
        yield from _real(match.groupdict(), match)


def day_in_numbers(text: str) -> str | None:
    """Return the day that a line such as 27/5/2024 is, as 2024-05-27; None when it is none.

    "" is a day that may be another one when the month comes first; before a full stop it never
    does.
    """
    match = _IN_NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    days = {(second, first)} if "." in text else {(second, first), (first, second)}
    possible = [f"{year}-{month:02}-{day:02}" for month, day in days if _exists(year, month, day)]
    if not possible:
        return None
    return possible[0] if len(possible) == 1 else ""


def _is_impossible(first: int, second: int, year: int) -> bool:
    """Say whether the numbers could be those of a day and a month, and are of none."""
    low, high = sorted((first, second))
    is_like_a_day = 0 < low <= len(MONTHS) and high <= _LONGEST_MONTH
    return is_like_a_day and not (_exists(year, low, high) or _exists(year, high, low))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def past_dates(text: str) -> Iterator[tuple[WrittenDate, str]]:
    """Yield the dates of sentences told in the past tense, with the words that tell it."""
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        if not _PAST.search(words) or _FUTURE.search(words):
            continue
        for found in dates_in(words):
            begin = 0 if found.end <= _EVIDENCE_LENGTH else found.start
            evidence = words[begin : begin + _EVIDENCE_LENGTH]
            at = sentence.start()
            yield (
                WrittenDate(found.year, found.month, found.day, at + begin, at + found.end),
                evidence,
            )


def _real(groups: dict[str, str | None], match: re.Match[str]) -> Iterator[WrittenDate]:
    year, month, day = groups["y"], groups.get("m"), groups.get("d")
    number = _month_number(month) if month else None
    if month and number is None:
        return
    found = WrittenDate(int(year or 0), number, int(day) if day else None, *match.span())
    try:
        # A month or a day of 0 is none.
        date(found.year, *(1 if part is None else part for part in (found.month, found.day)))
    except ValueError:
        return
    yield found


def _month_number(month: str) -> int | None:
    if month.isdigit():
        return int(month)
    beginnings = [name[:3] for name in MONTHS]
    short = month[:3].lower()
    return beginnings.index(short) + 1 if short in beginnings else None
