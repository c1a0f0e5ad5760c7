"""Parting a source file into the articles it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.importing.blocks import lacks_its_end
from corpus.importing.errors import NoPlaceToSplit
from corpus.importing.labels import (
    begins_article,
    ends_article,
    labels_of,
    with_source_lines_joined,
)
from corpus.importing.mastheads import Masthead, heads_of_articles
from corpus.importing.passages import Line, lines_of
from corpus.importing.signs import DOCUMENT_COUNT, ROW
from corpus.text.spans import is_blank

# Less running text than this is no article of its own: a leftover line, a menu, a notice.
_FEWEST_LETTERS = 200
# As many signs beside each other are rather a row between articles than one between sections.
_LONG_ROW = 20
_LINE_ENDS = "\n\f"


@dataclass(frozen=True)
class Part:
    """source[start:end] holds one article."""

    start: int
    end: int


def parts_of(source: str) -> list[Part]:
    """Return the articles of the source, which together cover it; at least one.

    A line that says where the text appeared ends an article; a form feed, a row of signs, a count
    of documents, the head of a mail or a title above a by-line begins one. What is too short to be
    an article joins its neighbour. Where a database counts its documents, only that parts them.
    """
    lines = lines_of(source, 0, len(source))
    counted = [line.start for line in lines if DOCUMENT_COUNT.fullmatch(line.text.strip())]
    if counted:
        # What a database says of its own export is sure, however short its articles are.
        begins = [0, *counted[1:]] if _is_short(source, counted[0]) else [0, *counted]
        return _cut_at(source, begins)
    raw = _cut_at(source, sorted({0, *_starts(source, lines)} - {len(source)}))
    if len(raw) == 1:
        return raw
    parts: list[Part] = []
    letters_before = 0
    for part in raw:
        letters = _letters(source, part)
        if parts and min(letters, letters_before) < _FEWEST_LETTERS:
            parts[-1] = Part(parts[-1].start, part.end)
            letters_before += letters
        else:
            parts.append(part)
            letters_before = letters
    return parts


def heads_within(source: str, part: Part) -> Iterator[Masthead]:
    """Yield where another article may begin in the part, with enough text before and behind it."""
    reached = part.start
    for head in heads_of_articles(lines_of(source, part.start, part.end)):
        if min(head.start - reached, part.end - head.start) >= _FEWEST_LETTERS:
            reached = head.start
            yield head


def _cut_at(source: str, starts: Sequence[int]) -> list[Part]:
    ends = [*starts[1:], len(source)]
    return [Part(start, end) for start, end in zip(starts, ends, strict=True)]


def _is_short(source: str, end: int) -> bool:
    return _letters(source, Part(0, end)) < _FEWEST_LETTERS


def _starts(source: str, lines: Sequence[Line]) -> Iterator[int]:
    before: Line | None = None
    below = frozenset(_below_long_rows(lines))
    for head in heads_of_articles(lines):
        if head.is_sure or head.start in below:
            yield head.start
    for line in with_source_lines_joined(lines):
        if ends_article(line):
            yield min(line.end + 1, len(source))
        elif begins_article(line) or (before and _new_page_begins(source, before, line)):
            yield line.start
        before = before if is_blank(line.text) else line


def _below_long_rows(lines: Sequence[Line]) -> Iterator[int]:
    """Yield where the first shown lines begin below rows of signs that go over the page."""
    is_below = False
    for line in lines:
        if is_blank(line.text):
            continue
        if is_below:
            yield line.start
        text = line.text.strip()
        is_below = len(text) >= _LONG_ROW and ROW.fullmatch(text) is not None


def _new_page_begins(source: str, before: Line, line: Line) -> bool:
    """Say whether a form feed parts the lines and no sentence goes on over it."""
    return (
        not is_blank(line.text)
        and "\f" in source[before.end : line.start]
        and not lacks_its_end(before.text)
        and not line.text.strip()[0].islower()
    )


def _letters(source: str, part: Part) -> int:
    """Return how much running text the part holds, without its labels."""
    lines: list[Line] = lines_of(source, part.start, part.end)
    labelled = {label.line.start for label in labels_of(lines)}
    shown = (line for line in lines if not is_blank(line.text) and line.start not in labelled)
    return sum(len(line.text) for line in shown)


def begins_line(source: str, offset: int) -> bool:
    """Say whether nothing but signs of quoted mail stands before source[offset] in its line."""
    while offset and (is_blank(source[offset - 1]) or source[offset - 1] == ">"):
        offset -= 1
        if source[offset] in _LINE_ENDS:
            return True
    return not offset


def place_to_split(source: str, part: Part, offset: int) -> int:
    """Return where the line at `offset` begins, when there are words on both sides of it.

    A form feed ends a line too.

    Raises NoPlaceToSplit otherwise.
    """
    ends = (source.rfind(sign, part.start, max(0, offset)) for sign in _LINE_ENDS)
    start = max(*(end + 1 for end in ends), part.start)
    if not part.start < start < part.end:
        raise NoPlaceToSplit("An article begins here already. Choose a later place.")
    if is_blank(source[part.start : start]) or is_blank(source[start : part.end]):
        raise NoPlaceToSplit("There would be no words on one side. Choose another place.")
    return start
