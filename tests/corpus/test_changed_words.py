"""Changed words, laid over a text that has marks of its own."""

import random

from annotations.marks import HighlightOverlay
from corpus.queries.changed_words import ChangedWords
from corpus.text.spans import Span


def test_each_piece_finds_the_words_that_changed_in_it() -> None:
    choose = random.Random(7)
    edges = sorted(choose.sample(range(400), 60))
    spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True)]
    changed = ChangedWords(HighlightOverlay(()), choose.sample(spans, len(spans)), "ins")
    for _time in range(300):
        start, end = sorted(choose.sample(range(400), 2))
        inside = [edge for span in spans for edge in span if start <= edge <= end]
        assert list(changed.edges(start, end)) == inside
        is_changed = any(span.start <= start < span.end for span in spans)
        assert changed.wrap(start, end, "x") == ("<ins>x</ins>" if is_changed else "x")
