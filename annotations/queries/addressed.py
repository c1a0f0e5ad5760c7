"""The passage that an address leads to, as it is copied out of the browser."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotations.access import visible_annotations, visible_occurrences
from annotations.anchoring import Passage
from annotations.models import Annotation, Claim
from annotations.queries.known_claims import open_among
from corpus.access import visible_articles
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.text.blocks import blocks_from_data

_IN_ARTICLE = re.compile(r"/articles/(?P<slug>[-\w]+)/[^#\s]*#[hn](?P<number>\d{1,9})\b")
_PARAGRAPH = re.compile(r"/articles/(?P<slug>[-\w]+)/[^#\s]*#p(?P<number>\d{1,9})\b")
_ALONE = re.compile(r"/annotations/(?P<key>[0-9a-fA-F-]{36})/")

# Passages of a claim that are offered to choose from; others are named by their address.
_MOST_OFFERED = 100


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the current text of an article, as a passage of its `version`."""

    article: Article
    version: int
    passage: Passage


def annotation_at(viewer: Viewer, address: str) -> Annotation | None:
    """Return the highlight or note at `address` that `viewer` sees, or None.

    It is one of a passage in its article (".../articles/slug/#h12"), also by an address that
    the article had before, or of the passage alone.
    """
    seen = visible_annotations(viewer).select_related("article")
    if place := _IN_ARTICLE.search(address):
        article = _article_at(viewer, place["slug"])
        return seen.filter(article=article, number=int(place["number"])).first()
    if alone := _ALONE.search(address):
        try:
            return seen.filter(pk=UUID(alone["key"])).first()
        except ValueError:
            return None
    return None


def paragraph_at(viewer: Viewer, address: str) -> Paragraph | None:
    """Return the paragraph at ".../articles/slug/#p4" that `viewer` may read, or None."""
    place = _PARAGRAPH.search(address)
    if place is None:
        return None
    article = _article_at(viewer, place["slug"])
    version = article.current_version if article else None
    if article is None or version is None:
        return None
    blocks = blocks_from_data(version.blocks)
    number = int(place["number"])
    if not 1 <= number <= len(blocks):
        return None
    block = blocks[number - 1]
    words = version.text[block.start : block.end]
    return Paragraph(article, version.number, Passage(block.start, block.end, words))


def open_passages(viewer: Viewer, claim: Claim, chosen: str = "") -> list[Annotation]:
    """Return the first passages of `claim` that everybody sees, the newest first.

    Behind them comes the one with the key `chosen`, if it is another one that `viewer` sees.
    """
    shown = open_among(visible_occurrences(viewer).filter(tag=claim))
    marks = shown.filter(content_object__start__isnull=False).order_by("-created_at", "id")
    rows = marks.select_related("content_object__article")
    offered = [row.content_object for row in rows[:_MOST_OFFERED]]
    if not chosen or chosen in {str(mark.pk) for mark in offered}:
        return offered
    return [*offered, *_highlights_with(viewer, chosen)]


def _highlights_with(viewer: Viewer, key: str) -> QuerySet[Annotation]:
    """Return the one highlight with the key `key`; none for what is no key."""
    seen = visible_annotations(viewer).select_related("article").filter(start__isnull=False)
    try:
        return seen.filter(pk=UUID(key))
    except ValueError:
        return seen.none()


def _article_at(viewer: Viewer, slug: str) -> Article | None:
    """Return the readable article that is or was at `slug`, or None."""
    found = visible_articles(viewer).select_related("current_version")
    return found.filter(slug=slug).first() or found.filter(former_slugs__slug=slug).first()
