"""Addresses of articles that no other article has or ever had."""

from corpus.models import Article, ArticleSlug
from corpus.models.slugs import first_free, slug_base


def free_slug(title: str) -> str:
    """Return an address for an article called `title` that no article has or had."""
    base = slug_base(title, "article")
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(ArticleSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)
