"""A difference as each of two texts shows it: which of its words the other one has not.

Offsets are code points, half-open; blocks are named by their index in their text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.text.blocks import Block
from corpus.text.difference import DiffBlock, Piece, PieceState
from corpus.text.spans import Span

Fate = Literal["changed", "added", "removed", "moved"]

_FATES: Mapping[str, Fate] = {
    "changed": "changed",
    "added": "added",
    "removed": "removed",
    "moved_here": "moved",
    "moved_changed": "moved",
}
_MOVED = ("moved_here", "moved_changed")


@dataclass(frozen=True)
class Change:
    """What became of one block: `old` and `new` are its indexes, None where it is in no text."""

    fate: Fate
    old: int | None
    new: int | None


@dataclass(frozen=True)
class Sides:
    """What of each text the other has not, the changes in reading order, and the blocks of both.

    `pairs` are the blocks that are in both texts, moved or not, by their old index.
    """

    old_words: Sequence[Span]
    new_words: Sequence[Span]
    changes: Sequence[Change]
    pairs: Mapping[int, int]


def sides_of(
    rows: Sequence[DiffBlock], old_blocks: Sequence[Block], new_blocks: Sequence[Block]
) -> Sides:
    """Return both sides of `rows`, which are the difference of texts with these blocks."""
    old_at = {block.start: index for index, block in enumerate(old_blocks)}
    new_at = {block.start: index for index, block in enumerate(new_blocks)}
    shown = [row for row in rows if row.state != "moved_away"]
    both = [
        (
            row,
            None if row.old is None else old_at[row.old.start],
            None if row.new is None else new_at[row.new.start],
        )
        for row in shown
    ]
    return Sides(
        old_words=list(_spans(_old_pieces(rows), old_blocks, "removed")),
        new_words=list(_spans(_new_pieces(rows), new_blocks, "added")),
        changes=[
            Change(_FATES[row.state], old, new) for row, old, new in both if row.state in _FATES
        ],
        pairs={old: new for _row, old, new in both if old is not None and new is not None},
    )


def _new_pieces(rows: Sequence[DiffBlock]) -> Iterator[Piece]:
    """Yield the pieces that the new blocks are made of, in their order."""
    for row in rows:
        if row.state != "moved_away":
            yield from (piece for piece in row.pieces if piece.state != "removed")


def _old_pieces(rows: Sequence[DiffBlock]) -> Iterator[Piece]:
    """Yield the pieces that the old blocks are made of, in their order.

    A block that moved is told with what became of its words where it is now.
    """
    here = {row.old.start: row for row in rows if row.old and row.state in _MOVED}
    for row in rows:
        if row.state not in _MOVED:
            told = here.get(row.old.start, row) if row.old and row.state == "moved_away" else row
            yield from (piece for piece in told.pieces if piece.state != "added")


def _spans(pieces: Iterator[Piece], blocks: Sequence[Block], state: PieceState) -> Iterator[Span]:
    """Yield where the pieces with `state` stand in the `blocks` that all of them make up."""
    waiting = iter(blocks)
    block, at = next(waiting, None), 0
    for piece in pieces:
        left = len(piece.text)
        while left and block is not None:
            taken = min(left, block.end - block.start - at)
            if taken and piece.state == state:
                yield Span(block.start + at, block.start + at + taken)
            left, at = left - taken, at + taken
            if at == block.end - block.start:
                block, at = next(waiting, None), 0
