"""Pairing the words of two texts, given as numbers: in one order, and moved.

A pairing is a list with, for each old index, the new one, or -1. Nothing here compares
more than LARGEST pairs of words at once: longer stretches are first cut at runs of words
that both have once, and what cannot be cut stays unpaired.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.text.tokens import Tokens

# Old words times new words of which the common subsequence is sought in one go: 12 MB of bits.
LARGEST = 100_000_000
# So many words in a row seldom stand twice in a text.
_RUN = 6
# Fewer words in a row are not believed to have been moved.
_LEAST_MOVED = 8
# A line of fewer words is no landmark.
_LANDMARK = 6
# Shorter common runs between longer changes are chance.
_STRAY = 4


class Same(NamedTuple):
    """old[first:first + length] == new[other:other + length]."""

    first: int
    other: int
    length: int


class _Gap(NamedTuple):
    """The words old[first:stop], which may be among new[other:other_stop]."""

    first: int
    stop: int
    other: int
    other_stop: int

    @property
    def size(self) -> int:
        return (self.stop - self.first) * (self.other_stop - self.other)


def in_order(old: Tokens, new: Tokens) -> list[int]:
    """Return the pairing whose new indexes only grow: equal lines first, then words."""
    found = _same_lines(old, new)
    for gap in _between(found, _Gap(0, len(old.ids), 0, len(new.ids))):
        found = [*found, *_same_words(old.ids, new.ids, gap)]
    return _pairing(_without_strays(_joined(found), len(old.ids), len(new.ids)), len(old.ids))


def moved(old: Sequence[int], new: Sequence[int], pairs: Sequence[int]) -> list[int]:
    """Return the pairing of the words that `pairs` leaves out and that stand elsewhere now.

    Runs of _LEAST_MOVED words are paired that hold one which stands once in what is left.
    """
    free = bytearray(other < 0 for other in pairs)
    free_there = bytearray(b"\1" * len(new))
    for other in pairs:
        if other >= 0:
            free_there[other] = 0
    theirs = _once(new, free_there)
    found: list[Same] = []
    for run, first in _once(old, free).items():
        other = theirs.get(run, -1)
        if other < 0 or not (free[first] and free_there[other]):
            continue
        same = _grown(old, new, (first, other), (free, free_there))
        if same.length >= _LEAST_MOVED:
            found.append(same)
            free[same.first : same.first + same.length] = bytes(same.length)
            free_there[same.other : same.other + same.length] = bytes(same.length)
    return _pairing(found, len(old))


def _same_lines(old: Tokens, new: Tokens) -> list[Same]:
    """Return the lines that both texts have, in the order of both."""
    ours, theirs = _landmarks(old), _landmarks(new)
    numbers: dict[tuple[int, ...], int] = {}
    old_lines = [numbers.setdefault(line.words, len(numbers)) for line in ours]
    new_lines = [numbers.setdefault(line.words, len(numbers)) for line in theirs]
    found = _same_words(old_lines, new_lines, _Gap(0, len(ours), 0, len(theirs)))
    return [
        Same(ours[same.first + step].first, theirs[same.other + step].first, len(line.words))
        for same in found
        for step, line in enumerate(ours[same.first : same.first + same.length])
    ]


class _Line(NamedTuple):
    first: int
    words: tuple[int, ...]


def _landmarks(tokens: Tokens) -> list[_Line]:
    edges = zip(tokens.lines, tokens.lines[1:], strict=False)
    return [
        _Line(first, tuple(tokens.ids[first:stop]))
        for first, stop in edges
        if stop - first >= _LANDMARK
    ]


def _same_words(old: Sequence[int], new: Sequence[int], gap: _Gap) -> list[Same]:
    """Return the longest common subsequence of the gap, or less of one that is too large."""
    found: list[Same] = []
    waiting = [gap]
    while waiting:
        gap, edges = _trimmed(old, new, waiting.pop())
        found += edges
        if gap.size == 0:
            continue
        if gap.size <= LARGEST:
            found += _common(old, new, gap)
        elif anchors := _anchors(old, new, gap):
            found += anchors
            waiting += _between(anchors, gap)
    return _joined(found)


def _trimmed(old: Sequence[int], new: Sequence[int], gap: _Gap) -> tuple[_Gap, list[Same]]:
    """Return the gap without the words with which both sides begin and end, and those."""
    first, stop, other, other_stop = gap
    while first < stop and other < other_stop and old[first] == new[other]:
        first, other = first + 1, other + 1
    while first < stop and other < other_stop and old[stop - 1] == new[other_stop - 1]:
        stop, other_stop = stop - 1, other_stop - 1
    edges = (
        Same(gap.first, gap.other, first - gap.first),
        Same(stop, other_stop, gap.stop - stop),
    )
    return _Gap(first, stop, other, other_stop), [edge for edge in edges if edge.length]


def _common(old: Sequence[int], new: Sequence[int], gap: _Gap) -> Iterator[Same]:
    # Imported when it is first used: a site that starts should not wait for it.
    from rapidfuzz.distance import Indel

    ours, theirs = old[gap.first : gap.stop], new[gap.other : gap.other_stop]
    for block in Indel.opcodes(ours, theirs).as_matching_blocks():
        if block.size:
            yield Same(gap.first + block.a, gap.other + block.b, block.size)


def _anchors(old: Sequence[int], new: Sequence[int], gap: _Gap) -> list[Same]:
    """Return runs of words that both sides of the gap have once, in the order of both."""
    ours = _once(old, _only(len(old), gap.first, gap.stop))
    theirs = _once(new, _only(len(new), gap.other, gap.other_stop))
    both = sorted((first, theirs[run]) for run, first in ours.items() if run in theirs)
    return _joined([Same(first, other, _RUN) for first, other in _growing(both)])


def _only(length: int, start: int, stop: int) -> bytearray:
    return bytearray(start) + bytearray(b"\1" * (stop - start)) + bytearray(length - stop)


def _once(words: Sequence[int], free: bytearray) -> dict[tuple[int, ...], int]:
    """Return the runs of _RUN free words that stand once, and where each begins."""
    first: dict[tuple[int, ...], int] = {}
    again: set[tuple[int, ...]] = set()
    whole = b"\1" * _RUN
    at = free.find(whole)
    while at >= 0:
        run = tuple(words[at : at + _RUN])
        if run in first:
            again.add(run)
        else:
            first[run] = at
        at = free.find(whole, at + 1)
    return {run: at for run, at in first.items() if run not in again}


def _growing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs`, which are sorted, whose second numbers grow too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_first, other) in enumerate(pairs):
        at = bisect_left(tails, other)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [other]
        ends[at : at + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _grown(
    old: Sequence[int],
    new: Sequence[int],
    at: tuple[int, int],
    free: tuple[bytearray, bytearray],
) -> Same:
    """Return the run of free words round `at`, an old and a new index, that both texts have."""

    def is_same(index: int, other: int) -> bool:
        return (
            0 <= index < len(old)
            and 0 <= other < len(new)
            and bool(free[0][index] and free[1][other])
            and old[index] == new[other]
        )

    first, other = at
    length = 0
    while is_same(first + length, other + length):
        length += 1
    while is_same(first - 1, other - 1):
        first, other, length = first - 1, other - 1, length + 1
    return Same(first, other, length)


def _joined(found: Iterable[Same]) -> list[Same]:
    """Return the runs in order, those that touch or overlap as one, what contradicts left out."""
    joined: list[Same] = []
    for same in sorted(found):
        last = joined[-1] if joined else Same(0, 0, 0)
        over = max(0, last.first + last.length - same.first, last.other + last.length - same.other)
        first, other, length = same.first + over, same.other + over, same.length - over
        if length <= 0:
            continue
        if (first, other) == (last.first + last.length, last.other + last.length) and joined:
            joined[-1] = last._replace(length=last.length + length)
        else:
            joined.append(Same(first, other, length))
    return joined


def _between(found: Sequence[Same], gap: _Gap) -> list[_Gap]:
    """Return what the runs, which are in order, leave of the gap."""
    gaps = []
    first, other = gap.first, gap.other
    for same in [*found, Same(gap.stop, gap.other_stop, 0)]:
        gaps.append(_Gap(first, same.first, other, same.other))
        first, other = same.first + same.length, same.other + same.length
    return [gap for gap in gaps if gap.size]


def _without_strays(found: Sequence[Same], old_length: int, new_length: int) -> list[Same]:
    """Return the runs without the short ones between longer changes."""
    kept = []
    edges = [Same(0, 0, 0), *found, Same(old_length, new_length, 0)]
    for before, same, after in zip(edges, edges[1:], edges[2:], strict=False):
        if same.length >= _STRAY or same.length >= min(
            _changed(before, same), _changed(same, after)
        ):
            kept.append(same)
    return kept


def _changed(one: Same, next_one: Same) -> int:
    """Return how many words were changed between two runs, on the side with more."""
    return max(next_one.first - one.first - one.length, next_one.other - one.other - one.length)


def _pairing(found: Iterable[Same], length: int) -> list[int]:
    pairs = [-1] * length
    for same in found:
        pairs[same.first : same.first + same.length] = range(same.other, same.other + same.length)
    return pairs
