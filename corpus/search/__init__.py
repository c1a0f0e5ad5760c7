"""Full-text search over articles, their passages, and what other apps add."""

from corpus.search.find import ArticleHit, OtherHit, PassageHit, articles, count, others, passages

__all__ = ["ArticleHit", "OtherHit", "PassageHit", "articles", "count", "others", "passages"]
