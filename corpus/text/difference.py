"""What changed between two states of a text, block by block and word by word.

The words that stayed are those of corpus.text.alignment; what stands between them was taken
away or is new. Offsets are code points, half-open.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from corpus.text.blocks import Block
from corpus.text.moves import moved_pairs
from corpus.text.strips import Blocks, Piece, PieceState, Strip, pieces_of, strips_of

__all__ = ["DiffBlock", "DiffState", "Piece", "PieceState", "difference", "words_compared"]

DiffState = Literal[
    "same", "changed", "added", "removed", "moved_here", "moved_changed", "moved_away"
]

# Of the shorter of two blocks so much has to stay for the one to be the other, changed.
_LEAST_KEPT = 0.25


@dataclass(frozen=True)
class DiffBlock:
    """One block of either text, or of both, as it is shown in their difference.

    `old` and `new` are the blocks it stands for; where blocks were joined the first of
    them. `is_split` says that it was parted from the one above, `is_joined` that several
    became one. A moved block has a row at both places, the one it left being "moved_away".

    The old blocks are, to the letter, the pieces that were not added of all rows but those
    moved here; the new ones the pieces that were not removed of all but those moved away.
    """

    state: DiffState
    pieces: tuple[Piece, ...]
    old: Block | None
    new: Block | None
    is_split: bool = False
    is_joined: bool = False

    @property
    def has_new_words(self) -> bool:
        """Say whether words came or went; blanks at its ends are none."""
        edges = (0, len(self.pieces) - 1)
        return any(
            piece.state != "same"
            and not (piece.state == "removed" and index in edges and not piece.text.strip())
            for index, piece in enumerate(self.pieces)
        )

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
    old, new = Blocks(old_text, old_blocks), Blocks(new_text, new_blocks)
    return _with_moves(_rows(strips_of(old, new), old, new))


def words_compared(old: str, new: str) -> list[Piece]:
    """Return what stayed, went and came between some words and those in their place now."""
    sides = [(words, [Block("paragraph", 0, len(words))] if words else []) for words in (old, new)]
    rows = difference(*sides[0], *sides[1])
    pieces = [piece for row in rows for piece in row.pieces]
    if len(rows) > 1:
        # Hardly a word stayed: all that was there, and all that is there now.
        pieces[1:] = [piece._replace(gap=" ") for piece in pieces[1:]]
    return pieces


def _rows(found: Iterable[Strip], old: Blocks, new: Blocks) -> Iterator[DiffBlock]:
    """Yield a row for each new block and for each old one of which nothing is left."""
    strips = list(_firm(list(found), old, new))
    kept: dict[int, list[int]] = {}
    for strip in strips:
        if strip.state == "same" and strip.old not in kept.setdefault(strip.new, []):
            kept[strip.new].append(strip.old)
    staying = {index for olds in kept.values() for index in olds}
    places = _places(strips, kept)
    seen: set[int] = set()
    for place, group in groupby(zip(places, strips, strict=True), key=lambda item: item[0]):
        line = [strip for _, strip in group]
        olds = kept.get(place, [])
        if place < 0:
            yield from _removed(line, old)
            continue
        before, inner, after = _without_gone(line, staying)
        yield from _removed(before, old)
        row = DiffBlock("added", pieces_of(_found_again(inner, olds)), None, new.blocks[place])
        if olds:
            is_split, is_joined = olds[0] in seen, len(olds) > 1
            row = replace(row, old=old.blocks[olds[0]], is_split=is_split, is_joined=is_joined)
            is_changed = row.has_new_words or is_split or is_joined or row.has_new_kind
            row = replace(row, state="changed" if is_changed else "same")
        yield row
        yield from _removed(after, old)
        seen.update(olds)


def _firm(strips: Sequence[Strip], old: Blocks, new: Blocks) -> Iterator[Strip]:
    """Yield the strips; what stayed of a block of which hardly a word did went and came."""
    shared: Counter[tuple[int, int]] = Counter()
    for strip in strips:
        if strip.state == "same":
            shared[strip.old, strip.new] += len(strip.text)
    weak = {
        (here, there)
        for (here, there), kept in shared.items()
        if kept < _LEAST_KEPT * min(_length(old, here), _length(new, there))
    }
    before: Strip | None = None
    gap: list[Strip] = []
    for strip in strips:
        if strip.state != "same" or (strip.old, strip.new) in weak:
            gap.append(strip)
            continue
        yield from _parted(gap, before, strip)
        yield strip
        before, gap = strip, []
    yield from _parted(gap, before, None)


def _parted(gap: Sequence[Strip], before: Strip | None, after: Strip | None) -> Iterator[Strip]:
    """Yield the strips between two that stayed, the words that stayed by chance as others.

    What goes on in the blocks before comes first, what begins those behind comes last.
    """
    if all(strip.state != "same" for strip in gap):
        yield from gap
        return
    went = [strip._replace(state="removed", new=-1) for strip in gap if strip.old >= 0]
    came = [strip._replace(state="added", old=-1) for strip in gap if strip.new >= 0]
    first: list[Strip] = []
    between: list[Strip] = []
    last: list[Strip] = []
    for side, name in ((went, "old"), (came, "new")):
        goes_on, begins = (getattr(edge, name) if edge else -1 for edge in (before, after))
        for strip in side:
            place = getattr(strip, name)
            part = first if place == goes_on else last if place == begins else between
            part.append(strip)
    yield from (*first, *between, *last)


def _length(text: Blocks, index: int) -> int:
    return text.blocks[index].end - text.blocks[index].start


def _removed(line: Iterable[Strip], old: Blocks) -> Iterator[DiffBlock]:
    for index, part in groupby(line, key=lambda strip: strip.old):
        yield DiffBlock("removed", pieces_of(part), old.blocks[index], None)


def _without_gone(
    line: Sequence[Strip], staying: Collection[int]
) -> tuple[list[Strip], list[Strip], list[Strip]]:
    """Return the line without the old blocks at its edges that are gone, and these.

    Those before all that stayed come first, those after it last; between words that stayed
    they are left where they were.
    """
    same = [index for index, strip in enumerate(line) if strip.state == "same"]
    first, last = (same[0], same[-1]) if same else (len(line), len(line))
    sides: tuple[list[Strip], list[Strip], list[Strip]] = ([], [], [])
    for index, strip in enumerate(line):
        is_gone = strip.state == "removed" and strip.old not in staying
        side = 0 if index < first else 2 if index > last else 1
        sides[side if is_gone else 1].append(strip)
    return sides


def _found_again(line: Iterable[Strip], olds: Collection[int]) -> Iterator[Strip]:
    """Yield the line; the same words that went and came one after the other stayed."""
    before: Strip | None = None
    for strip in line:
        is_again = (
            before is not None
            and (before.state, strip.state) == ("removed", "added")
            and before.text == strip.text
            and before.old in olds
        )
        if before is not None and is_again:
            before = Strip("same", strip.text, before.old, strip.new)
            continue
        if before is not None:
            yield before
        before = strip
    if before is not None:
        yield before


def _places(strips: Sequence[Strip], kept: Mapping[int, Sequence[int]]) -> list[int]:
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
    """Return the rows; of a block that went in one place and came in another both tell it."""
    shown = list(rows)
    gone = [index for index, row in enumerate(shown) if row.state == "removed" and _is_whole(row)]
    came = [index for index, row in enumerate(shown) if row.state == "added"]
    pairs = moved_pairs(
        [_words(shown[index]) for index in gone], [_words(shown[index]) for index in came]
    )
    replaced: set[int] = set()
    for first, other in pairs.items():
        away, here = gone[first], came[other]
        row = _compared(shown[away], shown[here])
        is_changed = row.has_new_words or row.has_new_kind
        if abs(here - away) == 1:
            # Nothing stands between: it is in its place.
            shown[here] = replace(row, state="changed" if is_changed else "same")
            replaced.add(away)
            continue
        shown[here] = replace(row, state="moved_changed" if is_changed else "moved_here")
        shown[away] = replace(shown[away], state="moved_away", new=row.new)
    return [row for index, row in enumerate(shown) if index not in replaced]


def _compared(away: DiffBlock, here: DiffBlock) -> DiffBlock:
    """Return the row for the block of `away` that is that of `here` now, its words compared."""
    went, came = Blocks(_words(away), (_whole(away),)), Blocks(_words(here), (_whole(here),))
    return replace(here, pieces=pieces_of(strips_of(went, came)), old=away.old)


def _whole(row: DiffBlock) -> Block:
    return Block("paragraph", 0, len(_words(row)))


def _is_whole(row: DiffBlock) -> bool:
    return row.old is not None and len(_words(row)) == row.old.end - row.old.start


def _words(row: DiffBlock) -> str:
    return "".join(piece.text for piece in row.pieces)
