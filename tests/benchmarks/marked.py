"""One text with more and more highlights: what the measurements of reading.py are taken on.

`python -m tests.benchmarks.marked` fills the site of POSTIL_DATA, which is to be empty, and
prints where all is, as JSON.
"""

import json
from typing import Any

from tests.benchmarks import crowd  # isort: skip - it sets Django up
from corpus.models import Article, ArticleVersion

HIGHLIGHTS = (0, 10, 100, 1_000)


def fill() -> dict[str, Any]:
    """Fill an empty site; return a session and the address of the article of each count."""
    readers = crowd.make_readers()
    claims = crowd.make_claims(readers[0])
    first = crowd.make_articles(1, crowd.LENGTH)[0]
    articles = [_copy_of(first, count) for count in HIGHLIGHTS]
    for article, count in zip(articles, HIGHLIGHTS, strict=True):
        crowd.mark(article, count, readers, claims)
    return {
        "session": crowd.session_of(readers[0]),
        "articles": {
            str(count): article.get_absolute_url()
            for article, count in zip(articles, HIGHLIGHTS, strict=True)
        },
    }


def _copy_of(article: Article, count: int) -> Article:
    """Return a new article with the text of `article`; imported, it would be a copy of it."""
    version = article.current_version
    assert version is not None
    copy = Article.objects.create(slug=f"marked-{count}", title=article.title)
    copy.current_version = ArticleVersion.objects.create(
        article=copy,
        number=1,
        text=version.text,
        blocks=version.blocks,
        digest=version.digest,
        reason="measured",
        word_count=version.word_count,
        is_basic=version.is_basic,
    )
    copy.save()
    return copy


if __name__ == "__main__":
    print(json.dumps(fill()))
