"""Where a passage stands in the text of a version. Source: the offsets contract.

Offsets are code points, half-open. Quotes are cut from our own text, never from what a
client sent.
"""

from dataclasses import dataclass

from corpus.text.quote_search import find_quote
from corpus.text.spans import CONTEXT_SIZE, Span, context, snap_to_graphemes, trim_white_space

MAX_QUOTE = 10_000


@dataclass(frozen=True)
class Passage:
    """What a client says it marked: offsets in the text it saw, and the words there."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Target:
    """A passage of a version's text, with its words and up to 32 characters around them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def place(text: str, passage: Passage, *, is_same_text: bool) -> Target | None:
    """Return where `passage` stands in `text`, or None when its words are not there.

    With `is_same_text` (the client saw this very version) its offsets are believed when
    the words agree; in all other cases the words are looked for. The target never cuts a
    character that readers see as one, and has no white space at its ends. None as well
    when nothing but white space is left.
    """
    if is_same_text and _stands_there(text, passage):
        return target_at(text, passage.start, passage.end)
    if not passage.exact.strip():
        return None
    found = find_quote(
        text,
        passage.exact,
        prefix=passage.prefix[-CONTEXT_SIZE:],
        suffix=passage.suffix[:CONTEXT_SIZE],
        hint=passage.start,
    )
    return target_at(text, *found) if found else None


def target_at(text: str, start: int, end: int) -> Target | None:
    """Return the target for start..end, snapped and trimmed; None when nothing is left.

    Raises ValueError when the offsets are no span of `text`.
    """
    span = trim_white_space(text, *snap_to_graphemes(text, start, end))
    return _cut(text, span) if span.start < span.end else None


def _stands_there(text: str, passage: Passage) -> bool:
    is_span = 0 <= passage.start < passage.end <= len(text)
    return is_span and text[passage.start : passage.end] == passage.exact


def _cut(text: str, span: Span) -> Target:
    prefix, suffix = context(text, *span)
    return Target(span.start, span.end, text[span.start : span.end], prefix, suffix)
