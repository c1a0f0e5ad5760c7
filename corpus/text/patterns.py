"""Patterns of the `regex` library, which knows what Unicode calls a letter or a cluster.

They are compiled when they are first used: the library takes a tenth of a second to
import, and a site that starts should not wait for it.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern


def when_used(source: str) -> "Callable[[], Pattern[str]]":
    """Return a function that gives the pattern of `source`, compiled once."""

    @cache
    def pattern() -> "Pattern[str]":
        import regex

        return regex.compile(source)

    return pattern
