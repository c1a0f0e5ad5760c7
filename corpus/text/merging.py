"""Two edits of the same text, made at the same time, brought together block by block."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.text.editing import KEEPS_LINES, EditedBlock

_Blocks = Sequence[EditedBlock]


@dataclass(frozen=True)
class MergedBlock:
    """A block of what both edits come to.

    `is_adopted` says that it is theirs, where mine was left as it had been. `theirs` are the
    blocks that stand in its place in the other edit, where both changed the same.
    """

    block: EditedBlock
    is_adopted: bool = False
    theirs: tuple[EditedBlock, ...] = ()


@dataclass(frozen=True)
class Window:
    """The indexes first..stop of the blocks that are edited, half-open."""

    first: int
    stop: int


def merged(base: _Blocks, theirs: _Blocks, mine: _Blocks) -> list[MergedBlock]:
    """Return what `mine` and `theirs`, both made from `base`, come to.

    What only one of them changed is taken from that one. Where both changed the same
    differently mine stays, with theirs beside it; what they changed and I took away stays
    as theirs.
    """
    kept_by_them, kept_by_me = dict(_pairs(base, theirs)), dict(_pairs(base, mine))
    anchors = [index for index in range(len(base)) if index in kept_by_them and index in kept_by_me]
    found: list[MergedBlock] = []
    at, their_at, my_at = 0, 0, 0
    for anchor in [*anchors, len(base)]:
        their_stop = kept_by_them.get(anchor, len(theirs))
        my_stop = kept_by_me.get(anchor, len(mine))
        found += _settle(base[at:anchor], theirs[their_at:their_stop], mine[my_at:my_stop])
        if anchor < len(base):
            found.append(MergedBlock(base[anchor]))
        at, their_at, my_at = anchor + 1, their_stop + 1, my_stop + 1
    return found


def joined_rows(above: MergedBlock, below: MergedBlock) -> MergedBlock:
    """Return the row that both are as one, of the kind of the one above.

    Lines of words that keep their lines stay lines.
    """
    one, other = above.block.text.rstrip(), below.block.text.strip()
    between = "\n" if above.block.kind in KEEPS_LINES else " "
    text = between.join(filter(None, (one, other)))
    return MergedBlock(
        replace(above.block, text=text),
        above.is_adopted or below.is_adopted,
        (*above.theirs, *below.theirs),
    )


def widened(base: _Blocks, theirs: _Blocks, window: Window) -> tuple[Window, Window]:
    """Return the part of `base` round `window` that no change of theirs cuts, and it in theirs."""
    pairs = dict(_pairs(base, theirs))
    first, stop = window.first, window.stop
    while first > 0 and first not in pairs and first - 1 not in pairs:
        first -= 1
    while stop < len(base) and stop not in pairs and stop - 1 not in pairs:
        stop += 1
    begin = pairs[first] if first in pairs and first < stop else pairs.get(first - 1, -1) + 1
    last = stop - 1
    end = pairs[last] + 1 if last in pairs and last >= first else pairs.get(stop, len(theirs))
    return Window(first, stop), Window(begin, end)


def _settle(base: _Blocks, theirs: _Blocks, mine: _Blocks) -> Iterator[MergedBlock]:
    if theirs in (base, mine):
        yield from map(MergedBlock, mine)
    elif mine == base or not mine:
        for block in theirs:
            yield MergedBlock(block, is_adopted=True)
    elif len(base) == len(theirs) == len(mine) > 1:
        # As many as before on both sides: each stands for the one in its place.
        for index in range(len(base)):
            part = slice(index, index + 1)
            yield from _settle(base[part], theirs[part], mine[part])
    else:
        yield MergedBlock(mine[0], theirs=tuple(theirs))
        yield from map(MergedBlock, mine[1:])


def _pairs(old: _Blocks, new: _Blocks) -> Iterator[tuple[int, int]]:
    """Yield the indexes of the blocks that are the same in both, in the order of both."""
    # Imported when it is first used: a site that starts should not wait for it.
    from rapidfuzz.distance import Indel

    numbers: dict[EditedBlock, int] = {}
    ours = [numbers.setdefault(block, len(numbers)) for block in old]
    others = [numbers.setdefault(block, len(numbers)) for block in new]
    for same in Indel.opcodes(ours, others).as_matching_blocks():
        for step in range(same.size):
            yield same.a + step, same.b + step
