"""The words of a new text that are most like those of a passage that was changed.

They are looked for where the passage stood, and, by its seldom words, among the words
that are new in the text. Offsets are code points, half-open.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from corpus.text.alignment import Alignment
from corpus.text.spans import Span

# A word that is new more often than this says nothing about the place.
_SELDOM = 20
# So many words of a passage are looked up.
_ASKED = 64
# Where a passage stood, no more words than these times its own are looked through.
_WIDEST = 4
_MARGIN = 40


class Resemblance:
    """Where passages of the old text may be in the new one, changed."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment

    def in_place(self, start: int, end: int) -> Span | None:
        """Return what stands where old[start:end] stood and is like it; None for nothing."""
        passage = self._alignment.old.touching(start, end)
        slot = self._alignment.slot(start, end)
        if not passage or not slot or len(slot) > _WIDEST * len(passage) + _MARGIN:
            return None
        return self._span(self._alike(passage, slot))

    def instead(self, start: int, end: int) -> Span | None:
        """Return all that stands where old[start:end] stood, if that is about as much."""
        passage = self._alignment.old.touching(start, end)
        slot = self._alignment.slot(start, end)
        is_like = 0 < len(slot) <= 2 * len(passage) + 2
        return self._span(slot) if is_like else None

    def elsewhere(self, start: int, end: int) -> Span | None:
        """Return the new words that share most seldom words with old[start:end], or None."""
        passage = self._alignment.old.touching(start, end)
        votes: dict[int, float] = defaultdict(float)
        width = max(4, len(passage) // 4)
        for index in self._asked(passage):
            places = self._new_places[self._alignment.old.ids[index]]
            for place in places:
                votes[(place - index) // width] += 1 / len(places)
        if not votes:
            return None
        best = max(votes, key=lambda key: (votes[key] + votes.get(key + 1, 0), -key))
        first = best * width + passage.start
        last = len(self._alignment.new.ids)
        window = range(max(0, first - width), min(last, first + len(passage) + 3 * width))
        return self._span(self._alike(passage, window)) if window else None

    @cached_property
    def _new_places(self) -> dict[int, list[int]]:
        places: dict[int, list[int]] = defaultdict(list)
        for index, number in enumerate(self._alignment.new.ids):
            if index not in self._alignment.origin:
                places[number].append(index)
        return places

    def _asked(self, passage: range) -> Sequence[int]:
        """Return the words of the passage, as indexes, that are new somewhere and seldom."""
        ids = self._alignment.old.ids
        counts = {i: len(self._new_places.get(ids[i], ())) for i in passage}
        seldom = [index for index, count in counts.items() if 0 < count <= _SELDOM]
        return sorted(seldom, key=lambda index: counts[index])[:_ASKED]

    def _alike(self, passage: range, window: range) -> range:
        """Return the part of the window, words of the new text, that the passage became.

        It reaches from the first to the last word that both have, and over words that
        stand for changed ones at its ends.
        """
        blocks = _joined(list(self._common(passage, window)), passage)
        if not blocks:
            return range(0)
        first, stop = blocks[0][1], blocks[-1][1] + blocks[-1][2]
        lost = blocks[0][0] - passage.start
        if 0 < first - window.start <= 2 * lost + 1 and lost and self._touches(passage.start - 1):
            first = window.start
        lost = passage.stop - blocks[-1][0] - blocks[-1][2]
        if 0 < window.stop - stop <= 2 * lost + 1 and lost and self._touches(passage.stop):
            stop = window.stop
        return range(first, stop)

    def _touches(self, index: int) -> bool:
        """Say whether the old word is still there, so that the slot begins or ends with it."""
        pairs = self._alignment.pairs
        return 0 <= index < len(pairs) and pairs[index] >= 0

    def _common(self, passage: range, window: range) -> Iterator[tuple[int, int, int]]:
        # Imported when it is first used: a site that starts should not wait for it.
        from rapidfuzz.distance import Indel

        ours = self._alignment.old.ids[passage.start : passage.stop]
        theirs = self._alignment.new.ids[window.start : window.stop]
        for block in Indel.opcodes(ours, theirs).as_matching_blocks():
            if block.size:
                yield passage.start + block.a, window.start + block.b, block.size

    def _span(self, words: range) -> Span | None:
        if not words:
            return None
        new = self._alignment.new
        return Span(new.starts[words.start], new.ends[words.stop - 1])


def _joined(blocks: list[tuple[int, int, int]], passage: range) -> list[tuple[int, int, int]]:
    """Return the blocks without short ones at the ends that stand far from the others.

    Far is further in the new text than in the old one by more words than the block has.
    """
    kept = list(blocks)
    while len(kept) > 1 and _is_far(kept[0], kept[1], kept[0][2], len(passage)):
        kept.pop(0)
    while len(kept) > 1 and _is_far(kept[-2], kept[-1], kept[-1][2], len(passage)):
        kept.pop()
    return kept


def _is_far(
    one: tuple[int, int, int], following: tuple[int, int, int], size: int, length: int
) -> bool:
    there = following[1] - one[1] - one[2]
    here = following[0] - one[0] - one[2]
    return there - here > max(2 * size, 2) and size * 2 < length
