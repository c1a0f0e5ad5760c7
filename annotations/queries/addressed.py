"""The passage that an address leads to, as it is copied out of the browser."""

import re
from dataclasses import dataclass
from uuid import UUID

from annotations.access import visible_annotations, visible_occurrences
from annotations.anchoring import Passage
from annotations.models import Annotation, Audience, Claim
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

    It is one of a passage in its article (".../articles/slug/#h12"), or of the passage alone.
    """
    seen = visible_annotations(viewer).select_related("article")
    if place := _IN_ARTICLE.search(address):
        return seen.filter(article__slug=place["slug"], number=int(place["number"])).first()
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
    found = visible_articles(viewer).select_related("current_version")
    article = found.filter(slug=place["slug"]).first()
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


def open_passages(viewer: Viewer, claim: Claim) -> list[Annotation]:
    """Return the first passages of `claim` that everybody sees, the newest first."""
    shown = visible_occurrences(viewer).filter(tag=claim, content_object__audience=Audience.PUBLIC)
    marks = shown.filter(content_object__start__isnull=False).order_by("-created_at", "id")
    rows = marks.select_related("content_object__article")
    return [row.content_object for row in rows[:_MOST_OFFERED]]
