"""Find a quoted passage again in a text, as the offsets contract says the server does."""

from collections.abc import Iterator

from corpus.text.folding import fold, fold_with_offsets
from corpus.text.spans import Span


def find_quote(
    text: str, exact: str, *, prefix: str = "", suffix: str = "", hint: int = 0
) -> Span | None:
    """Return the span of `exact` in `text`, or None when it is not there.

    Once: that one. Several times: the one whose surroundings share most characters with
    `prefix` and `suffix`, nearest to `hint` (a start in code points) on a tie. Not at all:
    once more with white space, quotes and dashes folded. Raises ValueError if `exact` is blank.
    Source: W3C Web Annotation 4.2.4 (Text Quote Selector).
    """
    if not exact.strip():
        raise ValueError("a blank quote is everywhere")
    spans = [Span(start, start + len(exact)) for start in _occurrences(text, exact)]
    if not spans:
        spans = _folded_occurrences(text, exact)
    if not spans:
        return None
    return max(
        spans,
        key=lambda span: (_agreement(text, span, prefix, suffix), -abs(span.start - hint)),
    )


def _occurrences(text: str, exact: str) -> Iterator[int]:
    start = text.find(exact)
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _folded_occurrences(text: str, exact: str) -> list[Span]:
    folded, offsets = fold_with_offsets(text)
    quote = fold(exact)
    if not quote:
        return []
    return [
        Span(offsets[start], offsets[start + len(quote) - 1] + 1)
        for start in _occurrences(folded, quote)
    ]


def _agreement(text: str, span: Span, prefix: str, suffix: str) -> int:
    """Return how many characters around the span agree with prefix and suffix, counted outward."""
    before = text[max(0, span.start - len(prefix)) : span.start]
    after = text[span.end : span.end + len(suffix)]
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


def _common(first: str, second: str) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length
