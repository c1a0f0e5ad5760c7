"""Addresses of articles that no other article has or ever had."""

from corpus.models import Article, ArticleSlug
from corpus.models.slugs import slug_base

# The numbers that are asked for at once: each is twice as far from 1 as the one before.
_FARTHEST = 24


def free_slug(title: str) -> str:
    """Return an address for an article called `title` that no article has or had.

    Where that of the title is taken it gets a number, and the one below that is taken too:
    found by halving, since thousands may have the same title.
    """
    base = slug_base(title, "article")
    taken = _taken([base])
    if base not in taken:
        return base
    numbers = [1 + 2**power for power in range(_FARTHEST)]
    taken = _taken([f"{base}-{number}" for number in numbers])
    free = next(number for number in numbers if f"{base}-{number}" not in taken)
    last = max((number for number in numbers if number < free), default=1)
    while free - last > 1:
        middle = (last + free) // 2
        slug = f"{base}-{middle}"
        last, free = (middle, free) if _taken([slug]) else (last, middle)
    return f"{base}-{free}"


def _taken(slugs: list[str]) -> set[str]:
    """Return those of `slugs` that an article has or had."""
    now = Article.objects.filter(slug__in=slugs).order_by().values_list("slug", flat=True)
    before = ArticleSlug.objects.filter(slug__in=slugs).order_by().values_list("slug", flat=True)
    return {*now, *before}
