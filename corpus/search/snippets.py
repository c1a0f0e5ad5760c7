"""The words around what was found, with the matches marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from corpus.search.query import Query, Term
from corpus.text.sentences import sentences
from corpus.text.spans import Span
from corpus.text.words import Word, places_that_may_be, words_with_offsets

# Longer sentences are shown in part; source: two to three lines of the design's measure.
LONGEST_SNIPPET = 280
# Words kept before the first match of a sentence that is cut.
_LEAD = 80
# One place in so many characters: cutting all of the text into words is faster then.
_DENSE = 20


@dataclass(frozen=True)
class Piece:
    """A run of words: matched or not, in the colour `slot` of a highlight or None."""

    text: str
    is_match: bool = False
    slot: int | None = None


def matches_in(text: str, query: Query, start: int = 0, end: int | None = None) -> list[Span]:
    """Return where the wanted terms of `query` stand in text[start:end], in order.

    Offsets are code points in `text`; the spans may overlap.
    """
    found: set[Span] = set()
    for words in _beginnings(text, query, start, len(text) if end is None else end):
        found.update(span for term in query.wanted for span in _spans_at(term, words))
    return sorted(found)


def best_sentence(text: str, start: int, end: int, matches: Sequence[Span]) -> Span:
    """Return the sentence of text[start:end] with most matches, the first of them on a tie."""
    places = [match.start for match in matches if start <= match.start < end] or [start]
    lines = dict.fromkeys(_line_at(text, place, start, end) for place in places)
    candidates = [found for line in lines for found in sentences(text, line.start, line.end)]
    if not candidates:
        return Span(start, end)
    return max(candidates, key=lambda sentence: (_count_in(sentence, matches), -sentence.start))


def window(text: str, sentence: Span, matches: Sequence[Span]) -> Span:
    """Return the part of `sentence` to show: all of it, or as much as fits round a match."""
    if sentence.end - sentence.start <= LONGEST_SNIPPET:
        return sentence
    inside = [match for match in matches if sentence.start <= match.start < sentence.end]
    start = max(sentence.start, inside[0].start - _LEAD) if inside else sentence.start
    start = min(start, sentence.end - LONGEST_SNIPPET)
    end = min(sentence.end, start + LONGEST_SNIPPET)
    if start > sentence.start:
        start = _next_word(text, start, end)
    if end < sentence.end:
        end = _last_space(text, start, end)
    return Span(start, end)


def pieces_of(
    text: str, shown: Span, matches: Iterable[Span], tints: Iterable[tuple[int, int, int]] = ()
) -> tuple[Piece, ...]:
    """Return text[shown] cut wherever a match or a tint (start, end, slot) begins or ends."""
    matched = [span for span in matches if span.start < shown.end and shown.start < span.end]
    tinted = [tint for tint in tints if tint[0] < shown.end and shown.start < tint[1]]
    cuts = {shown.start, shown.end}
    for start, end in [*matched, *((tint[0], tint[1]) for tint in tinted)]:
        cuts.update(cut for cut in (start, end) if shown.start < cut < shown.end)
    return tuple(
        Piece(
            text[start:end],
            any(span.start <= start < span.end for span in matched),
            next((slot for low, high, slot in tinted if low <= start < high), None),
        )
        for start, end in pairwise(sorted(cuts))
    )


def with_ellipses(pieces: tuple[Piece, ...], shown: Span, whole: Span) -> tuple[Piece, ...]:
    """Return `pieces` with an ellipsis wherever `shown` leaves out some of `whole`."""
    before = (Piece("… "),) if shown.start > whole.start else ()
    after = (Piece(" …"),) if shown.end < whole.end else ()
    return (*before, *pieces, *after)


def snippet(text: str, query: Query) -> tuple[Piece, ...]:
    """Return the sentence of `text` that answers `query` best, its matches marked."""
    matches = matches_in(text, query)
    sentence = best_sentence(text, 0, len(text), matches)
    shown = window(text, sentence, matches)
    return with_ellipses(pieces_of(text, shown, matches), shown, sentence)


def _beginnings(text: str, query: Query, start: int, end: int) -> Iterator[Sequence[Word]]:
    """Yield the words of text[start:end] that may begin with a wanted term, as many as it has.

    A text whose letters are hardly ASCII is cut into words as a whole.
    """
    if not query:
        return
    most = max(len(term.words) for term in query.wanted)
    places = places_that_may_be({term.words[0] for term in query.wanted}, text, start, end)
    if len(places) * _DENSE > end - start:
        words = list(words_with_offsets(text, start, end))
        yield from (words[first : first + most] for first in range(len(words)))
    else:
        yield from (list(islice(words_with_offsets(text, place, end), most)) for place in places)


def _spans_at(term: Term, words: Sequence[Word]) -> Iterable[Span]:
    """Yield where `term` stands if `words` begin with it."""
    run = words[: len(term.words)]
    if len(run) == len(term.words) and all(
        _is_meant(term, index, word) for index, word in enumerate(run)
    ):
        yield Span(run[0].start, run[-1].end)


def _is_meant(term: Term, index: int, word: Word) -> bool:
    meant = term.words[index]
    if term.is_prefix and index == len(term.words) - 1:
        return word.folded.startswith(meant)
    return word.folded == meant


def _line_at(text: str, place: int, start: int, end: int) -> Span:
    """Return the line round `place` in text[start:end]: no sentence goes on beyond it."""
    stop = text.find("\n", place, end)
    return Span(text.rfind("\n", start, place) + 1 or start, end if stop < 0 else stop)


def _count_in(sentence: Span, matches: Sequence[Span]) -> int:
    return sum(sentence.start <= match.start < sentence.end for match in matches)


def _next_word(text: str, start: int, end: int) -> int:
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1


def _last_space(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", start, end)
    return end if space <= start else space
