"""Articles, highlights and the rest, as tests need them: made by the services themselves."""

import hashlib
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.contrib.auth.models import User

from annotations.anchoring import Passage
from annotations.models import Annotation, ClaimOccurrence, Link
from annotations.services import annotations, links, occurrences
from annotations.services.annotations import Draft, Reply
from annotations.services.links import End, LinkDraft
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.models import Article, ArticleVersion, Collection
from corpus.permissions import SYSTEM
from corpus.services import collection_making
from corpus.services.collection_details import CollectionDetails
from corpus.text.blocks import (
    BLOCK_SEPARATOR,
    Block,
    BlockKind,
    Mark,
    blocks_to_data,
    marks_to_data,
)

_numbers = count(1)

TEXT = (
    "The mood in the party is dark.",
    "Some MPs pray by their bedside that nobody deselects them. Others have left already.",
    "The leader said that members decide. He said it twice: members decide.",
)


def make_article(
    *paragraphs: str, title: str = "", access: str = Article.Access.PUBLIC, **facts: Any
) -> Article:
    """Return a stored article with one version whose blocks are `paragraphs`."""
    number = next(_numbers)
    article = Article.objects.create(
        slug=facts.pop("slug", f"article-{number}"),
        title=title or f"Article {number}",
        access=access,
        **facts,
    )
    add_version(article, paragraphs or TEXT)
    return article


def add_version(
    article: Article,
    paragraphs: Sequence[str],
    *,
    kinds: Sequence[BlockKind] = (),
    marks: Sequence[Mark] = (),
) -> ArticleVersion:
    """Store a further version of `article` and make it the current one.

    `kinds` are those of its blocks, one for each; without them all are paragraphs.
    """
    text = BLOCK_SEPARATOR.join(paragraphs)
    version = ArticleVersion.objects.create(
        article=article,
        number=article.versions.count() + 1,
        text=text,
        blocks=blocks_to_data(_blocks(paragraphs, kinds)),
        marks=marks_to_data(marks),
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        reason="made by a test",
        word_count=len(text.split()),
        is_basic=all(ord(character) < 0x10000 for character in text),
    )
    article.current_version = version
    article.save()
    return version


def passage_of(article: Article, words: str) -> Passage:
    """Return what a client would send after marking `words` in the current version."""
    assert article.current_version is not None
    text = article.current_version.text
    start = text.index(words)
    end = start + len(words)
    return Passage(start, end, words, text[max(0, start - 32) : start], text[end : end + 32])


def make_highlight(
    user: User,
    article: Article,
    words: str = "pray by their bedside",
    *,
    claim: str = "",
    stance: str = "supports",
    **draft: Any,
) -> Annotation:
    """Return a highlight of `words` by `user`, tagged with `claim` when one is given."""
    assert article.current_version is not None
    return annotations.create(
        viewer_of(user),
        article,
        Draft(
            passage=passage_of(article, words),
            version=article.current_version.number,
            tags=(Tagging(claim, stance=stance),) if claim else (),
            **draft,
        ),
    )


def make_note(
    user: User, article: Article, note: str = "On the whole.", **draft: Any
) -> Annotation:
    """Return a note on the whole article by `user`."""
    return annotations.create(viewer_of(user), article, Draft(note=note, **draft))


def make_reply(user: User, annotation: Annotation, note: str = "I see it otherwise.") -> Annotation:
    """Return an answer by `user`."""
    return annotations.reply(viewer_of(user), annotation, Reply(note))


def make_tag(user: User, annotation: Annotation, claim: str, **said: str) -> ClaimOccurrence:
    """Return `claim` as tagged on the highlight by its own reader."""
    return occurrences.tag(viewer_of(user), annotation, Tagging(claim, **said))


def make_link(
    user: User, from_: Annotation | Article, to: Annotation | Article, **draft: Any
) -> Link:
    """Return a link by `user` between two highlights or articles."""
    return links.create(viewer_of(user), end_at(from_), end_at(to), LinkDraft(**draft))


def make_collection(*articles: Article, title: str = "To read", **details: Any) -> Collection:
    """Return a collection of `articles` in this order."""
    return collection_making.create(SYSTEM, CollectionDetails(title, **details), articles)


def end_at(thing: Annotation | Article) -> End:
    """Return the end of a link at a highlight or an article."""
    if isinstance(thing, Article):
        return End(thing)
    return End(thing.article, thing)


def make_noise(somebody: User, somebody_else: User) -> None:
    """Store what no test is about: other articles, and words of all audiences in them."""
    first, second = make_article(title="Noise"), make_article(title="More noise")
    shown = make_highlight(somebody, first, claim="noise", note="Seen by all.")
    hidden = make_highlight(somebody, first, claim="quiet noise", audience="private")
    make_highlight(somebody_else, second, "members decide", claim="noise", stance="disputes")
    make_reply(somebody_else, shown)
    make_note(somebody_else, first, audience="private")
    make_link(somebody, shown, second, note="Noise as well.")
    annotations.delete(viewer_of(somebody), hidden)


def _blocks(paragraphs: Sequence[str], kinds: Sequence[BlockKind]) -> list[Block]:
    blocks, start = [], 0
    for index, paragraph in enumerate(paragraphs):
        kind = kinds[index] if kinds else "paragraph"
        level = 2 if kind == "heading" else 0
        blocks.append(Block(kind, start, start + len(paragraph), level))
        start += len(paragraph) + len(BLOCK_SEPARATOR)
    return blocks
