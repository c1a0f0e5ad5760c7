"""Two states of a text in one order, cut where a block ends or what became of words changes.

Offsets are code points, half-open.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from corpus.text.alignment import Run, align
from corpus.text.blocks import Block, block_at

PieceState = Literal["same", "added", "removed"]


class Piece(NamedTuple):
    """Words of a block that stayed, that are new or that went.

    `gap` is shown before them, in neither text: it parts new words from those they replace.
    """

    state: PieceState
    text: str
    gap: str = ""


class _Part(NamedTuple):
    """text[start:end] within the block at `place`; `is_first` and `is_last` say of its edges."""

    place: int
    start: int
    end: int
    is_first: bool
    is_last: bool


class Blocks(NamedTuple):
    """A text and its blocks, in reading order."""

    text: str
    blocks: Sequence[Block]

    def parts(self, start: int, end: int) -> Iterator[_Part]:
        """Yield what start..end holds of each block that it meets."""
        first = block_at(self.blocks, start) if self.blocks else 0
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            if block.start >= end:
                return
            begin, stop = max(start, block.start), min(end, block.end)
            if begin < stop:
                yield _Part(index, begin, stop, begin == block.start, stop == block.end)


class Strip(NamedTuple):
    """Some words of one block; `old` and `new` are its indexes, -1 where it is in none."""

    state: PieceState
    text: str
    old: int
    new: int


def strips_of(old: Blocks, new: Blocks) -> Iterator[Strip]:
    """Yield the words of both in one order, cut where a block ends or their state changes."""
    old_at = new_at = 0
    for run in [*align(old.text, new.text).runs, Run(len(old.text), len(new.text), 0)]:
        before, after = _shared_space(
            old.text[old_at : run.old_start], new.text[new_at : run.new_start]
        )
        yield from _same(old, new, Run(old_at, new_at, before))
        removed = old.parts(old_at + before, run.old_start - after)
        added = new.parts(new_at + before, run.new_start - after)
        for is_added, part in _in_turn(list(removed), list(added)):
            if is_added:
                yield Strip("added", new.text[part.start : part.end], -1, part.place)
            else:
                yield Strip("removed", old.text[part.start : part.end], part.place, -1)
        kept = Run(run.old_start - after, run.new_start - after, run.length + after)
        yield from _same(old, new, kept)
        old_at, new_at = run.old_start + run.length, run.new_start + run.length


def _shared_space(old: str, new: str) -> tuple[int, int]:
    """Return how much white space both begin with, and of the rest both end with."""
    before = _space_before(old, new)
    return before, _space_before(old[before:][::-1], new[before:][::-1])


def _space_before(one: str, other: str) -> int:
    length = 0
    for sign, same in zip(one, other, strict=False):
        if sign != same or not sign.isspace():
            break
        length += 1
    return length


def _same(old: Blocks, new: Blocks, run: Run) -> Iterator[Strip]:
    """Yield what of the run is in a block of both; blank lines may be so in one text alone."""
    shift = run.new_start - run.old_start
    ours = list(old.parts(run.old_start, run.old_start + run.length))
    theirs = [
        part._replace(start=part.start - shift, end=part.end - shift)
        for part in new.parts(run.new_start, run.new_start + run.length)
    ]
    edges = {edge for part in (*ours, *theirs) for edge in (part.start, part.end)}
    for start, end in pairwise(sorted(edges)):
        place, there = _place_at(ours, start), _place_at(theirs, start)
        state: PieceState = "removed" if there < 0 else "added" if place < 0 else "same"
        if place >= 0 or there >= 0:
            yield Strip(state, old.text[start:end], place, there)


def _place_at(parts: Sequence[_Part], offset: int) -> int:
    """Return the index of the block whose part holds `offset`, -1 for none."""
    at = bisect_right(parts, offset, key=lambda part: part.start) - 1
    return parts[at].place if at >= 0 and offset < parts[at].end else -1


def _in_turn(removed: list[_Part], added: list[_Part]) -> list[tuple[bool, _Part]]:
    """Return what went (False) and what came (True) in one place, each in its own order.

    What goes on in the block before comes first, what begins the block behind comes last;
    of the blocks between, one went for each that came where there are as many.
    """
    first: list[tuple[bool, _Part]] = []
    last: list[tuple[bool, _Part]] = []
    for is_added, parts in ((False, removed), (True, added)):
        if parts and not parts[0].is_first:
            first.append((is_added, parts.pop(0)))
        if parts and not parts[-1].is_last:
            last.append((is_added, parts.pop()))
    went, came = [(False, part) for part in removed], [(True, part) for part in added]
    if len(went) == len(came):
        between = [item for pair in zip(went, came, strict=True) for item in pair]
    else:
        between = [*went, *came]
    return [*first, *between, *last]


def pieces_of(line: Iterable[Strip]) -> tuple[Piece, ...]:
    """Return the strips that follow each other in one state as one."""
    pieces: list[Piece] = []
    for state, part in groupby(line, key=lambda strip: strip.state):
        text = "".join(strip.text for strip in part)
        before = pieces[-1] if pieces else None
        is_replaced = state == "added" and before is not None and before.state == "removed"
        meets = is_replaced and before is not None and (before.text[-1] + text[0]).isalnum()
        pieces.append(Piece(state, text, " " if meets else ""))
    return tuple(pieces)
