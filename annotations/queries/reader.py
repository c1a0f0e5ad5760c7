"""What the reading page shows: the article, its margin and its rail."""

from typing import Any

from annotations.queries.carrying_over import carrying_over
from annotations.queries.limits import Filters
from annotations.queries.margin import annotations_in_margin
from annotations.queries.numbered import numbered_claims
from annotations.queries.orphans import to_attach
from annotations.queries.rail import linked_articles
from corpus.access import current_version
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.queries.cited import with_copies
from corpus.queries.news import position_now
from corpus.queries.reading import article_context, reading_blocks
from corpus.queries.sealing import seal


def reader_context(
    viewer: Viewer, article: Article, filters: Filters, *, within: str = "", attach: str = ""
) -> dict[str, Any]:
    """Return everything the reading page of `article` shows to `viewer`.

    `within` is the slug of the collection that is read through, `attach` the number of the
    highlight that words are chosen for; "" for none.
    """
    position = seal(position_now())  # before anything is read: what comes later is told to the page
    version = current_version(article)
    margin = annotations_in_margin(viewer, article, version, filters)
    context = article_context(viewer, article, margin.overlay, within=within)
    linked = linked_articles(margin.links, article)
    numbered = numbered_claims(viewer, margin.rail.claims)
    already_there = {row.article.id for row in linked}
    return {
        **context,
        "related": [row for row in context["related"] if row.article.id not in already_there],
        "position": position,
        "margin": margin,
        "filters": filters,
        "linked": linked,
        "numbered": numbered,
        "numbered_elsewhere": [claim for claim in numbered if not claim.is_here],
        "carrying": carrying_over(viewer, article) if margin.to_be_placed else None,
        "attaching": to_attach(viewer, article, version, attach),
        "block_template": "annotations/_block.html",
    }


def block_context(
    viewer: Viewer, article: Article, number: int, filters: Filters
) -> dict[str, Any] | None:
    """Return what block `number` (from 1) shows, or None when there is no such block."""
    version = current_version(article)
    margin = annotations_in_margin(viewer, article, version, filters)
    only = range(number - 1, number)
    overlay = with_copies(viewer, version, margin.overlay)
    found = next(reading_blocks(version, overlay, only=only), None)
    if found is None:
        return None
    return {
        "article": article,
        "version": version,
        "margin": margin,
        "filters": filters,
        "block": found,
    }
