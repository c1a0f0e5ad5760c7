"""Claims that may say the same: by the words of their names, and by their passages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from annotations.suggesting.wording import terms_of
from corpus.text.frequencies import share_of_articles

LIKELY = 0.6
"""Two claims whose names or passages agree so much may be one."""

# A word of nearly every text makes no two names alike.
_EVERYDAY = 0.6
# So much less is told by words of the statements, which are chosen more freely.
_OF_STATEMENT = 0.9
# Two passages that both claims are tagged on may be chance, in two claims of two.
_FEWEST_PASSAGES = 2


@dataclass(frozen=True)
class Named:
    """A claim: all its names, its statement, and where it is tagged, as any hashable keys."""

    names: Sequence[str]
    statement: str
    places: Collection[object]


@dataclass(frozen=True)
class Agreement:
    """How much two claims agree, 0 to 1; the words, and how many passages, that say so."""

    score: float
    words: tuple[str, ...]
    passages: int


def agreement(one: Named, other: Named) -> Agreement:
    """Return how much two claims agree, by what says most."""
    named, words = max(
        (_share(_telling(ours), _telling(theirs)) for ours in one.names for theirs in other.names),
        default=(0.0, ()),
    )
    stated, stated_words = _share(_telling(one.statement), _telling(other.statement))
    both = len(set(one.places) & set(other.places))
    fewer = min(len(one.places), len(other.places))
    tagged = both / fewer if both >= _FEWEST_PASSAGES else 0.0
    score = max(named, _OF_STATEMENT * stated, tagged)
    if named < LIKELY and _OF_STATEMENT * stated >= LIKELY:
        words = stated_words
    return Agreement(score, words if max(named, stated) >= LIKELY else (), both)


def _telling(text: str) -> Mapping[str, str]:
    terms = terms_of(text)
    told = {term: word for term, word in terms.items() if share_of_articles(word) < _EVERYDAY}
    return told or terms


def _share(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[float, tuple[str, ...]]:
    """Return which share of the terms of either text both have (Jaccard), and the words."""
    both = sorted(word for term, word in ours.items() if term in theirs)
    either = len({**ours, **theirs})
    return (len(both) / either if either else 0.0), tuple(both)
