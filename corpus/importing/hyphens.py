"""What a hyphen at a line end is: part of a word, a sign that one goes on, or where it was cut."""

import re

from corpus.text.frequencies import times_written

_LEFT = re.compile(r"[^\W\d_]+(?=-$)")
_RIGHT = re.compile(r"[^\W\d_]+")
# Counted less often in the word list, the whole is rather a compound that some write as one.
_KNOWN = 1_000_000
# Of two words of their own the whole is at least this share as frequent as the rarer one:
# "is-land" is an island, "north-west" is two words.
_SHARE = 0.5
# Nobody writes a word as frequent as this in two: with-out, in-to, re-search.
_COMMON = 100_000_000
# Words that begin with these are often written with a hyphen, such as co-ordinate and re-elect,
# but not when the whole is this frequent, or more so than its second half: mid-night, re-port.
_USUAL = 8_000_000
_PREFIXES = frozenset(
    [
        *("all", "anti", "co", "counter", "cross", "ex", "half", "inter", "mid", "multi"),
        *("non", "over", "post", "pre", "pro", "re", "self", "semi", "sub", "super", "under"),
        *("vice", "well"),
    ]
)
_HYPHEN_END = re.compile(r"\w-$")
# Before these a hyphen at a line end is no part of a word: "pre- and post-war".
_SUSPENDING = re.compile(r"(?:and|or|to)\s")
# A word is looked for in so many characters before the hyphen.
_LONGEST_WORD = 40


def cuts_a_word(before: str, after: str) -> bool:
    """Say whether the hyphen that ends `before` only cut the word that goes on in `after`.

    It did when the whole is a frequent English word, and its halves are none or rarer ones; or
    when the whole is very frequent.
    """
    left = _LEFT.search(before[-_LONGEST_WORD:])
    right = _RIGHT.match(after)
    if left is None or right is None or not right.group().islower():
        return False
    first, second = left.group().lower(), right.group()
    whole = times_written(first + second)
    if whole < _KNOWN or len(first) == 1 or _goes_on(after, right.end()):
        return False
    if first in _PREFIXES:
        # Two vowels that meet are kept apart: co-operate, re-enter.
        is_one_word = whole >= min(_USUAL, times_written(second))
        return is_one_word and first[-1] != second[0]
    return whole >= min(_COMMON, _SHARE * min(times_written(first), times_written(second)))


def goes_on_after_hyphen(before: str, after: str) -> bool:
    """Say whether `before` ends within a hyphenated word that `after` goes on with."""
    return (
        _HYPHEN_END.search(before[-2:]) is not None
        and after[:1].isalnum()
        and _SUSPENDING.match(after) is None
    )


def _goes_on(after: str, end: int) -> bool:
    """Say whether the second half is itself hyphenated, as in "up-to-date"."""
    return after[end : end + 1] == "-"
