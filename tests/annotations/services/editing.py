"""Editing articles in tests, as a curator does."""

from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.models import Article, ArticleVersion
from corpus.services.versions import NewText, make_version
from corpus.text.blocks import BLOCK_SEPARATOR, Block


def rewrite(user: User, article: Article, *paragraphs: str) -> ArticleVersion:
    """Give `article` a new text of these paragraphs; return its version, which is current then."""
    article.refresh_from_db()
    assert article.current_version is not None
    seen = article.current_version.number
    new = text_of_paragraphs(*paragraphs)
    made = make_version(viewer_of(user), article, new, seen=seen, reason="a correction")
    article.refresh_from_db()
    return made


def text_of_paragraphs(*paragraphs: str) -> NewText:
    """Return the text whose blocks are `paragraphs`."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + len(BLOCK_SEPARATOR)
    return NewText(BLOCK_SEPARATOR.join(paragraphs), blocks)
