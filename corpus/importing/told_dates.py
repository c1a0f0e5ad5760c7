"""Lines that hold nothing but dates, and what they say happened on each."""

import re

from corpus.importing.dates import dates_in, impossible_days_in

_WORDS = re.compile(
    r"(?i:published|posted|updated|amended|modified|revised|first|last|on|at|mon|tues?|wed(?:nes)?"
    r"|thurs?|fri|satur|sun|day|am|pm|gmt|bst|utc|st|nd|rd|th|of)"
)
_DIGIT = re.compile(r"\d")
_CHANGED = re.compile(r"(?i:\b(?:updated|amended|modified|revised)\b)")


def is_of_dates(text: str) -> bool:
    """Say whether there are no words but of a date, and of what happened on it."""
    for start, end in reversed(_places(text)):
        text = text[:start] + text[end:]
    return re.search(r"[^\W\d_]", _WORDS.sub("", text)) is None


def told_dates(text: str) -> tuple[tuple[str, str], ...]:
    """Return the first date of each field: "date" of publication, "updated" of a change.

    A day that no calendar has counts when there is no other one.
    """
    if not _DIGIT.search(text):
        return ()
    impossible = set(impossible_days_in(text))
    found: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    reached = 0
    for start, end in _places(text):
        field = "updated" if _CHANGED.search(text, reached, start) else "date"
        told = doubtful if (start, end) in impossible else found
        told.setdefault(field, text[start:end])
        reached = end
    return tuple({**doubtful, **found}.items())


def _places(text: str) -> list[tuple[int, int]]:
    real = [(found.start, found.end) for found in dates_in(text)]
    return sorted([*real, *impossible_days_in(text)])
