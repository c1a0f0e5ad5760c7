"""Editing articles in tests, as a curator does."""

from django.contrib.auth.models import User

from annotations.anchoring import Passage
from annotations.models import Annotation
from corpus.access import viewer_of
from corpus.models import Article, ArticleVersion
from corpus.services.versions import NewText, make_version
from corpus.text.blocks import BLOCK_SEPARATOR, Block
from tests.factories import passage_of


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


def asked_for(mark: Annotation, words: str) -> tuple[Passage, dict[str, int]]:
    """Return `words` of the article as a reader chooses them for `mark`, and what they saw."""
    article = Article.objects.select_related("current_version").get(pk=mark.article_id)
    assert article.current_version is not None
    seen = {"version": article.current_version.number, "counter": mark.counter}
    return passage_of(article, words), seen
