"""Articles as plain data, for other programs."""

from collections.abc import Iterator
from typing import Any

from corpus.access import visible_articles
from corpus.models import Article, ArticleVersion
from corpus.models.chunks import read_in_chunks
from corpus.permissions import Viewer
from corpus.text.blocks import Block, block_at, blocks_from_data


def exported_articles(viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Yield each article that `viewer` may read as JSON values, oldest import first.

    Offsets of links are code points in `text`, those of paratext in the source; `paragraph`
    counts blocks from 1. What is not known is None with the basis "unknown".
    """
    articles = (
        visible_articles(viewer)
        .select_related("current_version__source", "outlet")
        .defer("current_version__source__content")
        .prefetch_related("authorships__agent")
    )
    for article in read_in_chunks(articles):
        if article.current_version is not None:
            yield _exported(article, article.current_version)


def _exported(article: Article, version: ArticleVersion) -> dict[str, Any]:
    authorships = list(article.authorships.all())
    blocks = blocks_from_data(version.blocks)
    return {
        "id": str(article.id),
        "title": article.title,
        "title_basis": article.title_basis,
        "standfirst": article.standfirst or None,
        "text": version.text,
        "blocks": [
            {"kind": block.kind, "text": version.text[block.start : block.end]} for block in blocks
        ],
        "author": ", ".join(row.agent.name for row in authorships) or None,
        "author_basis": authorships[0].basis if authorships else "unknown",
        "date": article.published(),
        "date_basis": article.published_basis if article.published_on else "unknown",
        "publication": article.outlet.name if article.outlet else None,
        "publication_basis": article.outlet_basis,
        "url": article.canonical_url or None,
        "links": [_link(version, blocks, mark) for mark in version.marks if mark["kind"] == "link"],
        "paratext": [
            {key: piece[key] for key in ("kind", "text", "start", "end")}
            for piece in version.paratext
        ],
        "source_file": version.source.name if version.source else None,
        "source_sha256": version.source.sha256 if version.source else None,
        # An exact copy is never stored a second time; near-copies are for curators to judge.
        "duplicate_of": None,
    }


def _link(
    version: ArticleVersion, blocks: tuple[Block, ...], mark: dict[str, Any]
) -> dict[str, Any]:
    return {
        "text": version.text[mark["start"] : mark["end"]],
        "url": mark["url"],
        "paragraph": block_at(blocks, mark["start"]) + 1,
        "start": mark["start"],
        "end": mark["end"],
    }
