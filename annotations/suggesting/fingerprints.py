"""What stays the same of a suggestion when it is found once more.

Made of words and addresses, never of keys: a text that is imported again has new keys.
"""

from hashlib import sha256

from corpus.text.words import words_of

_APART = "\x1f"


def fingerprint(kind: str, *parts: str) -> str:
    """Return 64 hexadecimal digits for a suggestion of `kind` about `parts`.

    How the parts are spaced, quoted, accented or written in capitals does not count. Signs
    alone, which hold no word, count as they are written.
    """
    folded = (" ".join(words_of(part)) or part.strip() for part in parts)
    return sha256(_APART.join((kind, *folded)).encode()).hexdigest()


def fingerprint_of_pair(kind: str, one: str, other: str, *parts: str) -> str:
    """Return the same for two things in either order."""
    return fingerprint(kind, *sorted((one, other)), *parts)
