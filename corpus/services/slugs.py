"""Addresses of articles, outlets and agents that nothing else has or ever had."""

from django.utils.text import slugify

from corpus.models import Article, ArticleSlug

_LONGEST = 80


def slug_base(name: str, fallback: str) -> str:
    """Return `name` as a slug of at most 80 characters, or `fallback` when nothing is left."""
    return slugify(name)[:_LONGEST].strip("-") or fallback


def free_slug(title: str) -> str:
    """Return an address for an article called `title` that no article has or had."""
    base = slug_base(title, "article")
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(ArticleSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)


def first_free(base: str, taken: set[str]) -> str:
    """Return `base`, or `base` with the lowest number from 2 that is not in `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
