"""Full-text search over articles, their passages, and what other apps add."""

from corpus.search.find import (
    MOST_COUNTED,
    ArticleHit,
    OtherHit,
    PassageHit,
    article_ids,
    articles,
    count,
    others,
    passages,
)

__all__ = [
    "MOST_COUNTED",
    "ArticleHit",
    "OtherHit",
    "PassageHit",
    "article_ids",
    "articles",
    "count",
    "others",
    "passages",
]
