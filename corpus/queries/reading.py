"""What the reading page shows of an article: its blocks, ready to be rendered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.access import collection_at, current_version
from corpus.models import Article, ArticleVersion, Basis
from corpus.permissions import Viewer
from corpus.queries.cited import with_copies
from corpus.queries.collections import collections_with, step_in
from corpus.queries.readings import is_unread, rows_by_article, whereabouts
from corpus.queries.sight import out_of_sight
from corpus.related import related_articles
from corpus.text.blocks import Block, blocks_from_data, marks_from_data
from corpus.text.direction import is_right_to_left
from corpus.text.markup import Overlay, block_html

# The page shows the best few of these; some may stand on it for another reason.
RELATED_CANDIDATES = 8

# The elements and classes of the kinds of block; a heading's level is its own.
_CLASSES = {"paragraph": "", "list_item": "list-item"}


@dataclass(frozen=True)
class ReadingBlock:
    """One block of a version: `number` counts from 1, offsets are code points.

    `inner_html` is escaped already and holds our own mark-up only.
    """

    number: int
    kind: str
    tag: str
    css_class: str
    start: int
    end: int
    inner_html: str
    is_right_to_left: bool


def reading_blocks(
    version: ArticleVersion,
    overlay: Overlay | None = None,
    *,
    only: range | None = None,
) -> Iterator[ReadingBlock]:
    """Yield the blocks of `version` in reading order, `overlay` painted over them.

    `only` limits them to some indexes (from 0).
    """
    marks = marks_from_data(version.marks)
    for index, block in enumerate(blocks_from_data(version.blocks)):
        if only is None or index in only:
            words = block_html(version.text, block, marks, overlay)
            yield _reading_block(version, index, block, words)


def _reading_block(
    version: ArticleVersion, index: int, block: Block, inner_html: str
) -> ReadingBlock:
    css_class = _CLASSES.get(block.kind, block.kind)
    is_cut = block.start in version.cut_off
    return ReadingBlock(
        number=index + 1,
        kind=block.kind,
        tag=f"h{max(2, min(block.level, 6))}" if block.kind == "heading" else "p",
        css_class=f"{css_class} truncated" if is_cut else css_class,
        start=block.start,
        end=block.end,
        inner_html=inner_html,
        is_right_to_left=is_right_to_left(version.text[block.start : block.end]),
    )


def article_context(
    viewer: Viewer, article: Article, overlay: Overlay | None = None, *, within: str = ""
) -> dict[str, Any]:
    """Return what the reading page shows of `article`, `overlay` painted over its text.

    `within` is the slug of the collection that is read through; one that the viewer does
    not see, or in which the article does not stand, counts for none.
    """
    version = current_version(article)
    authorships = list(article.authorships.select_related("agent"))
    related = related_articles(viewer, article, limit=RELATED_CANDIDATES)
    readings = rows_by_article(viewer, [article.pk, *(row.article.pk for row in related)])
    unread = (row.article for row in related if is_unread(readings.get(row.article.pk)))
    return {
        "article": article,
        "version": version,
        "blocks": list(reading_blocks(version, with_copies(viewer, version, overlay))),
        "authors": [row.agent for row in authorships],
        "inferred_author": next((row for row in authorships if row.basis == Basis.INFERRED), None),
        "topics": [row.tag for row in article.topic_items.select_related("tag")],
        "related": related,
        "reading": whereabouts(viewer, version, readings.get(article.pk)),
        "related_unread": next(unread, None),
        "collections": list(collections_with(viewer, article)),
        "step": step_in(viewer, collection_at(viewer, within), article),
        "sight": out_of_sight(viewer, article),
        "can_curate": viewer.is_staff,
    }
