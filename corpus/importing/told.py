"""What a source says of its article beside the text, and the lines that show it above the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from corpus.importing.dates import MONTHS, dates_in, day_in_numbers
from corpus.importing.labels import Label
from corpus.importing.languages import language_code, names_none
from corpus.importing.passages import Line
from corpus.text.blocks import ParatextKind
from corpus.text.spans import normalise

Name = Literal["title", "author", "outlet", "date", "url", "language", "section", "topics"]

HEADS: dict[Name, str] = {
    "title": "Title",
    "author": "Author",
    "outlet": "Outlet",
    "date": "Date",
    "url": "URL",
    "language": "Language",
    "section": "Section",
    "topics": "Topics",
}
"""How the line begins that shows a fact, in the order of the lines."""

_KINDS: dict[str, ParatextKind] = {"title": "title", "author": "by_line"}
_SAID = "it tells a fact, from the head of the page"
_LONGEST: Mapping[Name, int] = {"title": 500, "author": 10_000, "url": 2_000, "topics": 1_000}
_LONGEST_OF_OTHERS = 300
_ISO = re.compile(r"\s*((?:19|20)\d\d)(?:[-/](\d\d?)(?:[-/](\d\d?))?)?(?![\d-])")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
# Seconds since 1970, or thousandths of them.
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}")
_MOST_SECONDS = 10**11
_BY = re.compile(
    r"^(?:(?:view )?(?:all )?posts (?:written )?by|alle beiträge von|(?:voir )?tous les articles de"
    r"|by|words by|written by|von|par|por)\b[:\s]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What a source says of the fact `name`: `words` as they stand there, read as `value`."""

    name: Name
    value: str
    words: str
    rule: str


def told(name: Name, words: str | None, rule: str) -> Iterator[Told]:
    """Yield what `words` tell of a fact by a rule, if they tell it; long words are cut.

    Of a language it is the code, or the words where they name none that there is.
    """
    whole = " ".join(normalise(words or "").split())
    value = words = whole[: _LONGEST.get(name, _LONGEST_OF_OTHERS)].strip()
    if name == "date":
        value = _day(words)
    elif name == "author":
        value = _BY.sub("", words)
    elif name == "url" and (words != whole or not words.startswith(("https://", "http://"))):
        value = ""  # a part of an address is that of something else
    elif name == "language":
        value = "" if names_none(words) else language_code(words) or words
    if value:
        yield Told(name, value, words, rule)


def first_told(found: Iterable[Told]) -> dict[Name, Told]:
    """Return the first that is told of each fact; words that name no language come last."""
    known: dict[Name, Told] = {}
    doubtful: dict[Name, Told] = {}
    for one in found:
        is_sound = one.name != "language" or language_code(one.value)
        (known if is_sound else doubtful).setdefault(one.name, one)
    return {**doubtful, **known}


def head_lines(known: Iterable[Told]) -> tuple[str, list[Label]]:
    """Return the lines that show what is known, each with its end, and their labels."""
    text, labels = "", []
    for one in sorted(known, key=lambda one: list(HEADS).index(one.name)):
        shown = f"{HEADS[one.name]}: {one.words}"
        line = Line(len(text), len(text) + len(shown), shown)
        kind = _KINDS.get(one.name, "source_line")
        labels.append(Label(line, kind, one.rule, _SAID, ((one.name, one.value),)))
        text += f"{shown}\n"
    return text, labels


def _day(words: str) -> str:
    """Return the words of a day, a month or a year that `words` begin with or name, "" for none."""
    if _EPOCH.fullmatch(words):
        return _day_of_epoch(float(words))
    match = _COMPACT.match(words) or _ISO.match(words)
    if match is None:
        if (numbers := day_in_numbers(words.split(" ", maxsplit=1)[0])) is not None:
            return numbers
        return next((words[found.start : found.end] for found in dates_in(words)), "")
    year, month, day = match.groups()
    if day:
        return f"{year}-{month:0>2}-{day:0>2}"
    if month and 0 < int(month) <= len(MONTHS):
        return f"{MONTHS[int(month) - 1].title()} {year}"
    return f"in {year}"


def _day_of_epoch(seconds: float) -> str:
    """Return the day in UTC of so many seconds, or thousandths of them, since 1970; "" for none."""
    try:
        moment = datetime.fromtimestamp(seconds / (1000 if seconds > _MOST_SECONDS else 1), UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.date().isoformat()
