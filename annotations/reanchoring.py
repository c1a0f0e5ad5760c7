"""Where highlights of one text stand in another that it was edited to.

One alignment of both texts places what went along in order, and what was moved with the
words around it. For the rest the quote is looked for and scored: quote 50, prefix 20,
suffix 20, position 2 (Hypothesis client, `annotator/anchoring/match-quote`). The same
words elsewhere are a placement only when they can be no others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotations.anchoring import Target, target_at
from corpus.text.alignment import Alignment, align
from corpus.text.folding import fold, fold_with_offsets
from corpus.text.resemblance import Resemblance
from corpus.text.spans import Span, context

State = Literal["exact", "moved", "changed", "orphan"]

_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_ALL = _QUOTE + _PREFIX + _SUFFIX + _POSITION

# In its own place a passage is known by this score, when this much of it is still there.
_SCORE_IN_PLACE = 0.6
_ALIKE_IN_PLACE = 0.5
# A changed ending or spelling: the letters of a word or two.
_RESPELT = 0.8
# Elsewhere it must be as many words as are no chance, and most of them.
_SCORE_ELSEWHERE = 0.55
_ALIKE_ELSEWHERE = 0.75
_WORDS_ELSEWHERE = 6
# Below this a guess would only mislead.
_SCORE_GUESS = 0.3
# What counts as the same surroundings: no less than so many folded characters, so alike.
_LEAST_CONTEXT = 12
_SAME_CONTEXT = 0.75
# A quote of so many words and characters that stands once in both texts can be no other.
_UNIQUE_WORDS = 3
_UNIQUE_LENGTH = 16
# More places with the same words than these are not told apart.
_MOST_PLACES = 50


@dataclass(frozen=True)
class Carried:
    """How a highlight came over: `target` is its new place, None for an orphan.

    `guess` is where an orphan's words may have gone, None when nothing is like them.
    """

    state: State
    target: Target | None
    guess: Span | None = None


class _Candidate(NamedTuple):
    score: float
    alike: float
    span: Span


def reanchor(old_text: str, new_text: str, targets: Sequence[Target]) -> list[Carried]:
    """Return how each of `targets`, which stand in `old_text`, stands in `new_text`, in order.

    Raises ValueError when a target is no span of `old_text`.
    """
    search = Reanchoring(old_text, new_text)
    return [search.carried(target) for target in targets]


class Reanchoring:
    """Two texts, prepared once for all highlights of the old one."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self._old, self._new = old_text, new_text
        self._alignment: Alignment = align(old_text, new_text)
        self._resemblance = Resemblance(self._alignment)
        self._folded, self._offsets = fold_with_offsets(new_text)
        self._old_folded = fold_with_offsets(old_text)[0]

    def carried(self, target: Target) -> Carried:
        """Return how `target` came over; raises ValueError when it is no span of the old text."""
        if not 0 <= target.start < target.end <= len(self._old):
            raise ValueError(f"{target.start}..{target.end} is no span of the old text")
        words = Span(target.start, target.end)
        return (
            self._placed("exact", target, self._alignment.span(*words))
            or self._placed("moved", target, self._alignment.moved_span(*words))
            or self._found(target)
        )

    def _placed(self, state: State, target: Target, span: Span | None) -> Carried | None:
        """Return the target as it stands at `span`, or None unless its very words are there."""
        there = target_at(self._new, *span) if span else None
        if there is None or _words(there.exact) != _words(target.exact):
            return None
        return Carried(state, there)

    def _found(self, target: Target) -> Carried:
        """Return what the search for the quote itself finds."""
        places = list(self._same_words(target))
        free = [place for place in places if not self._alignment.is_taken(place.span, _of(target))]
        best = max(free, default=None)
        if best and self._is_unmistakable(target, best, is_only=len(places) == 1):
            carried = self._placed(self._state_at(target, best.span), target, best.span)
            if carried is not None:
                return carried
        return self._changed(target) or self._orphan(target, places)

    def _state_at(self, target: Target, span: Span) -> State:
        slot = self._alignment.slot(target.start, target.end)
        words = self._alignment.new.touching(*span)
        is_in_place = slot.start <= words.start and words.stop <= slot.stop
        return "exact" if is_in_place else "moved"

    def _same_words(self, target: Target) -> Iterator[_Candidate]:
        """Yield where the same words stand, folded, at most _MOST_PLACES of them."""
        quote = fold(target.exact)
        at = self._folded.find(quote) if quote else -1
        for _count in range(_MOST_PLACES):
            if at < 0:
                return
            span = Span(self._offsets[at], self._offsets[at + len(quote) - 1] + 1)
            if _ends_alike(target, self._new, span):
                yield self._scored(target, span, alike=1.0)
            at = self._folded.find(quote, at + 1)

    def _is_unmistakable(self, target: Target, found: _Candidate, *, is_only: bool) -> bool:
        before, after = context(self._new, *found.span)
        # By words as well: different words may be spelt alike.
        same = [
            _alike(theirs, here) >= _SAME_CONTEXT and len(fold(theirs)) >= _LEAST_CONTEXT
            for theirs, here in ((target.prefix, before), (target.suffix, after))
        ]
        quote = fold(target.exact)
        count = len(quote.split())
        if all(same) or (any(same) and count >= _UNIQUE_WORDS):
            return True
        is_once = is_only and self._old_folded.count(quote) == 1
        return is_once and count >= _UNIQUE_WORDS and len(quote) >= _UNIQUE_LENGTH

    def _changed(self, target: Target) -> Carried | None:
        for there, is_in_place in self._like(target):
            if self._is_believed(target, there, is_in_place=is_in_place):
                return Carried("changed", there)
        return None

    def _like(self, target: Target) -> Iterator[tuple[Target, bool]]:
        """Yield what the passage may have become, and whether that stands in its place."""
        words = _of(target)
        spans = (
            (self._resemblance.in_place(*words), True),
            (self._resemblance.instead(*words), True),
            (self._resemblance.elsewhere(*words), False),
        )
        for span, is_in_place in spans:
            there = target_at(self._new, *span) if span else None
            if there is not None:
                yield there, is_in_place

    def _is_believed(self, target: Target, there: Target, *, is_in_place: bool) -> bool:
        found = self._scored(target, _of(there), alike=_alike(target.exact, there.exact))
        if self._alignment.is_taken(found.span, _of(target)):
            return False
        if not is_in_place:
            is_long = len(target.exact.split()) >= _WORDS_ELSEWHERE
            is_alike = found.alike >= _ALIKE_ELSEWHERE
            return is_long and is_alike and found.score >= _SCORE_ELSEWHERE
        is_alike = found.alike >= _ALIKE_IN_PLACE
        is_respelt = _letters_alike(target.exact, there.exact) >= _RESPELT
        return (is_alike or is_respelt) and found.score >= _SCORE_IN_PLACE

    def _orphan(self, target: Target, places: Sequence[_Candidate]) -> Carried:
        alike = [
            self._scored(target, _of(there), alike=_alike(target.exact, there.exact))
            for there, _ in self._like(target)
        ]
        best = max([*places, *alike], default=None)
        is_worth_telling = best is not None and best.score >= _SCORE_GUESS
        return Carried("orphan", None, best.span if best and is_worth_telling else None)

    def _scored(self, target: Target, span: Span, *, alike: float) -> _Candidate:
        prefix, suffix = self._contexts(target, span)
        away = abs(self._alignment.place(target.start) - span.start)
        near = 1 - away / max(1, len(self._new))
        score = _QUOTE * alike + _PREFIX * prefix + _SUFFIX * suffix + _POSITION * near
        return _Candidate(score / _ALL, alike, span)

    def _contexts(self, target: Target, span: Span) -> tuple[float, float]:
        """Return how alike what stands before and after is, each 0 to 1."""
        before, after = context(self._new, *span)
        return _near(target.prefix, before), _near(target.suffix, after)


def _of(target: Target) -> Span:
    return Span(target.start, target.end)


def _ends_alike(target: Target, text: str, span: Span) -> bool:
    """Say whether the words end there where they end in the target: “man” is not in “woman”."""
    before, after = context(text, *span, size=1)
    return _is_cut(before, target.exact) == _is_cut(target.prefix, target.exact) and _is_cut(
        target.exact, after
    ) == _is_cut(target.exact, target.suffix)


def _is_cut(one: str, following: str) -> bool:
    """Say whether a word goes on from `one` to `following`."""
    return one[-1:].isalnum() and following[:1].isalnum()


def _words(text: str) -> str:
    return "".join(fold(text).split())


def _near(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(fold(one), fold(other))


def _letters_alike(one: str, other: str) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(fold(one), fold(other))


def _alike(one: str, other: str) -> float:
    """Return how alike two quotes are, 0 to 1: half by their words, half by their letters."""
    from rapidfuzz.distance import Indel

    by_words = Indel.normalized_similarity(fold(one).split(), fold(other).split())
    return (by_words + _letters_alike(one, other)) / 2
