"""The facts about an article as a curator sets them: checked values, and facts made of them."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from corpus.importing.errors import NotDecidable
from corpus.importing.proposal import Fact, PublishedDate, unknown
from corpus.importing.topics import LONGEST_TOPIC
from corpus.text.spans import normalise

FACT_NAMES = (
    "title",
    "standfirst",
    "byline",
    "authors",
    "outlet",
    "published",
    "language",
    "url",
    "topics",
)
"""The facts of a proposal, in the order of the page."""

_DATE_PARTS = ("date", "precision", "not_before", "not_after")
_LONGEST = {"title": 500, "standfirst": 10_000, "byline": 300, "outlet": 200, "language": 20}
_LONGEST_ADDRESS = 2_000
_LONGEST_NAME = 200
MOST_AUTHORS = 100
_MOST_TOPICS = 100
_LONGEST_EVIDENCE = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+\.[^\s<>\"]+|https?://localhost[^\s<>\"]*")
_WRITTEN = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}", "unknown": ""}
_FIRST_DAY = {"day": "", "month": "-01", "year": "-01-01"}


def checked_fact(name: str, value: Any) -> Any:
    """Return `value` as it is kept for the fact `name`: JSON, with single spaces.

    Nothing known is "", [] or a date of unknown precision. Raises NotDecidable, whose words
    say what is wrong.
    """
    if name not in FACT_NAMES:
        raise NotDecidable("An article has no such fact.")
    if name == "authors":
        return _names(value)
    if name == "topics":
        return _topics(value)
    if name == "published":
        return _published(value)
    words = _words(value, _LONGEST.get(name, _LONGEST_ADDRESS))
    if name == "title" and not words:
        raise NotDecidable("An article needs a title.")
    if name == "url" and words and not _WEB_ADDRESS.fullmatch(words):
        raise NotDecidable("Give a whole address that begins with http:// or https://.")
    return words


def curated_fact(name: str, value: Any, found: Fact[Any]) -> Fact[Any]:
    """Return the fact `name` with the checked `value`, where the rules had `found`.

    The evidence stays when the curator says the same; else there is none.
    """
    decoded = _decoded(name, value, found)
    if decoded == (PublishedDate() if name == "published" else None):
        return Fact(decoded, "unknown", 0.0, "", None, "curator")
    if decoded == found.value:
        return Fact(decoded, "curated", 1.0, found.evidence, found.evidence_start, "curator")
    return Fact(decoded, "curated", 1.0, "", None, "curator")


def origin_fact(address: str) -> Fact[Any]:
    """Return the fact `url` of the one text that was given with, or fetched from, `address`.

    Nothing is known when that is "" or no address of the web.
    """
    try:
        words = checked_fact("url", address)
    except NotDecidable:
        words = ""
    return Fact(words, "given", 1.0, words, None, "origin") if words else unknown()


def fact_value(name: str, fact: Fact[Any]) -> Any:
    """Return what `fact` says in the form of `checked_fact`."""
    if name == "published":
        data = asdict(fact.value or PublishedDate())
        return {part: data[part] for part in _DATE_PARTS}
    if name in ("authors", "topics"):
        return list(fact.value or ())
    return fact.value or ""


def _decoded(name: str, value: Any, found: Fact[Any]) -> Any:
    if name == "published":
        return _with_evidence(PublishedDate(**value), found.value or PublishedDate())
    if name in ("authors", "topics"):
        return tuple(value) or None
    return value or None


def _with_evidence(said: PublishedDate, found: PublishedDate) -> PublishedDate:
    """Return the date with the words that its bounds were read from, where they are the same."""
    before = found.not_before_evidence if said.not_before == found.not_before else ""
    after = found.not_after_evidence if said.not_after == found.not_after else ""
    return replace(said, not_before_evidence=before, not_after_evidence=after)


def _words(value: Any, longest: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotDecidable("This is no text.")
    words = " ".join(normalise(value).split())
    if len(words) > longest:
        raise NotDecidable("At most %(limit)d characters can be kept.", limit=longest)
    if _CONTROL.search(words):
        raise NotDecidable("This holds a character that cannot be stored.")
    return words


def _names(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > MOST_AUTHORS:
        raise NotDecidable("Give the names of at most %(limit)d authors.", limit=MOST_AUTHORS)
    names = (_words(name, _LONGEST_NAME) for name in value)
    return list(dict.fromkeys(name for name in names if name))


def _topics(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > _MOST_TOPICS:
        raise NotDecidable("Give at most %(limit)d topics.", limit=_MOST_TOPICS)
    names = (_words(name, LONGEST_TOPIC) for name in value)
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(name.casefold(), name)
    return list(first.values())


def _published(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise NotDecidable("Give a date.")
    given, precision = value.get("date") or "", value.get("precision") or "unknown"
    first, last = _day(value.get("not_before")), _day(value.get("not_after"))
    if precision not in _WRITTEN or not re.fullmatch(_WRITTEN[precision], str(given)):
        raise NotDecidable("Give the date as exactly as you say that it is known.")
    if precision != "unknown":
        _day(f"{given}{_FIRST_DAY[precision]}")
    if first and last and first > last:
        raise NotDecidable("The last possible day is before the first possible one.")
    return {
        "date": given or None,
        "precision": precision,
        "not_before": first,
        "not_after": last,
    }


def _day(iso: Any) -> str | None:
    """Return the day as it is written, or None for none."""
    if not iso:
        return None
    try:
        return date.fromisoformat(iso).isoformat()
    except (TypeError, ValueError):
        raise NotDecidable("There is no such day.") from None
