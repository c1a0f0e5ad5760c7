"""A passage as it is quoted elsewhere: its own words with the sentence around them.

Offsets are code points, half-open, in the text of the article version.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text.blocks import Block, blocks_touching
from corpus.text.sentences import sentences
from corpus.text.spans import Span

# So much of the sentence is shown on each side of the marked words before it is cut.
AROUND = 140
# A passage longer than this is shown by its beginning and its end alone.
LONGEST = 700
HEAD = 420
TAIL = 200
ELLIPSIS = "…"

# A sentence that begins or ends further away is cut anyway, so no more is searched.
_LOOK = AROUND + 40
# As much of the passage as tells whether its last full stop ends a sentence.
_BACK = 12


@dataclass(frozen=True)
class Piece:
    """Words of an excerpt; `starts` and `ends` say whether the passage does so here."""

    text: str
    is_marked: bool = False
    starts: bool = False
    ends: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A passage in its context: the pieces of each block it touches.

    `block` is the index of the first of those blocks. Its number for readers is one more.
    """

    paragraphs: tuple[tuple[Piece, ...], ...]
    block: int

    @property
    def number(self) -> int:
        """Return the paragraph number that readers see, from 1."""
        return self.block + 1


def excerpt(text: str, blocks: Sequence[Block], start: int, end: int) -> Excerpt:
    """Return `text[start:end]` with the rest of the sentences it begins and ends in.

    An ellipsis stands where a sentence or a long passage is cut. A passage that touches no
    block stands alone, as if it were in the first one.
    """
    touched = blocks_touching(blocks, start, end)
    if not touched:
        return Excerpt(((Piece(text[start:end], True, True, True),),), 0)
    first, last = blocks[touched[0]], blocks[touched[-1]]
    kept = _kept(text, start, end)
    found = (_marked(text, kept, blocks[index]) for index in touched)
    paragraphs = [pieces for pieces in found if pieces]
    if before := _before(text, first, start):
        paragraphs[0].insert(0, Piece(before))
    if after := _after(text, last, end):
        paragraphs[-1].append(Piece(after))
    return Excerpt(tuple(tuple(pieces) for pieces in paragraphs), touched[0])


def _kept(text: str, start: int, end: int) -> list[Span]:
    """Return the parts of a passage that are shown: all of it, or its head and its tail."""
    if end - start <= LONGEST:
        return [Span(start, end)]
    head = start + len(_cut_end(text[start : start + HEAD], HEAD))
    tail = end - len(_cut_start(text[end - TAIL : end], TAIL))
    return [Span(start, head), Span(tail, end)]


def _marked(text: str, kept: list[Span], block: Block) -> list[Piece]:
    """Return the shown parts of the passage that stand in `block`."""
    pieces = []
    for part in kept:
        low, high = max(part.start, block.start), min(part.end, block.end)
        if low >= high:
            continue
        is_first, is_last = part is kept[0], part is kept[-1]
        words = text[low:high]
        if not is_last and high == part.end:
            words = words.rstrip() + ELLIPSIS
        if not is_first and low == part.start:
            words = ELLIPSIS + words.lstrip()
        starts, ends = is_first and low == part.start, is_last and high == part.end
        pieces.append(Piece(words, True, starts=starts, ends=ends))
    return pieces


def _before(text: str, block: Block, start: int) -> str:
    """Return the words of the sentence of `block` that stand before `start`."""
    low = max(block.start, start - _LOOK)
    begins = (sentence.start for sentence in sentences(text, low, min(block.end, start + 1)))
    begin = max((offset for offset in begins if offset <= start), default=low)
    if start - begin <= AROUND:
        return text[begin:start]
    return ELLIPSIS + _cut_start(text[start - AROUND : start], AROUND)


def _after(text: str, block: Block, end: int) -> str:
    """Return the words of the sentence of `block` that stand after `end`."""
    low, high = max(block.start, end - _BACK), min(block.end, end + _LOOK)
    stops = (sentence.end for sentence in sentences(text, low, high))
    stop = min((offset for offset in stops if offset >= end), default=high)
    if stop - end <= AROUND:
        return text[end:stop]
    return _cut_end(text[end : end + AROUND], AROUND).rstrip() + ELLIPSIS


def _cut_end(words: str, size: int) -> str:
    """Return `words`, at most `size` long, without the word that may be cut at the end."""
    kept = words[:size]
    return kept.rpartition(" ")[0] or kept


def _cut_start(words: str, size: int) -> str:
    """Return `words`, at most `size` long, without the word that may be cut at the start."""
    kept = words[-size:]
    return kept.partition(" ")[2] or kept
