"""What a line says, read as the kind of line that a curator says it is."""

import re

from corpus.importing.dates import dates_in
from corpus.importing.labels import label_of
from corpus.importing.passages import Line
from corpus.text.blocks import ParatextKind

_FIELDS = {
    "title": ("title",),
    "by_line": ("author", "date", "updated"),
    "source_line": ("outlet", "date", "updated", "url"),
}
_BY = re.compile(r"(?i:(?:(?:words|text|story|written|reported|posted|interview) )?by\b[:\s]*)")
_END_OF_NAMES = re.compile(
    r"(?i:\s*[|·•–—(]|\s+(?:first |last )?(?:published|posted|updated|in|for|at)\b)|,\s+(?=[a-z])"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NAME = r"(?:the )?(?P<name>[A-ZÀ-ÖØ-Þ][^,.;:|()]*)"
_WHERE = re.compile(rf"\b(?:in|on|by|at|from|of|source:) {_NAME}", re.ASCII)
_OUTLET = re.compile(
    rf"\W*(?:(?i:first|originally|published|posted|printed|updated|source)\b\W*)*{_NAME}"
)
_NO_NAME = " \t\u00a0,.;:|·•–—-()"


def read_as(kind: ParatextKind | str, words: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of field and value that `words` tell, once they are a line of this kind.

    A rule that knows the line speaks first; else the line is taken at its word.
    """
    wanted = _FIELDS.get(kind, ())
    line = " ".join(words.split())
    label = label_of(Line(0, len(line), line), in_head=True) if wanted else None
    if label is not None:
        says = tuple((field, value) for field, value in label.says if field in wanted)
        if says:
            return says
    if kind == "title":
        return (("title", line),)
    if kind == "by_line":
        return tuple(_names(line)) + tuple(_dates(line))
    if kind == "source_line":
        return tuple(_outlet(line)) + tuple(_dates(line))
    return ()


def _names(line: str) -> list[tuple[str, str]]:
    line = _BY.sub("", line, count=1) if _BY.match(line) else line
    found = next(dates_in(line), None)
    line = line[: found.start] if found else line
    names = _END_OF_NAMES.split(line, maxsplit=1)[0].strip(_NO_NAME)
    return [("author", names)] if names else []


def _dates(line: str) -> list[tuple[str, str]]:
    return [("date", line[found.start : found.end]) for found in dates_in(line)][:1]


def _outlet(line: str) -> list[tuple[str, str]]:
    address = _ADDRESS.search(line)
    said = [("url", address.group())] if address else []
    rest = _ADDRESS.sub("", line)
    for found in reversed(list(dates_in(rest))):
        rest = f"{rest[: found.start]}, {rest[found.end :]}"
    match = _WHERE.search(rest) or _OUTLET.match(rest)
    name = match["name"].strip(_NO_NAME) if match else ""
    return [("outlet", name), *said] if name else said
