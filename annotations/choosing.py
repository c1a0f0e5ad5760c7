"""Choosing a passage without a pointer: by its sentences, or by its first and last words.

Offsets are code points, half-open, in the text of a version.
"""

from collections.abc import Sequence

from annotations.anchoring import Passage
from corpus.text.blocks import Block
from corpus.text.quote_search import find_quote
from corpus.text.sentences import sentences
from corpus.text.spans import CONTEXT_SIZE, Span, context


class WordsNotFound(Exception):
    """The words that were typed do not stand in the block."""


def sentences_of(text: str, block: Block) -> list[str]:
    """Return the sentences of `block`, which are chosen by their index in this list."""
    return [text[span.start : span.end] for span in sentences(text, block.start, block.end)]


def by_sentences(text: str, block: Block, chosen: Sequence[int]) -> Passage | None:
    """Return the passage from the first to the last of the `chosen` sentences.

    None when nothing is chosen; raises IndexError for a sentence that is not there.
    """
    if not chosen:
        return None
    spans = sentences(text, block.start, block.end)
    return cut(text, Span(spans[min(chosen)].start, spans[max(chosen)].end))


def by_words(text: str, block: Block, first: str, last: str) -> Passage | None:
    """Return the passage of `block` that begins with the words `first` and ends with `last`.

    Quotes, dashes and white space may be written otherwise. Only one of the two given is
    the passage itself; None when neither is. Raises WordsNotFound.
    """
    first, last = first.strip() or last.strip(), last.strip() or first.strip()
    if not first:
        return None
    begin = _found(text, Span(block.start, block.end), first)
    if last == first:
        return cut(text, begin)
    end = _found(text, Span(begin.start, block.end), last)
    return cut(text, Span(begin.start, max(begin.end, end.end)))


def cut(text: str, span: Span) -> Passage:
    """Return the passage at `span` with the words around it."""
    prefix, suffix = context(text, span.start, span.end, CONTEXT_SIZE)
    return Passage(span.start, span.end, text[span.start : span.end], prefix, suffix)


def _found(text: str, within: Span, words: str) -> Span:
    found = find_quote(text[within.start : within.end], words)
    if found is None:
        raise WordsNotFound(words)
    return Span(within.start + found.start, within.start + found.end)
