"""How far somebody read a text: which of its blocks were seen, and where they left off.

Blocks are numbered from 1, as on the reading page. A set of them is written as "1-4,7".
Offsets are code points.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.text.alignment import align
from corpus.text.blocks import Block, block_at, blocks_touching

WORDS_A_MINUTE = 230

# Written sets come from browsers: so many digits number more blocks than any text has.
_RUN = "[0-9]{1,6}(?:-[0-9]{1,6})?"
_WRITTEN = re.compile(f"(?:{_RUN}(?:,{_RUN})*)?")


@dataclass(frozen=True)
class Text:
    """A state of a text with its blocks."""

    text: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Progress:
    """Where somebody left off, how far they came, and which blocks they saw.

    `place` and `furthest` are the offsets of the first characters of blocks; `place` is None
    where nobody said it.
    """

    place: int | None = None
    furthest: int = 0
    seen: frozenset[int] = frozenset()


def numbers_in(written: str, count: int) -> frozenset[int]:
    """Return the numbers that `written` holds, those above `count` left out.

    Raises ValueError when it is no written set.
    """
    if not _WRITTEN.fullmatch(written):
        raise ValueError(f"{written[:40]!r} is no set of numbers")
    numbers: set[int] = set()
    for part in filter(None, written.split(",")):
        first, _dash, last = part.partition("-")
        numbers.update(range(max(1, int(first)), min(count, int(last or first)) + 1))
    return frozenset(numbers)


def written(numbers: Iterable[int]) -> str:
    """Return `numbers` written as a set: "1-4,7"; "" for none."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def minutes_to_read(word_count: int) -> int:
    """Return how long a text takes to read, in whole minutes, at least one."""
    return max(1, round(word_count / WORDS_A_MINUTE))


def percent_of(seen: frozenset[int], count: int) -> int:
    """Return how many of `count` blocks were seen, in percent: 0 for none, 100 for all alone."""
    if not seen or not count:
        return 0
    return min(max(1, len(seen) * 100 // count), 100)


def unseen_share(seen: frozenset[int], blocks: Sequence[Block]) -> float:
    """Return how much of a text its unseen blocks make, 0 to 1, by their length."""
    sizes = [block.end - block.start for block in blocks]
    left = sum(size for number, size in enumerate(sizes, start=1) if number not in seen)
    return left / sum(sizes) if sum(sizes) else 0.0


def joined(one: Progress, other: Progress) -> Progress:
    """Return both together; where one left off is what `other`, the later one, says of it."""
    place = one.place if other.place is None else other.place
    furthest = max(one.furthest, other.furthest, place or 0)
    return Progress(place, furthest, one.seen | other.seen)


class CarryOver:
    """Takes what was read of one state of a text over to another; the two are aligned once."""

    def __init__(self, before: Text, after: Text) -> None:
        self._before, self._after = before, after
        self._aligned = align(before.text, after.text)

    def progress(self, read: Progress) -> Progress:
        """Return `read` as it stands in the new text.

        What took the place of a seen block counts as seen, what came between does not.
        """
        place = None if read.place is None else self._block_start(read.place)
        furthest = max(place or 0, self._block_start(read.furthest))
        seen = {
            number
            for old in read.seen
            if 0 < old <= len(self._before.blocks)
            for number in self._counterparts(self._before.blocks[old - 1])
        }
        return Progress(place, furthest, frozenset(seen))

    def _counterparts(self, old: Block) -> list[int]:
        """Return the numbers of the new blocks that `old` has become, none when it went.

        The ends of what went fall on words beside it, so a small part in common is none.
        """
        start, end = self._aligned.place(old.start), self._aligned.place(old.end)
        found = []
        for index in blocks_touching(self._after.blocks, start, end):
            new = self._after.blocks[index]
            common = min(end, new.end) - max(start, new.start)
            if common * 2 >= min(new.end - new.start, old.end - old.start):
                found.append(index + 1)
        return found

    def _block_start(self, offset: int) -> int:
        """Return where the block begins that the one at the old `offset` has become."""
        if not self._before.blocks or not self._after.blocks:
            return 0
        old = self._before.blocks[block_at(self._before.blocks, offset)]
        numbers = self._counterparts(old)
        index = numbers[0] - 1 if numbers else self._nearest(old.start)
        return self._after.blocks[index].start

    def _nearest(self, offset: int) -> int:
        return block_at(self._after.blocks, self._aligned.place(offset))
