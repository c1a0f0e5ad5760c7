"""Names that hold what somebody is typing.

Names are compared as readers mean them, in Python: upper and lower case are the same, straight
and curly quotes, and letters with and without accents. No two databases agree on that.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from corpus.text.folding import UNSEEN, fold

# So many names stay folded between two keys that are typed.
_REMEMBERED = 2**14


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, as they are compared, without repetitions."""
    return list(dict.fromkeys(plain(typed).split()))


def holds(name: str, words: Sequence[str]) -> bool:
    """Say whether each of `words`, which `words_of` gave, stands in `name`."""
    compared = plain(name)
    return all(word in compared for word in words)


def parts_of(name: str, typed: str) -> list[tuple[str, bool]]:
    """Return `name` in parts, those that hold a typed word marked; joined they are `name`."""
    words = words_of(typed)
    if not words:
        return [(name, False)] if name else []
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    compared, offsets = _with_offsets(name)
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in re.finditer(pattern, compared):
        start, before = offsets[found.start()], end
        # A sign that is two when compared is marked whole, and with it what it carries.
        end = max(offsets[found.end() - 1] + 1, offsets[found.end()])
        parts += [(name[before:start], False), (name[start:end], True)]
    return [part for part in [*parts, (name[end:], False)] if part[0]]


def rank(name: str, typed: str) -> int:
    """Return how near `name` is to what was typed: 0 when it begins so, 1 at a word, else 2."""
    begun, wanted = plain(name), plain(typed)
    if begun.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in begun else 2


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return `text` as it is compared: folded, without case and accents."""
    folded = fold(text)
    return folded.lower() if folded.isascii() else "".join(map(_plain_sign, folded))


def _with_offsets(name: str) -> tuple[str, list[int]]:
    """Return `name` as it is compared, and where in it each character stood; then its length."""
    pieces = [_plain_sign(sign) for sign in name]
    offsets = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*offsets, len(name)]


def _plain_sign(sign: str) -> str:
    if sign in UNSEEN or sign.isspace():
        return " " if sign.isspace() else ""
    apart = unicodedata.normalize("NFKD", fold(sign)).casefold()
    return "".join(part for part in apart if not unicodedata.combining(part))
