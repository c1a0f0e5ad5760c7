"""Which way a text runs."""

import unicodedata

_STRONG = {"L": False, "R": True, "AL": True}


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter of `text` that has a direction runs to the left.

    Source: Unicode Standard Annex 9, rules P2 and P3 (isolates are not looked into there).
    """
    kinds = map(unicodedata.bidirectional, text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)
