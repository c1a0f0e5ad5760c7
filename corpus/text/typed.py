"""Names that hold what somebody is typing."""

import re

from corpus.text.folding import SAME_LENGTH, fold


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, folded, without repetitions."""
    return list(dict.fromkeys(fold(typed).split()))


def parts_of(name: str, typed: str) -> list[tuple[str, bool]]:
    """Return `name` in parts, those that hold a typed word marked; joined they are `name`.

    Upper and lower case are the same, as are straight and curly quotes.
    """
    words = words_of(typed)
    if not words:
        return [(name, False)] if name else []
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in re.finditer(pattern, name.translate(SAME_LENGTH), re.IGNORECASE):
        parts += [(name[end : found.start()], False), (name[found.start() : found.end()], True)]
        end = found.end()
    return [part for part in [*parts, (name[end:], False)] if part[0]]


def rank(name: str, typed: str) -> int:
    """Return how near `name` is to what was typed: 0 when it begins so, 1 at a word, else 2."""
    begun, wanted = fold(name).casefold(), fold(typed).casefold()
    if begun.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in begun else 2
