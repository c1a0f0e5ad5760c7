"""Spans of a text: half-open, in code points, never cutting what a reader sees as one character.

The offsets contract: text is NFC with line feeds; spans are snapped outward to grapheme
clusters (Unicode Standard Annex 29, as `regex` finds them with \\X) and trimmed of white space.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from corpus.text.patterns import when_used

CONTEXT_SIZE = 32

# They print nothing and are no White_Space, yet a quote that begins or ends with one looks wrong:
# zero width space, word joiner, byte order mark. The joiners U+200C and U+200D belong to words.
_INVISIBLE = "\u200b\u2060\ufeff"

# Every character that shows nothing; the last white space of Unicode is U+3000.
BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + _INVISIBLE

_cluster = when_used(r"\X")
# Syllables of Hangul that are one character join only with the letters that syllables are made of.
_joins_nothing = when_used(
    r"[\p{Grapheme_Cluster_Break=Other}\p{Grapheme_Cluster_Break=LV}\p{Grapheme_Cluster_Break=LVT}]{2}"
)

# Signs of Chinese and of Japanese, with its syllables, and the marks between them.
_UNPARTED = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BETWEEN = re.compile(r"[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_SIGNS_A_WORD = 2


class Span(NamedTuple):
    """text[start:end], in code points."""

    start: int
    end: int


def normalise(text: str) -> str:
    """Return `text` in NFC with every line end (CR LF, CR) as one line feed; all else stays."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def word_count(text: str) -> int:
    """Return how many words `text` has, as they are told to people: what blanks part.

    Chinese and Japanese part none: there so many signs are a word as are one on the average.
    """
    signs = 0 if text.isascii() else len(_UNPARTED.findall(text))
    if not signs:
        return len(text.split())
    rest = _BETWEEN.sub(" ", _UNPARTED.sub(" ", text)).split()
    return len(rest) + -(-signs // _SIGNS_A_WORD)


def is_blank(text: str) -> bool:
    """Say whether `text` shows nothing: white space (no-break and thin too), invisible marks."""
    return not text.strip(BLANKS)


def snap_to_graphemes(text: str, start: int, end: int) -> Span:
    """Return start..end widened so that neither end cuts a grapheme cluster.

    An empty span inside a cluster becomes that cluster. Raises ValueError when the offsets
    are not 0 <= start <= end <= len(text).
    """
    _check(text, start, end)
    return Span(_cluster_around(text, start).start, _snapped_end(text, end))


def trim_white_space(text: str, start: int, end: int) -> Span:
    """Return start..end without the blank clusters at both ends.

    A span that is all blank becomes empty at `start`. A space that carries a
    combining mark is no blank. Raises ValueError as snap_to_graphemes does.
    """
    _check(text, start, end)
    if start < end and not is_blank(text[start]) and not is_blank(text[end - 1]):
        return Span(start, end)
    clusters = list(_clusters(text, start, end))
    shown = [cluster for cluster in clusters if not is_blank(text[cluster.start : cluster.end])]
    return Span(shown[0].start, shown[-1].end) if shown else Span(start, start)


def context(text: str, start: int, end: int, size: int = CONTEXT_SIZE) -> tuple[str, str]:
    """Return the `size` code points before start and after end (fewer at the ends of the text)."""
    return text[max(0, start - size) : start], text[end : end + size]


def _check(text: str, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}..{end} is no span of a text of {len(text)} characters")


def _clusters(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _cluster().finditer(text, start, end):
        yield Span(match.start(), match.end())


def _cluster_around(text: str, offset: int) -> Span:
    """Return the cluster that `offset` cuts, else the empty span at `offset`."""
    if offset in (0, len(text)):
        return Span(offset, offset)
    # Looking from the last place that is always an edge is enough.
    known = offset
    while known > 0 and not _is_edge(text[known - 1 : known + 1]):
        known -= 1
    if known == offset:
        return Span(offset, offset)
    for cluster in _clusters(text, known, len(text)):
        if cluster.start < offset < cluster.end:
            return cluster
        if cluster.start >= offset:
            break
    return Span(offset, offset)


def _is_edge(pair: str) -> bool:
    """Say whether clusters always part between these two characters, whatever stands round them.

    They do between two ASCII characters (CR LF is none of our line ends) and between two that
    join with nothing, such as letters, ideographs and syllables in one piece. Source: Annex 29,
    rules GB3 to GB999: every rule that joins asks for another class on one side.
    """
    return pair.isascii() or _joins_nothing().fullmatch(pair) is not None


def _snapped_end(text: str, end: int) -> int:
    return _cluster_around(text, end).end
