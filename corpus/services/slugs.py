"""Addresses of articles that no other article has or ever had."""

from collections.abc import Collection, Iterable

from corpus.models import Article, ArticleSlug
from corpus.models.slugs import slug_base

# The numbers that are asked for at once: each is twice as far from 1 as the one before.
_FARTHEST = 24
# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900


def free_slug(title: str) -> str:
    """Return an address for an article called `title` that no article has or had."""
    (slug,) = free_slugs([title])
    return slug


def free_slugs(titles: Iterable[str]) -> list[str]:
    """Return an address for each of some articles with these `titles`, all different.

    Where that of the title is taken it gets a number, and the one below that is taken too.
    Two queries unless some are taken.
    """
    bases = [slug_base(title, "article") for title in titles]
    taken = _taken(set(bases))
    slugs = []
    for base in bases:
        slug = _numbered(base, taken) if base in taken else base
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _numbered(base: str, given: Collection[str]) -> str:
    """Return `base` with the first free number, and none that was `given` just now.

    It is found by halving, since thousands may have the same title.
    """
    numbers = [1 + 2**power for power in range(_FARTHEST)]
    slugs = [f"{base}-{number}" for number in numbers]
    taken = _taken(slugs).union(given)
    free = next(number for number in numbers if f"{base}-{number}" not in taken)
    last = max((number for number in numbers if number < free), default=1)
    while free - last > 1:
        middle = (last + free) // 2
        slug = f"{base}-{middle}"
        is_taken = slug in given or bool(_taken([slug]))
        last, free = (middle, free) if is_taken else (last, middle)
    return f"{base}-{free}"


def _taken(slugs: Collection[str]) -> set[str]:
    """Return those of `slugs` that an article has or had."""
    asked = list(slugs)
    found: set[str] = set()
    for first in range(0, len(asked), _ASKED):
        some = asked[first : first + _ASKED]
        for rows in (Article.objects.order_by(), ArticleSlug.objects.order_by()):
            found.update(rows.filter(slug__in=some).values_list("slug", flat=True))
    return found
