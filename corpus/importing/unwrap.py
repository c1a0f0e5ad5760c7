"""Which chunks of lines are one paragraph that was wrapped at a column, decided chunk by chunk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.importing.hyphens import cuts_a_word
from corpus.importing.passages import Chunk, Line
from corpus.importing.ragged import (
    Raggedness,
    Run,
    ragged_runs,
    raggedness_of,
    speaks_in_turns,
)

# Columns that people and programs wrap prose at.
_NARROWEST, _WIDEST = 40, 132
# Two lines alone prove little: they must be at least this wide to count as wrapped.
_NARROWEST_PAIR = 50
# The share of line ends with one space from which that space is taken as the sign of a soft break.
_SOFT_SHARE = 0.6
_FEWEST_SOFT_BREAKS = 3
_PAIR = 2
_URL_SIGN = "://"
# A line that begins with the address of a link goes on with the sentence of the line before.
_ADDRESS_SIGN = "<http"


@dataclass(frozen=True)
class Wrapping:
    """How a document wraps: its column (None when nothing shows one) and whether soft breaks show.

    They show when a line that goes on ends with one space, so that a line end without one is
    a sign of something else. `ragged` tells of prose that ends at no column, if there is any.
    """

    width: int | None
    soft_breaks_show: bool
    ragged: Raggedness | None = None


def wrapping_of(chunks: Sequence[Chunk]) -> Wrapping:
    """Return how the chunks are wrapped, judged from those of three lines and more."""
    long = [chunk for chunk in chunks if len(chunk) > _PAIR]
    breaks = [line.text for chunk in long for line in _breaking_lines(chunk)]
    soft = sum(1 for text in breaks if _ends_softly(text))
    shows = soft >= _FEWEST_SOFT_BREAKS and soft >= _SOFT_SHARE * len(breaks)
    widths = [_width(chunk) for chunk in long if _fills(chunk, _width(chunk)) and _goes_on(chunk)]
    return Wrapping(max(widths, default=None), shows, raggedness_of(chunks))


def runs_of(chunk: Chunk, wrapping: Wrapping) -> list[Run]:
    """Return the paragraphs that the lines of `chunk` were wrapped from, or the chunk as it is."""
    if is_wrapped(chunk, wrapping):
        return [Run(chunk, is_wrapped=True)]
    return ragged_runs(chunk, wrapping.ragged) or [Run(chunk, is_wrapped=False)]


def is_wrapped(chunk: Chunk, wrapping: Wrapping) -> bool:
    """Say whether the lines of `chunk` are one paragraph broken at a column."""
    if len(chunk) < _PAIR or speaks_in_turns(chunk):
        return False
    if any(line.text.strip().startswith(_ADDRESS_SIGN) for line in chunk[1:]):
        return True
    breaking = _breaking_lines(chunk)
    soft = sum(1 for line in breaking if _ends_softly(line.text))
    if soft and soft >= _SOFT_SHARE * len(breaking):
        return True
    if len(chunk) == _PAIR and _is_cut(chunk):
        return True
    if wrapping.width is not None and _width(chunk) <= wrapping.width:
        return _fills(chunk, wrapping.width)
    own = _width(chunk)
    if len(chunk) == _PAIR:
        return _NARROWEST_PAIR <= own <= _WIDEST and own == _length(chunk[0])
    return _fills(chunk, own) and _goes_on(chunk)


def _is_cut(pair: Chunk) -> bool:
    """Say whether a word was cut at the end of the first of two lines, as in no verse."""
    first, second = (line.text.strip() for line in pair)
    return cuts_a_word(first, second)


def _breaking_lines(chunk: Chunk) -> list[Line]:
    """Return the lines that break running words: not the last, none beside an address."""
    return [
        line
        for line, following in pairwise(chunk)
        if _URL_SIGN not in line.text and _URL_SIGN not in following.text
    ]


def _ends_softly(text: str) -> bool:
    return text.endswith(" ") and not text.endswith("  ")


def _width(chunk: Chunk) -> int:
    return max((_length(line) for line in chunk if _URL_SIGN not in line.text), default=0)


def _fills(chunk: Chunk, width: int) -> bool:
    """Say whether no line could have taken in the first word of the next one within `width`."""
    if not _NARROWEST <= width <= _WIDEST:
        return False
    return all(
        _length(line) + 1 + len(_first_word(following.text)) > width
        for line, following in pairwise(chunk)
        if _URL_SIGN not in line.text and _URL_SIGN not in following.text
    )


def _length(line: Line) -> int:
    """Return how many columns the line takes; no-break spaces at its ends take theirs."""
    return len(line.text.strip(" \t"))


def _first_word(text: str) -> str:
    """Return what a wrapping program moves as one word: no-break spaces do not part it."""
    return re.split(r"[ \t]", text.strip(), maxsplit=1)[0]


def _goes_on(chunk: Chunk) -> bool:
    """Say whether some line begins in the middle of a sentence, as lines of verse seldom all do."""
    return any(line.text.strip()[:1].islower() for line in chunk[1:])
