"""Small samples of texts, by which many can be compared with one another at once.

A sketch holds the least of the fingerprints of a text: of two sketches, what is not above the
last one that both could hold is the same sample of either text. Source: Broder, "On the
resemblance and containment of documents", 1997.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corpus.text.runs import Fingerprint

LENGTH = 128
"""Fingerprints in a sketch; a text of fewer than about 450 words is in it whole."""


def sketch_of(runs: Iterable[Fingerprint]) -> list[int]:
    """Return the sketch of the text with these fingerprints, in ascending order."""
    return sorted(run.hash for run in runs)[:LENGTH]


def share_of(first: Sequence[int], second: Sequence[int], *, fewest: int) -> float:
    """Return how much of the shorter text the other has, 0 to 1, as their sketches tell.

    It is 0 where the samples hold fewer than `fewest` fingerprints.
    """
    full = [sketch[-1] for sketch in (first, second) if len(sketch) == LENGTH]
    ours, theirs = first, second
    if full:
        ours, theirs = (some[: bisect_right(some, min(full))] for some in (first, second))
    one, other = set(ours), set(theirs)
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= fewest else 0.0
