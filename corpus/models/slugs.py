"""How names become parts of addresses."""

from collections.abc import Collection

from django.utils.text import slugify

_LONGEST = 80


def slug_base(name: str, fallback: str) -> str:
    """Return `name` as a slug of at most 80 characters, or `fallback` when nothing is left."""
    return slugify(name)[:_LONGEST].strip("-") or fallback


def first_free(base: str, taken: Collection[str]) -> str:
    """Return `base`, or `base` with the lowest number from 2 that is not in `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
