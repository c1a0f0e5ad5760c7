"""Folding: the same words however they are spaced, quoted or dashed.

Used to find and to compare, never to store.
"""

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032`\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Soft hyphen, zero-width space, word joiner, byte order mark: they print nothing.
UNSEEN = "\u00ad\u200b\u2060\ufeff"

SAME_LENGTH = {
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
}
_SEEN = {**SAME_LENGTH, **dict.fromkeys(map(ord, UNSEEN))}


def fold(text: str) -> str:
    """Return `text` trimmed, with single spaces, plain quotes and dashes, and nothing unseen."""
    return " ".join(text.translate(_SEEN).split())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the folded text (not trimmed) and the offset in `text` of each of its characters.

    The list is one longer than the folded text: its last entry is len(text).
    """
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text.translate(SAME_LENGTH)):
        if character in UNSEEN or (character.isspace() and characters and characters[-1] == " "):
            continue
        characters.append(" " if character.isspace() else character)
        offsets.append(offset)
    return "".join(characters), [*offsets, len(text)]
