"""Prose that was wrapped at no fixed column, as mail and PDF pages leave it.

Its lines are of uneven length. What tells it from verse, lists and headings is where the lines
end: in the middle of sentences, which go on in small letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.importing.hyphens import cuts_a_word
from corpus.importing.passages import Chunk, Line
from corpus.importing.signs import BULLET, HASHES, NUMBER, SPEAKER

# Lines of prose are wider in the middle than those of verse; narrow columns show by their hyphens.
_NARROWEST, _NARROWEST_PAIR, _NARROWEST_CUT, _WIDEST = 45, 50, 24, 132
# Of the line ends within a sentence so many go on in small letters; others go on with a name.
_WITHIN_SENTENCES = 0.5
# Of all line ends so many are within a sentence and go on so: short paragraphs have fewer.
_ALTOGETHER = 0.3
_PAIR = 2
# Shorter than this share of the typical line, a line that ends a sentence ends its paragraph …
_SHORT = 0.8
# … and one that ends none, before a capital, is a heading; the first line, a title, may be longer.
_HEADING, _TITLE = 0.6, 0.8
# Where blank lines end paragraphs, a heading that no blank line follows is very short.
_BARE_HEADING = 0.4
# Where blank lines end paragraphs, these have no more lines than that in the mean.
_LINES_A_PARAGRAPH = 15
# In a document that is known to be wrapped so, lines this long need not go on in small letters.
_FULL = 0.75
_FEWEST_SPEAKERS = 2
_URL_SIGN = "://"

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_NO_HEADING_END = (",", ";", "-", "–", "—")
_OPENING = "\"“‘'([«„"
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S|[|{}]$|\|.*\|")
_INDENT = re.compile(r"[ \t]{2,}")


@dataclass(frozen=True)
class Run:
    """Lines of a chunk that belong together; with `is_wrapped` they are one paragraph."""

    lines: Chunk
    is_wrapped: bool


@dataclass(frozen=True)
class Raggedness:
    """How ragged prose stands in a document: its typical width, and what ends its paragraphs.

    That is blank lines with `has_blanks`, else short lines that end a sentence.
    """

    width: int
    has_blanks: bool


def raggedness_of(chunks: Iterable[Chunk]) -> Raggedness | None:
    """Return how the ragged prose among the chunks stands, None when there is none."""
    ragged = [chunk for chunk in chunks if len(chunk) > _PAIR and _is_ragged(chunk)]
    if not ragged:
        return None
    lines = sum(len(chunk) for chunk in ragged)
    has_blanks = len(ragged) > 1 and lines <= _LINES_A_PARAGRAPH * len(ragged)
    return Raggedness(_typical(ragged), has_blanks)


def ragged_runs(chunk: Chunk, document: Raggedness | None) -> list[Run]:
    """Return the paragraphs and other pieces of a chunk of ragged prose, nothing when it is none.

    `document` says how such prose stands in the document that holds the chunk.
    """
    if document is not None and (_is_full(chunk, document) or _fits_in(chunk, document)):
        return list(_runs(chunk, document))
    if _is_ragged(chunk):
        return list(_runs(chunk, Raggedness(_typical([chunk]), has_blanks=False)))
    return []


def speaks_in_turns(chunk: Chunk) -> bool:
    """Say whether lines of the chunk begin with who speaks, as those of an interview do."""
    spoken = sum(1 for line in chunk if SPEAKER.match(line.text.strip()))
    return spoken >= _FEWEST_SPEAKERS


def _is_ragged(chunk: Chunk) -> bool:
    """Say whether the chunk is ragged prose by what its own line ends show."""
    ends = _line_ends(chunk)
    if not _mostly_goes_on(ends):
        return False
    are_cut = any(_is_cut(line, following) for line, following in ends)
    narrowest = _NARROWEST_PAIR if len(chunk) == _PAIR else _NARROWEST
    return _typical([chunk]) >= (_NARROWEST_CUT if are_cut else narrowest)


def _fits_in(chunk: Chunk, document: Raggedness) -> bool:
    """Say whether the chunk is ragged prose, where the document is known to have such."""
    return _mostly_goes_on(_line_ends(chunk)) and _typical([chunk]) >= _HEADING * document.width


def _line_ends(chunk: Chunk) -> list[tuple[Line, Line]]:
    """Return the lines with those that follow, without those that hold an address."""
    return [pair for pair in pairwise(chunk) if not any(_URL_SIGN in line.text for line in pair)]


def _mostly_goes_on(ends: Sequence[tuple[Line, Line]]) -> bool:
    going = sum(1 for line, following in ends if _goes_on(line, following))
    if not going or any(_length(line) > _WIDEST for pair in ends for line in pair):
        return False
    within = sum(1 for line, _following in ends if not _ends_sentence(line))
    return going >= max(_WITHIN_SENTENCES * within, _ALTOGETHER * len(ends))


def _typical(chunks: Iterable[Chunk]) -> int:
    """Return how long lines are that go on, in the median."""
    return round(
        median(
            _length(line)
            for chunk in chunks
            for line, following in pairwise(chunk)
            if _goes_on(line, following)
        )
    )


def _is_full(chunk: Chunk, document: Raggedness) -> bool:
    """Say whether every line but the last is long, and none of them may end a paragraph or verse.

    Where blank lines end paragraphs, a long line that ends a sentence does not. One line may
    happen to go on with a name; where several lines all begin with capitals they are verse.
    """
    ends = list(pairwise(chunk))
    for line, following in ends:
        is_long = _FULL * document.width <= _length(line) <= _WIDEST
        if not is_long or _stands_apart(line, following):
            return False
    within = sum(1 for line, _following in ends if not _ends_sentence(line))
    if within < len(ends) and not document.has_blanks:
        return False
    return within == 0 or len(ends) == 1 or any(_goes_on(*pair) for pair in ends)


def _runs(chunk: Chunk, document: Raggedness) -> Iterator[Run]:
    """Yield the paragraphs of the chunk; items of a list that follow each other are one run."""
    turns = speaks_in_turns(chunk)
    items: list[Line] = []
    several = False
    for lines in _paragraphs(chunk, document, turns=turns):
        if items and _is_item(lines[0]):
            items += lines
            several = True
            continue
        if items:
            yield Run(items, is_wrapped=len(items) > 1 and not several)
        items, several = (lines, False) if _is_item(lines[0]) else ([], False)
        if not items:
            yield Run(lines, is_wrapped=len(lines) > 1)
    if items:
        yield Run(items, is_wrapped=len(items) > 1 and not several)


def _paragraphs(chunk: Chunk, document: Raggedness, *, turns: bool) -> Iterator[list[Line]]:
    width = document.width
    least, title = (_BARE_HEADING,) * 2 if document.has_blanks else (_HEADING, _TITLE)
    current = [chunk[0]]
    for line, following in pairwise(chunk):
        longest = width * (title if line is chunk[0] else least)
        if (
            _stands_apart(line, following)
            or (turns and SPEAKER.match(following.text.strip()))
            or (_is_item(current[0]) and _is_item(following))
            or _ends_paragraph(line, following, 0 if document.has_blanks else _SHORT * width)
            or (len(current) == 1 and _is_heading(line, following, longest))
        ):
            yield current
            current = []
        current.append(following)
    yield current


def _stands_apart(line: Line, following: Line) -> bool:
    """Say whether the lines cannot be of one paragraph: a list, a heading, a table."""
    text = following.text.strip()
    return (
        HASHES.match(text) is not None
        or HASHES.match(line.text.strip()) is not None
        or (_is_item(following) and _may_precede_items(line))
        or _in_columns(line)
        or _in_columns(following)
    )


def _ends_paragraph(line: Line, following: Line, shortest: float) -> bool:
    if not _ends_sentence(line) or _begins_small(following):
        return False
    is_indented = _INDENT.match(following.text) and not _INDENT.match(line.text)
    return bool(is_indented) or _length(line) < shortest


def _is_heading(line: Line, following: Line, longest: float) -> bool:
    text = line.text.strip()
    return (
        _length(line) < longest
        and not text.endswith(_NO_HEADING_END)
        and not _begins_small(line)
        and not _begins_small(following)
    )


def _goes_on(line: Line, following: Line) -> bool:
    """Say whether a sentence of `line` goes on in `following`, by its small letter."""
    if _ends_sentence(line) or _stands_apart(line, following):
        return False
    return _begins_small(following) and _NARROWEST_CUT <= _length(line) <= _WIDEST


def _may_precede_items(line: Line) -> bool:
    """Say whether items may follow; a dash in the middle of a sentence begins none."""
    return _ends_sentence(line) or line.text.rstrip().endswith(":") or _is_item(line)


def _is_cut(line: Line, following: Line) -> bool:
    return cuts_a_word(line.text.rstrip(), following.text.lstrip())


def _is_item(line: Line) -> bool:
    text = line.text.strip()
    return BULLET.match(text) is not None or NUMBER.match(text) is not None


def _in_columns(line: Line) -> bool:
    return _COLUMNS.search(line.text.strip()) is not None


def _ends_sentence(line: Line) -> bool:
    return _SENTENCE_END.search(line.text.rstrip()) is not None


def _begins_small(line: Line) -> bool:
    return line.text.strip().lstrip(_OPENING)[:1].islower()


def _length(line: Line) -> int:
    return len(line.text.strip())
