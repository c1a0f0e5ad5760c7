"""Words without their endings, so that "deselected" and "deselection" are compared as one.

Only the endings of English are known. A stem is no word: it is compared, never shown.
"""

from functools import lru_cache

# What is left keeps at least so many letters: "thing" stays a thing.
_SHORTEST = 4
# The longer ending first. What stands behind the colon is put in its place.
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("isations", "is"),
    ("izations", "is"),
    ("isation", "is"),
    ("ization", "is"),
    ("abilities", ""),
    ("ability", ""),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("nesses", ""),
    ("ness", ""),
    ("ations", ""),
    ("ation", ""),
    ("ators", ""),
    ("ator", ""),
    ("ating", ""),
    ("ated", ""),
    ("ates", ""),
    ("ate", ""),
    ("ities", ""),
    ("ity", ""),
    ("ions", ""),
    ("ion", ""),
    ("ings", ""),
    ("ing", ""),
    ("ised", "is"),
    ("ized", "is"),
    ("izes", "is"),
    ("ize", "is"),
    ("able", ""),
    ("ible", ""),
    ("ives", ""),
    ("ive", ""),
    ("ers", ""),
    ("er", ""),
    ("ors", ""),
    ("or", ""),
    ("ied", "i"),
    ("ies", "i"),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("al", ""),
    ("s", ""),
    ("e", ""),
    ("y", "i"),
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the folded `word` without its ending; a short one or a number stays as it is."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _single(word[: -len(ending)] + instead)
    return word


def beginning(word: str) -> str:
    """Return what the folded `word` and others with its stem begin with."""
    base = stem(word)
    return base if word.startswith(base) else base[:-1]


def _single(word: str) -> str:
    """Return `word` with one letter for two at its end: "robb" of "robbing" is "rob"."""
    is_double = word[-1] == word[-2] and word[-1] not in "ls"
    return word[:-1] if is_double else word
