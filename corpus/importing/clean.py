"""Passages at the end of an article that a web page or its author's desk put there."""

import re
from collections.abc import Sequence

from corpus.importing.passages import Passage
from corpus.text.names import PERSON

_LONGEST_OPENER = 80
_LONGEST_AUTHOR_NOTE = 400
# The author note stands at the end, perhaps before a correction and a source line.
_AUTHOR_NOTE_PLACES = 3
# Without a heading such as "More from …" above it, an appeal must show at least so many signs.
_SIGNS_ALONE = 2

_MORE_FROM = re.compile(r"More from (?:the )?(?P<outlet>[A-Z][\w&.’' -]{1,50}?)[:.]?")
_OPENER = re.compile(
    r"(?i:more (?:from|on|like this)\b.*|(?:\d+ )?comments?(?: \(\d+\))?"
    r"|(?:related|see also)(?: \w+)?(?::.*)?"
    r"|read (?:more|next)\b.*|you (?:may|might) also like.*|most (?:read|popular).*|tags?:.*"
    r"|topics:.*|follow us\b.*|leave a (?:comment|reply).*|join the (?:conversation|discussion).*"
    r"|share(?: this(?: \w+)?)?:?|subscribe\b.*|sign up\b.*|recommended\b.*)"
)
_APPEALS = (
    re.compile(r"(?i:donat|contribut|£\d+ a month|\bfree\b|paywall)"),
    re.compile(r"(?i:subscri|newsletter|round-?up|sign up|e-?mail|inbox)"),
    re.compile(
        r"(?i:readers like you|our (?:supporters|readers|members)|support (?:us|our)|join us)"
    ),
    re.compile(r"(?i:click|comment|follow us|share this|thank you|app\b)"),
)
_TO_THE_READER = re.compile(r"(?i:\b(?:you|your|you’re|you're|us|our)\b)")
_AUTHOR_NOTE = re.compile(
    rf"(?P<name>{PERSON}) (?:is|was|writes|edits|teaches|works|reports|covers)\b.*?"
    r"(?i:author|writer|writes|journalist|editor|columnist|professor|director|lecturer|fellow|peer"
    r"|\bMP\b|member|reporter|correspondent|critic|research|founder|novelist|historian|economist"
    r"|broadcaster|candidate|chair|student|teacher|tweets|@\w|book)"
)


def boilerplate_start(passages: Sequence[Passage]) -> int:
    """Return the index from which on the passages are no article text; len(passages) if none is."""
    tail = len(passages)
    while tail > 1 and (is_opener(passages[tail - 1].text) or _appeals(passages[tail - 1].text)):
        tail -= 1
    for index in range(tail, len(passages)):
        if is_opener(passages[index].text):
            return index
    start = len(passages)
    while start > 1 and _appeals(passages[start - 1].text) >= _SIGNS_ALONE:
        start -= 1
    return start


def outlet_in_boilerplate(text: str) -> str:
    """Return the outlet that a heading like "More from LabourList" names, or an empty string."""
    match = _MORE_FROM.fullmatch(text.strip())
    return match["outlet"].strip() if match else ""


def is_opener(text: str) -> bool:
    """Say whether the line opens what a page shows under an article: comments, related pages."""
    return len(text) <= _LONGEST_OPENER and _OPENER.fullmatch(text.strip()) is not None


def author_note(passages: Sequence[Passage]) -> tuple[int, str] | None:
    """Return the index of the note about the author and the author's name, or None.

    The note stands near the end and introduces a name that the text does not know.
    """
    first = max(1, len(passages) - _AUTHOR_NOTE_PLACES)
    for index in range(len(passages) - 1, first - 1, -1):
        text = passages[index].text
        match = _AUTHOR_NOTE.match(text) if len(text) <= _LONGEST_AUTHOR_NOTE else None
        if match and not any(match["name"] in p.text for p in passages[:index]):
            return index, match["name"]
    return None


def _appeals(text: str) -> int:
    """Return how many kinds of appeal the passage makes to its reader; 0 if it addresses none."""
    if not _TO_THE_READER.search(text):
        return 0
    return sum(1 for sign in _APPEALS if sign.search(text))
