"""Names that may mean the same person or organisation: initials, surname alone, spelling."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from corpus.text.words import words_of

Why = Literal["spelling", "initials", "surname"]

_SCORES: Mapping[Why, float] = {"spelling": 0.95, "initials": 0.8, "surname": 0.5}
# A surname of fewer letters is an initial or a particle.
_SHORTEST = 3
# A slip of the pen changes one letter of so many; fewer letters make too many other names.
_LETTERS_A_SLIP = 6
_MOST_SLIPS = 2


@dataclass(frozen=True)
class SameName:
    """That `short`, a place in the list of names, may mean who is called `full`."""

    short: int
    full: int
    why: Why

    @property
    def score(self) -> float:
        """Return how likely it is, 0 to 1."""
        return _SCORES[self.why]


def same_names(names: Sequence[str]) -> Iterator[SameName]:
    """Yield the pairs of `names` that may mean one, by their places in the list.

    Case, accents and signs do not count; "J. Corbyn" and "Corbyn" may be "Jeremy Corbyn",
    unless somebody else here could be meant as well.
    """
    folded = [tuple(words_of(name)) for name in names]
    by_last: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(folded):
        if words:
            by_last[words[-1]].append(place)
    for last, places in by_last.items():
        yield from _spelt_alike(folded, places)
        if len(last) >= _SHORTEST:
            yield from _shorter(folded, places)


def may_be_same(one: str, other: str) -> bool:
    """Say whether two names may mean one: by initials, surname or spelling, a slip in it included.

    Here one asks about a name that is typed, so it is no matter who else could be meant.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return False
    if first[-1] == second[-1] and len(first[-1]) >= _SHORTEST:
        is_shorter = not _is_full(first) and _may_be(first, second)
        if is_shorter or (not _is_full(second) and _may_be(second, first)):
            return True
    return _are_spelt_nearly(" ".join(first), " ".join(second))


def _are_spelt_nearly(one: str, other: str) -> bool:
    # It costs each start some milliseconds, and most of what starts never compares names.
    from rapidfuzz.distance import DamerauLevenshtein

    slips = min(_MOST_SLIPS, min(len(one), len(other)) // _LETTERS_A_SLIP)
    return bool(DamerauLevenshtein.distance(one, other, score_cutoff=slips) <= slips)


def _spelt_alike(folded: Sequence[tuple[str, ...]], places: Sequence[int]) -> Iterator[SameName]:
    for one, other in combinations(places, 2):
        if folded[one] == folded[other]:
            yield SameName(other, one, "spelling")


def _shorter(folded: Sequence[tuple[str, ...]], places: Sequence[int]) -> Iterator[SameName]:
    """Yield who of `places`, with one surname, may be the only other with a fuller name."""
    full = [place for place in places if _is_full(folded[place])]
    for place in places:
        words = folded[place]
        if _is_full(words):
            continue
        meant = {folded[other]: other for other in reversed(full) if _may_be(words, folded[other])}
        if len(meant) == 1:
            why: Why = "surname" if len(words) == 1 else "initials"
            yield SameName(place, next(iter(meant.values())), why)


def _is_full(words: Sequence[str]) -> bool:
    return len(words) > 1 and len(words[0]) > 1


def _may_be(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether the initials of `short`, none for a surname, are those of `full`."""
    given, known = short[:-1], full[:-1]
    return len(given) <= len(known) and all(
        part == name or (len(part) == 1 and name.startswith(part))
        for part, name in zip(given, known, strict=False)
    )
