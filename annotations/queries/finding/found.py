"""What a search for suggestions gives back, and the sentences it looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from annotations.suggesting.wording import terms_of
from corpus.models import Article, ArticleVersion
from corpus.text.blocks import block_at, blocks_from_data
from corpus.text.sentences import sentences
from corpus.text.spans import Span

# No news article has more; it bounds the work.
_MOST_SENTENCES = 1000
# The words of a heading are no statement.
_UNSAID = frozenset({"heading"})


@dataclass(frozen=True)
class Finding:
    """That `subject_id` and `object_id` belong together as `kind` says; see Suggestion."""

    kind: str
    subject_id: UUID
    object_id: UUID
    score: float
    fingerprint: str
    topic: str
    reason: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """A sentence: its span in the text, its words there, and their terms (see `terms_of`)."""

    span: Span
    exact: str
    terms: Mapping[str, str]


def sentences_of(version: ArticleVersion) -> list[Sentence]:
    """Return the sentences of a text in order, those of headings left out."""
    found: list[Sentence] = []
    for block in blocks_from_data(version.blocks):
        if block.kind in _UNSAID:
            continue
        for span in sentences(version.text, block.start, block.end):
            exact = version.text[span.start : span.end]
            found.append(Sentence(span, exact, terms_of(exact)))
        if len(found) >= _MOST_SENTENCES:
            break
    return found


def place(version: ArticleVersion, span: Span) -> dict[str, Any]:
    """Return a passage as a reason holds it: where it stands, and its words."""
    return {
        "version": version.number,
        "start": span.start,
        "end": span.end,
        "block": block_at(blocks_from_data(version.blocks), span.start) + 1,
        "exact": version.text[span.start : span.end],
    }


def sentence_round(version: ArticleVersion, span: Span) -> Span:
    """Return the sentence in which `span` begins, or `span` itself when it ends after it."""
    blocks = blocks_from_data(version.blocks)
    block = blocks[block_at(blocks, span.start)]
    for sentence in sentences(version.text, block.start, block.end):
        if sentence.start <= span.start and span.end <= sentence.end:
            return sentence
    return span


def texts_of(article_ids: Iterable[UUID]) -> dict[UUID, ArticleVersion]:
    """Return the current text of each of the articles that has one and that readers see."""
    articles = Article.objects.filter(pk__in=list(article_ids), is_stub=False, is_hidden=False)
    found = articles.exclude(current_version=None).select_related("current_version")
    return {
        article.pk: _with_article(article.current_version, article)
        for article in found
        if article.current_version is not None
    }


def _with_article(version: ArticleVersion, article: Article) -> ArticleVersion:
    version.article = article
    return version
