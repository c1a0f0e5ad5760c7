"""Which of the blocks that went from a text are those that came elsewhere in it.

A moved block may have been changed too: it is the one that has most words with it in common.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.text.folding import fold
from corpus.text.pairing import LARGEST
from corpus.text.tokens import tokens_of

# So much of the words of both has to be the same, in one order, for the one to be the other.
_LEAST_ALIKE = 0.5
# A block of fewer words is like many others: it has to be the same.
_LEAST_WORDS = 6
# Two words next to each other that stand in more blocks than this say nothing of one of them.
_COMMON = 40
# So many of the blocks that have most such words in common are looked at.
_TRIED = 3

_Couple = tuple[int, int]


def moved_pairs(gone: Sequence[str], came: Sequence[str]) -> dict[int, int]:
    """Return which of `gone` is which of `came`, by their indexes; each is there once.

    Equal words go first, the first with the first; then those that are most alike.
    """
    pairs = dict(_equal(gone, came))
    taken = set(pairs.values())
    left = [index for index in range(len(gone)) if index not in pairs]
    there = [index for index in range(len(came)) if index not in taken]
    numbers: dict[str, int] = {}
    ours = {index: tokens_of(gone[index], numbers).ids for index in left}
    theirs = {index: tokens_of(came[index], numbers).ids for index in there}
    for _unlikeness, first, other in sorted(_alike(ours, theirs)):
        if first not in pairs and other not in taken:
            pairs[first] = other
            taken.add(other)
    return pairs


def _equal(gone: Sequence[str], came: Sequence[str]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(gone):
        places[fold(words)].append(index)
    for other, words in enumerate(came):
        if found := places.get(fold(words)):
            yield found.pop(0), other


def _alike(
    gone: Mapping[int, Sequence[int]], came: Mapping[int, Sequence[int]]
) -> Iterator[tuple[float, int, int]]:
    """Yield how unlike, 0 to 1, those of `gone` and `came` are that may be the same."""
    # Imported when it is first used: a site that starts should not wait for it.
    from rapidfuzz.distance import Indel

    holders: dict[_Couple, list[int]] = defaultdict(list)
    for first, words in gone.items():
        for couple in set(pairwise(words)):
            holders[couple].append(first)
    for other, theirs in came.items():
        shared = Counter(
            first
            for couple in set(pairwise(theirs))
            if len(holders.get(couple, ())) <= _COMMON
            for first in holders.get(couple, ())
        )
        for first, _count in shared.most_common(_TRIED):
            ours = gone[first]
            shorter = min(len(ours), len(theirs))
            if shorter < _LEAST_WORDS or len(ours) * len(theirs) > LARGEST:
                continue
            unlike = Indel.normalized_distance(ours, theirs)
            if unlike <= 1 - _LEAST_ALIKE:
                yield unlike, first, other
