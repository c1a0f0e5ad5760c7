"""How names become parts of addresses."""

import re
from collections.abc import Collection
from secrets import token_hex

from django.utils.text import slugify

_LONGEST = 80
_TAIL_BYTES = 5


def slug_base(name: str, fallback: str) -> str:
    """Return `name` as a slug of at most 80 characters, or `fallback` when nothing is left."""
    return slugify(name)[:_LONGEST].strip("-") or fallback


def first_free(base: str, taken: Collection[str]) -> str:
    """Return `base`, or `base` with the lowest number from 2 that is not in `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def unguessable(base: str) -> str:
    """Return `base` with a tail that nobody guesses: for what only some may know of.

    A number that is counted up would tell whoever chooses the same name that it is taken.
    """
    return f"{base}-{token_hex(_TAIL_BYTES)}"


def is_unguessable(slug: str, base: str) -> bool:
    """Say whether `slug` is one that `unguessable` makes of `base`."""
    return re.fullmatch(rf"{re.escape(base)}-[0-9a-f]{{{2 * _TAIL_BYTES}}}", slug) is not None
