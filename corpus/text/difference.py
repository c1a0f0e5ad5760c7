"""What changed between two states of a text, block by block and word by word.

The words that stayed are those of corpus.text.alignment; what stands between them was taken
away or is new. Offsets are code points, half-open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from corpus.text.alignment import Run, align
from corpus.text.blocks import Block, block_at
from corpus.text.folding import fold

DiffState = Literal["same", "changed", "added", "removed", "moved_here", "moved_away"]
PieceState = Literal["same", "added", "removed"]

# Of the shorter of two blocks so much has to stay for the one to be the other, changed.
_LEAST_KEPT = 0.25


class Piece(NamedTuple):
    """Words of a block that stayed, that are new or that went."""

    state: PieceState
    text: str


@dataclass(frozen=True)
class DiffBlock:
    """One block of either text, or of both, as it is shown in their difference.

    `old` and `new` are the blocks it stands for; where blocks were joined the first of
    them. `is_split` says that it was parted from the one above, `is_joined` that several
    became one.
    """

    state: DiffState
    pieces: tuple[Piece, ...]
    old: Block | None
    new: Block | None
    is_split: bool = False
    is_joined: bool = False

    @property
    def has_new_kind(self) -> bool:
        """Say whether it is another kind of block than it was, or a heading of another level."""
        if self.old is None or self.new is None:
            return False
        return (self.old.kind, self.old.level) != (self.new.kind, self.new.level)


def difference(
    old_text: str, old_blocks: Sequence[Block], new_text: str, new_blocks: Sequence[Block]
) -> list[DiffBlock]:
    """Return the blocks of both texts in reading order, each with what became of its words."""
    old, new = _Text(old_text, old_blocks), _Text(new_text, new_blocks)
    strips = list(_strips(old, new, align(old_text, new_text).runs))
    return _with_moves(_rows(strips, old, new))


class _Part(NamedTuple):
    """text[start:end] within the block at `place`; `is_first` and `is_last` say of its edges."""

    place: int
    start: int
    end: int
    is_first: bool
    is_last: bool


class _Text(NamedTuple):
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


class _Strip(NamedTuple):
    """Some words of one block; `old` and `new` are its indexes, -1 where it is in none."""

    state: PieceState
    text: str
    old: int
    new: int


def _strips(old: _Text, new: _Text, runs: Iterable[Run]) -> Iterator[_Strip]:
    """Yield both texts in one order, cut where a block ends or what became of words changes."""
    old_at = new_at = 0
    for run in [*runs, Run(len(old.text), len(new.text), 0)]:
        before, after = _shared_space(
            old.text[old_at : run.old_start], new.text[new_at : run.new_start]
        )
        yield from _same(old, new, Run(old_at, new_at, before))
        removed = old.parts(old_at + before, run.old_start - after)
        added = new.parts(new_at + before, run.new_start - after)
        for is_added, part in _in_turn(list(removed), list(added)):
            if is_added:
                yield _Strip("added", new.text[part.start : part.end], -1, part.place)
            else:
                yield _Strip("removed", old.text[part.start : part.end], part.place, -1)
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


def _same(old: _Text, new: _Text, run: Run) -> Iterator[_Strip]:
    shift = run.new_start - run.old_start
    for part in old.parts(run.old_start, run.old_start + run.length):
        for there in new.parts(part.start + shift, part.end + shift):
            yield _Strip("same", new.text[there.start : there.end], part.place, there.place)


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


def _rows(strips: Sequence[_Strip], old: _Text, new: _Text) -> Iterator[DiffBlock]:
    """Yield a row for each new block and for each old one of which nothing is left."""
    kept: dict[int, list[int]] = {}
    for strip in strips:
        if strip.state == "same" and strip.old not in kept.setdefault(strip.new, []):
            kept[strip.new].append(strip.old)
    places = _places(strips, kept)
    seen: set[int] = set()
    for place, group in groupby(zip(places, strips, strict=True), key=lambda item: item[0]):
        line = [strip for _, strip in group]
        olds = kept.get(place, [])
        if place < 0:
            yield DiffBlock("removed", _pieces(line), old.blocks[line[0].old], None)
        elif not olds:
            yield DiffBlock("added", _pieces(line), None, new.blocks[place])
        else:
            row = DiffBlock(
                "same",
                _pieces(line),
                old.blocks[olds[0]],
                new.blocks[place],
                is_split=olds[0] in seen,
                is_joined=len(olds) > 1,
            )
            yield from _shown(row)
        seen.update(olds)


def _pieces(line: Iterable[_Strip]) -> tuple[Piece, ...]:
    """Return the strips that follow each other in one state as one, blank ends that went apart."""
    pieces = [
        Piece(state, "".join(strip.text for strip in part))
        for state, part in groupby(line, key=lambda strip: strip.state)
    ]
    for end in (0, -1):
        if len(pieces) > 1 and pieces[end].state == "removed" and not pieces[end].text.strip():
            del pieces[end]
    return tuple(pieces)


def _shown(row: DiffBlock) -> Iterator[DiffBlock]:
    """Yield the row as changed or as the same; as two where hardly a word of it stayed."""
    length = {"same": 0, "added": 0, "removed": 0}
    for piece in row.pieces:
        length[piece.state] += len(piece.text)
    shorter = length["same"] + min(length["added"], length["removed"])
    if length["same"] < _LEAST_KEPT * shorter and not (row.is_split or row.is_joined):
        yield DiffBlock("removed", _only(row, "removed"), row.old, None)
        yield DiffBlock("added", _only(row, "added"), None, row.new)
    elif len(row.pieces) > 1 or row.is_split or row.is_joined or row.has_new_kind:
        yield replace(row, state="changed")
    else:
        yield row


def _only(row: DiffBlock, state: PieceState) -> tuple[Piece, ...]:
    text = "".join(piece.text for piece in row.pieces if piece.state in (state, "same"))
    return (Piece(state, text),)


def _places(strips: Sequence[_Strip], kept: Mapping[int, Sequence[int]]) -> list[int]:
    """Return for each strip the new block that it is shown in; -1 - index of an old one else.

    Words that went are shown in the new block around them, or in the one that has more of
    their old block. `kept` has the old blocks of which words stayed in each new one.
    """
    following: list[int] = []
    behind = -1
    for strip in reversed(strips):
        behind = strip.new if strip.new >= 0 else behind
        following.append(behind)
    following.reverse()
    places: list[int] = []
    before = -1
    for strip, after in zip(strips, following, strict=True):
        if strip.new >= 0:
            before = strip.new
            places.append(before)
        elif before == after or strip.old in kept.get(before, ()):
            places.append(before)
        elif strip.old in kept.get(after, ()):
            places.append(after)
        else:
            places.append(-1 - strip.old)
    return places


def _with_moves(rows: Iterable[DiffBlock]) -> list[DiffBlock]:
    """Return the rows; of equal words that went in one place and came in another both tell it."""
    shown = list(rows)
    gone: dict[str, list[int]] = {}
    for index, row in enumerate(shown):
        if row.state == "removed":
            gone.setdefault(_folded(row), []).append(index)
    for index, row in enumerate(shown):
        if row.state == "added" and (places := gone.get(_folded(row))):
            away = places.pop(0)
            shown[away] = replace(shown[away], state="moved_away", new=row.new)
            shown[index] = replace(row, state="moved_here", old=shown[away].old)
    return shown


def _folded(row: DiffBlock) -> str:
    return fold("".join(piece.text for piece in row.pieces))
