"""Which words of one state of a text stand where in another.

Words and signs are compared folded as in corpus.text.folding: spaces, quotes, dashes and
unseen characters may differ. Equal paragraphs are paired first, then the words in the gaps
between them by their longest common subsequence, then what was moved across the rest.
Offsets are code points, half-open.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from corpus.text.pairing import in_order, moved
from corpus.text.spans import Span
from corpus.text.tokens import Tokens, tokens_of

# So many words and signs in a row, in the same order as everything else, are no chance.
FIRM = 6
# How far around a passage the same words are counted for it.
_AROUND = 8
# A short passage between changed words is believed when no more than these were changed.
_NARROW = 24
# One of fewer words is believed in a narrower one, or by the word before it or after it.
_SURE = 3
_NARROWER = 8

_Pairs = Sequence[int]


class Run(NamedTuple):
    """old[old_start:old_start + length] == new[new_start:new_start + length]."""

    old_start: int
    new_start: int
    length: int


class Alignment:
    """Where the words of `old` stand in `new`; made by `align`.

    `pairs` has for each old word the index of the new one, in the same order, or -1;
    `moved` has those that `pairs` leaves out and that stand elsewhere now.
    """

    def __init__(self, old: Tokens, new: Tokens) -> None:
        self.old, self.new = old, new
        self.pairs = in_order(old, new)
        self.moved = moved(old.ids, new.ids, self.pairs)

    def span(self, start: int, end: int) -> Span | None:
        """Return where all words of old[start:end] stand, in the order of everything else.

        They follow each other there as in the old text. None when a word of them is gone,
        changed or has another between them now, or when the passage is so short, and so
        much around it was changed, that they may be the same words by chance.
        """
        passage = self.old.touching(start, end)
        shift = self._best_shift(passage, self.pairs)
        if shift is None:
            shift = self._shift_in_gap(passage)
        return None if shift is None else self._span_at(passage, shift, Span(start, end))

    def moved_span(self, start: int, end: int) -> Span | None:
        """Return where all words of old[start:end] were moved to, with words around them.

        None when they were not, or when they stand where they stood.
        """
        passage = self.old.touching(start, end)
        shift = self._best_shift(passage, self.moved)
        return None if shift is None else self._span_at(passage, shift, Span(start, end))

    def place(self, offset: int) -> int:
        """Return the offset in the new text that is nearest to `offset` in the old one.

        Raises ValueError when `offset` is outside the old text.
        """
        if not 0 <= offset <= self.old.length:
            raise ValueError(f"{offset} is no offset of a text of {self.old.length} characters")
        after = bisect_right(self._paired, self.old.at_or_before(offset))
        old_from, new_from = self._starts(self._paired[after - 1]) if after else (0, 0)
        old_to, new_to = self.old.length, self.new.length
        if after < len(self._paired):
            old_to, new_to = self._starts(self._paired[after])
        half = (new_to - new_from) // 2
        if offset - old_from <= old_to - offset:
            return new_from + min(offset - old_from, half)
        return new_to - min(old_to - offset, half)

    def slot(self, start: int, end: int) -> range:
        """Return the new words between those next to old[start:end] that are still there."""
        passage = self.old.touching(start, end)
        before = bisect_left(self._paired, passage.start)
        after = bisect_left(self._paired, passage.stop)
        first = self.pairs[self._paired[before - 1]] + 1 if before else 0
        is_open = after < len(self._paired)
        stop = self.pairs[self._paired[after]] if is_open else len(self.new.ids)
        return range(first, max(first, stop))

    def is_taken(self, found: Span, passage: Span) -> bool:
        """Say whether most words of new[found] stood elsewhere than in old[passage]."""
        own = self.old.touching(*passage)
        words = self.new.touching(*found)
        taken = [self.origin[index] for index in words if index in self.origin]
        return sum(index not in own for index in taken) * 2 > len(words)

    @cached_property
    def runs(self) -> list[Run]:
        """The runs of the same characters, those that were moved left out, in reading order."""
        runs: list[Run] = []
        for index, other in enumerate(self.pairs):
            if other < 0 or not self._is_same_writing(index, other):
                continue
            old_start, new_start = self._starts(index)
            length = self.old.ends[index] - old_start
            if runs and self._goes_on(runs[-1], old_start, new_start):
                length += old_start - runs[-1].old_start
                runs[-1] = runs[-1]._replace(length=length)
            else:
                runs.append(Run(old_start, new_start, length))
        return runs

    @cached_property
    def _paired(self) -> list[int]:
        return [index for index, other in enumerate(self.pairs) if other >= 0]

    @cached_property
    def origin(self) -> dict[int, int]:
        """The old word, by its index, that each paired or moved new one was."""
        both = (enumerate(self.pairs), enumerate(self.moved))
        return {other: index for pairs in both for index, other in pairs if other >= 0}

    def _starts(self, index: int) -> tuple[int, int]:
        return self.old.starts[index], self.new.starts[self.pairs[index]]

    def _is_same_writing(self, index: int, other: int) -> bool:
        return self.old.written(index) == self.new.written(other)

    def _goes_on(self, run: Run, old_start: int, new_start: int) -> bool:
        old_end, new_end = run.old_start + run.length, run.new_start + run.length
        between = self.old.text[old_end:old_start]
        return between == self.new.text[new_end:new_start] and not between.strip()

    def _best_shift(self, passage: range, pairs: _Pairs) -> int | None:
        """Return how much further on the words of `passage` stand, or None when too little agrees.

        Equal words at the edge of a change may be paired either way, so the words next to
        the passage are asked as well where theirs went.
        """
        if not passage:
            return None
        near = range(max(0, passage.start - 1), min(len(pairs), passage.stop + 1))
        shifts = {pairs[index] - index for index in near if pairs[index] >= 0}
        agreeing = {shift: self._agreement(passage, shift) for shift in shifts}
        best = max(shifts, key=lambda shift: (agreeing[shift], -abs(shift)), default=None)
        return best if best is not None and agreeing[best] >= FIRM else None

    def _agreement(self, passage: range, shift: int) -> int:
        """Return how many words agree in the passage and next to it; 0 unless all in it do."""
        old, new = self.old.ids, self.new.ids
        if not self._is_same(passage, shift):
            return 0
        before = range(passage.start - 1, max(-1, passage.start - 1 - _AROUND), -1)
        after = range(passage.stop, min(len(old), passage.stop + _AROUND))
        count = len(passage)
        for side in (before, after):
            for index in side:
                if not (0 <= index + shift < len(new) and old[index] == new[index + shift]):
                    break
                count += 1
        return count

    def _is_same(self, passage: range, shift: int) -> bool:
        first, stop = passage.start + shift, passage.stop + shift
        if first < 0 or stop > len(self.new.ids):
            return False
        return self.old.ids[passage.start : passage.stop] == self.new.ids[first:stop]

    def _shift_in_gap(self, passage: range) -> int | None:
        """Return where a short passage went in a narrow gap between firm runs, or None.

        It must be there once in the gap as it was and once in the gap as it is, be in one
        line with a run before it or after it, and stand among the words that it stood among.
        """
        if not passage:
            return None
        old_gap, new_gap = self._gap_around(passage)
        if max(len(old_gap), len(new_gap)) > _NARROW + len(passage):
            return None
        words = self.old.ids[passage.start : passage.stop]
        here = _places(self.old.ids, old_gap, words)
        there = _places(self.new.ids, new_gap, words)
        if len(here) != 1 or len(there) != 1:
            return None
        found = range(there[0], there[0] + len(passage))
        is_near = (
            self.old.are_in_one_line(old_gap.start - 1, passage.start)
            and self.new.are_in_one_line(new_gap.start - 1, found.start)
        ) or (
            self.old.are_in_one_line(passage.stop - 1, old_gap.stop)
            and self.new.are_in_one_line(found.stop - 1, new_gap.stop)
        )
        is_sure = len(passage) >= _SURE or max(len(old_gap), len(new_gap)) <= _NARROWER
        is_held = is_sure or self._has_a_neighbour(passage, found)
        is_in_order = self._is_in_order(old_gap, passage, found)
        return there[0] - here[0] if is_near and is_held and is_in_order else None

    def _has_a_neighbour(self, passage: range, found: range) -> bool:
        """Say whether the same word stands before both, or after both."""
        old, new = self.old.ids, self.new.ids
        before = (
            old[max(0, passage.start - 1) : passage.start],
            new[max(0, found.start - 1) : found.start],
        )
        after = (old[passage.stop : passage.stop + 1], new[found.stop : found.stop + 1])
        return before[0] == before[1] or after[0] == after[1]

    def _is_in_order(self, gap: range, passage: range, found: range) -> bool:
        """Say whether no word of the old `gap` went from one side of the passage to the other."""
        before = (self.pairs[index] for index in range(gap.start, passage.start))
        after = (self.pairs[index] for index in range(passage.stop, gap.stop))
        has_passed = any(other >= found.start for other in before)
        return not has_passed and not any(0 <= other < found.stop for other in after)

    def _gap_around(self, passage: range) -> tuple[range, range]:
        """Return the gaps, in both texts, between the nearest firm runs around the passage."""
        before, after = passage.start, passage.stop
        while before > 0 and not self._is_firm(before - 1):
            before -= 1
            if passage.start - before > _NARROW:
                break
        while after < len(self.pairs) and not self._is_firm(after):
            after += 1
            if after - passage.stop > _NARROW:
                break
        new_from = self.pairs[before - 1] + 1 if before else 0
        is_open = after < len(self.pairs)
        new_to = self.pairs[after] if is_open else len(self.new.ids)
        return range(before, after), range(new_from, max(new_from, new_to))

    def _is_firm(self, index: int) -> bool:
        """Say whether the word stands in a run of FIRM words that went together."""
        pairs, other = self.pairs, self.pairs[index]
        if other < 0:
            return False
        first = last = index
        while (
            last - first + 1 < FIRM and first > 0 and pairs[first - 1] == other - index + first - 1
        ):
            first -= 1
        while (
            last - first + 1 < FIRM
            and last + 1 < len(pairs)
            and pairs[last + 1] == other - index + last + 1
        ):
            last += 1
        return last - first + 1 >= FIRM

    def _span_at(self, passage: range, shift: int, span: Span) -> Span | None:
        """Return the span of the passage's words `shift` on, cut within a word as `span` is."""
        first, last = passage.start, passage.stop - 1
        start = self._inside(first, first + shift, span.start)
        end = self._inside(last, last + shift, span.end)
        return None if start is None or end is None or start >= end else Span(start, end)

    def _inside(self, index: int, other: int, offset: int) -> int | None:
        """Return the offset in the new word `other` for `offset` in or beside the old `index`."""
        if offset <= self.old.starts[index]:
            return self.new.starts[other]
        if offset >= self.old.ends[index]:
            return self.new.ends[other]
        if len(self.old.written(index)) != len(self.new.written(other)):
            return None
        return self.new.starts[other] + offset - self.old.starts[index]


def align(old: str, new: str) -> Alignment:
    """Return where the words of `old` stand in `new`; time and memory are bounded at 1 MB."""
    numbers: dict[str, int] = {}
    return Alignment(tokens_of(old, numbers), tokens_of(new, numbers))


def _places(ids: Sequence[int], gap: range, words: Sequence[int]) -> list[int]:
    starts = range(gap.start, gap.stop - len(words) + 1)
    return [at for at in starts if ids[at : at + len(words)] == words]
