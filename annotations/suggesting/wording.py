"""Which sentences word a claim: a small ranker, in the manner of relevance feedback.

A claim is wanted by the words of its name and, above all, by those that its accepted passages
have in common. A word weighs the more the fewer sentences have it: those at hand, with as
many of English at large, so that few sentences do not make everything rare. Source: Rocchio,
"Relevance feedback in information retrieval", 1971; Robertson and Sparck Jones, 1976.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotations.suggesting.stems import beginning, stem
from corpus.text.frequencies import share_of_articles
from corpus.text.words import words_of

LIKELY = 0.3
"""A sentence with so much of what is wanted words the claim as often as not.

On the starter set it finds eight of the eleven passages of its largest claim when the other half
is known, with two that are none (tests/benchmarks/suggesting.py)."""

# A claim with hardly any passage is known by its name alone: nearly all of it has to be there.
_FEW = 2
_LIKELY_BY_NAME = 0.75
# What a word of the name weighs, one of the statement, and one that all passages have.
_OF_NAME = 2.0
_OF_STATEMENT = 0.25
_OF_PASSAGES = 6.0
# A word that only one passage has may be there by chance.
_ONLY_ONCE = 0.3
# The share that all passages have is believed as if one more passage did not have it.
_DOUBT = 1
# What the heaviest words that are wanted weigh together is a full score.
_FULL = 6
# Words that one sentence in twenty has tell nothing of what it says.
_TELLING = 3.0
# Sentences of English at large that are counted with those at hand, and how many make an article.
_AT_LARGE = 100
_SENTENCES = 30
# No word is in all articles that there will ever be.
_MOST = 0.95
# What a second word has to weigh beside the first for both to count.
_SECOND = 0.1
# Words that a reason names.
_MOST_GIVEN = 4
_SHORTEST = 2


@dataclass(frozen=True)
class Claimed:
    """What is known of a claim: its name, its statement, and its accepted passages."""

    name: str
    statement: str
    passages: Sequence[str]


@dataclass(frozen=True)
class Likeness:
    """How much of what is wanted a sentence has, 0 to 1, and its words that say so."""

    score: float
    words: tuple[str, ...]


class Rarity:
    """How much each word tells, counted in sentences that stand at hand."""

    def __init__(
        self, sentences: Iterable[Mapping[str, str]], shares: Mapping[str, float] | None = None
    ) -> None:
        """Count the `sentences`, each as `terms_of` has it.

        `shares` says in which share, 0 to 1, of the articles here each folded word stands.
        """
        self._shares = shares or {}
        self._with: Counter[str] = Counter()
        self._sentences = 0
        for terms in sentences:
            self._with.update(terms.keys())
            self._sentences += 1
        self._known: dict[str, float] = {}

    def of(self, term: str, word: str) -> float:
        """Return the weight of `term`, written `word`; 0 for one that tells nothing."""
        if term not in self._known:
            self._known[term] = self._weight(term, word)
        return self._known[term]

    def _weight(self, term: str, word: str) -> float:
        share = min(max(share_of_articles(word), self._shares.get(word, 0.0)), _MOST)
        at_large = _AT_LARGE * (1 - (1 - share) ** (1 / _SENTENCES))
        # A third of a sentence more: what nobody wrote yet is not infinitely rare.
        having = self._with[term] + at_large + 1 / 3
        rarity = -math.log(min(1.0, having / (self._sentences + _AT_LARGE)))
        return rarity**2 if rarity >= _TELLING else 0.0


class Wanted:
    """The terms of one claim with their weights; what is `likely` words it."""

    def __init__(self, claimed: Claimed, rarity: Rarity) -> None:
        """Weigh what `claimed` says, each term by its `rarity` too."""
        name, statement = terms_of(claimed.name), terms_of(claimed.statement)
        self._passages = [terms_of(passage) for passage in claimed.passages]
        self._words = {**_together(self._passages), **statement, **name}
        self._weights = _weights(name, statement, self._passages, rarity)
        self.likely = LIKELY if len(claimed.passages) >= _FEW else _LIKELY_BY_NAME
        heaviest = sorted(self._weights.values(), reverse=True)[:_FULL]
        self._full = sum(heaviest)

    @property
    def beginnings(self) -> list[str]:
        """Return what words that tell begin with, the heaviest first."""
        told = (term for term, weight in self._weights.items() if weight > 0)
        ordered = sorted(told, key=lambda term: (-self._weights[term], term))
        return [beginning(self._words[term]) for term in ordered]

    def likeness(self, sentence: Mapping[str, str]) -> Likeness:
        """Return how much of it the `sentence`, as `terms_of` has it, says."""
        weighed = [
            (self._weights[term], word, term)
            for term, word in sentence.items()
            if self._weights.get(term, 0) > 0
        ]
        if not weighed or not self._full:
            return Likeness(0.0, ())
        weighed.sort(key=lambda item: (-item[0], item[1]))
        score = min(1.0, sum(weight for weight, *_rest in weighed) / self._full)
        if self._hangs_on_one(weighed):
            score /= 2
        return Likeness(score, tuple(word for _weight, word, _term in weighed[:_MOST_GIVEN]))

    def _hangs_on_one(self, weighed: Sequence[tuple[float, str, str]]) -> bool:
        """Say whether all of it is one word, which most of the accepted passages do without."""
        heaviest, _word, term = weighed[0]
        if len(weighed) > 1 and weighed[1][0] >= _SECOND * heaviest:
            return False
        having = sum(term in passage for passage in self._passages)
        return 2 * having < len(self._passages)

    def nearest(self, sentence: Mapping[str, str]) -> int | None:
        """Return the place of the accepted passage that shares most with `sentence`, or None."""
        shared = [
            sum(self._weights.get(term, 0.0) for term in passage if term in sentence)
            for passage in self._passages
        ]
        best = max(shared, default=0.0)
        return shared.index(best) if best > 0 else None


def terms_of(text: str) -> dict[str, str]:
    """Return the stems of the words of `text`, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in words_of(text):
        if len(word) >= _SHORTEST:
            found.setdefault(stem(word), word)
    return found


def _weights(
    name: Mapping[str, str],
    statement: Mapping[str, str],
    passages: Sequence[Mapping[str, str]],
    rarity: Rarity,
) -> dict[str, float]:
    own = dict.fromkeys(statement, _OF_STATEMENT)
    for term in name:
        own[term] = own.get(term, 0.0) + _OF_NAME
    said = Counter(term for passage in passages for term in passage)
    words = {**_together(passages), **statement, **name}
    return {
        term: (own.get(term, 0.0) + _agreed(said[term], len(passages), term in own))
        * rarity.of(term, word)
        for term, word in words.items()
    }


def _together(passages: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {term: word for passage in passages for term, word in passage.items()}


def _agreed(said: int, passages: int, is_own: bool) -> float:
    """Return what a term weighs that `said` of `passages` have; `is_own`: the claim itself too."""
    chance = _ONLY_ONCE if said == 1 and not is_own else 1.0
    return _OF_PASSAGES * chance * said / (passages + _DOUBT)
