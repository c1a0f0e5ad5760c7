"""Sentences of a block of text, good enough to quote by."""

from corpus.text.patterns import when_used
from corpus.text.spans import Span

# A full stop after these ends no sentence.
_SHORT = "Mr|Mrs|Ms|Dr|St|Prof|Sir|Rev|Gen|Sen|Rep|Lt|Col|vs|cf|etc|e\\.g|i\\.e|U\\.S|U\\.K"
# What may be looked for first is a plain sign: looking behind at every letter takes 30 times
# as long.
_end = when_used(
    rf"""(?x)[.!?…](?<![.!?…]{{2}})[.!?…]*+  # all stops in a row
         (?<!\b(?:{_SHORT}|\p{{Lu}})[.!?…])   # not an abbreviation or an initial
         [\"”’'»)\]]*\s+                # the closing quotes
         (?=[\"“‘'«(\[]*[\p{{Lu}}\p{{N}}])  # and what follows begins a sentence
       |\n+|[。！？]"""
)


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of text[start:end], without the space between them.

    Offsets are code points in `text`. Every character that is no white space at a
    sentence's edge is in one of them.
    """
    found: list[Span] = []
    begin = start
    for match in _end().finditer(text, start, end):
        _add(found, text, begin, match.end())
        begin = match.end()
    _add(found, text, begin, end)
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    stripped = text[start:end].strip()
    if stripped:
        first = text.index(stripped, start)
        found.append(Span(first, first + len(stripped)))
