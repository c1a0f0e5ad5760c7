"""Dates as a curator types them, the day before the month as in Britain."""

import re
from datetime import date

from corpus.importing.dates import MONTHS
from corpus.importing.errors import NotDecidable
from corpus.importing.proposal import Precision

_NOT_READ = (
    "This could not be read as a date. Write it as 14 March 2016, 14/3/2016, March 2016, 2016"
    " or 2016-03-14."
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)
_YEAR = r"(?P<y>\d{4})"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<m>[a-z]{3,9})\.?"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?:(?P<sign>[-/.])(?P<m>\d{{1,2}})(?:(?P=sign)(?P<d>\d{{1,2}}))?)?",
        rf"(?P<d>\d{{1,2}})\s?(?P<sign>[-/.])\s?(?P<m>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}",
        rf"(?P<m>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_DAY}(?: of)?[\s-]{_MONTH},?[\s-]{_YEAR}",
        rf"{_MONTH}\s{_DAY},?\s{_YEAR}",
        rf"{_MONTH},?[\s-]{_YEAR}",
    )
]
_FEWEST_PARTS: tuple[tuple[str, Precision], ...] = (("d", "day"), ("m", "month"), ("y", "year"))


def typed_date(words: str) -> tuple[str, Precision]:
    """Return the date that `words` say, as 2016-03-14, 2016-03 or 2016, and how exact it is.

    What is blank is ("", "unknown"). Raises NotDecidable, whose words say what is wrong.
    """
    given = _WEEKDAY.sub("", " ".join(words.split()), count=1)
    if not given:
        return "", "unknown"
    found = next((match for form in _FORMS if (match := form.fullmatch(given))), None)
    if found is None:
        raise NotDecidable(_NOT_READ)
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    year, month, day = int(parts["y"]), _month(parts.get("m")), int(parts.get("d", 1))
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        raise NotDecidable("There is no such day. The day comes before the month.") from None
    precision = next(precision for part, precision in _FEWEST_PARTS if part in parts)
    return iso[: {"day": 10, "month": 7, "year": 4}[precision]], precision


def _month(written: str | None) -> int:
    """Return the number of the month, 1 for none; raises NotDecidable for what is none."""
    if written is None:
        return 1
    if written.isdigit():
        return int(written)
    for number, name in enumerate(MONTHS, start=1):
        if name.startswith(written.lower()):
            return number
    raise NotDecidable(_NOT_READ)
