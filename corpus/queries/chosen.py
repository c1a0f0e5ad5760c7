"""Articles that were chosen together: by hand, as what an import brought, or by a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Min, Q

from corpus.access import collection_at, known_articles, visible_articles
from corpus.extensions import ArticleIds
from corpus.models import Article, ImportBatch
from corpus.permissions import Viewer, allowed
from corpus.queries.narrowing import looked_among
from corpus.search import article_ids

MOST_ARTICLES = 500
"""As many articles stand in one collection, and as many are chosen at once."""


@dataclass(frozen=True)
class Chosen:
    """Which articles are meant: those named by their slugs, else an import's, else a search's.

    `within` is the slug of the collection that the search looks in, "" for everywhere;
    `narrowed` are the values of facets, by their keys, that limit it further.
    """

    slugs: Sequence[str] = ()
    batch: UUID | None = None
    typed: str = ""
    within: str = ""
    narrowed: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what stands for it in an address or a form, as names and values."""
        named = [("article", slug) for slug in self.slugs]
        others = {"batch": str(self.batch or ""), "q": self.typed, "in": self.within}
        others.update(self.narrowed if self.typed else {})
        return named or [(name, value) for name, value in others.items() if value]


def chosen_articles(viewer: Viewer, chosen: Chosen) -> list[Article]:
    """Return the articles of `chosen` that `viewer` may read, at most MOST_ARTICLES.

    Those that are only linked to may be named, and are neither found nor brought by an import.

    They come in the order in which they were named, stand in their files, or were found.
    """
    if chosen.slugs:
        return _articles_named(viewer, chosen.slugs)
    batch = batch_of(viewer, chosen)
    if batch is not None:
        return articles_of_batch(viewer, batch)
    return articles_of_search(viewer, chosen.typed, within=searched_among(viewer, chosen))


def searched_among(viewer: Viewer, chosen: Chosen) -> ArticleIds | None:
    """Return the keys of the articles that the search of `chosen` looks among, None for all."""
    return looked_among(viewer, collection_at(viewer, chosen.within), chosen.narrowed)


def batch_of(viewer: Viewer, chosen: Chosen) -> ImportBatch | None:
    """Return the import that `chosen` means, None when it means none that `viewer` may see."""
    if chosen.batch is None or not allowed(viewer, "article.import"):
        return None
    return ImportBatch.objects.filter(pk=chosen.batch).first()


def articles_of_batch(viewer: Viewer, batch: ImportBatch) -> list[Article]:
    """Return the articles that `batch` brought or found there, in the order of its files."""
    place = Min("source__arrivals__position", filter=Q(source__arrivals__batch=batch))
    candidates = batch.candidates.filter(article__isnull=False).annotate(place=place)
    rows = candidates.order_by(F("place").asc(nulls_last=True), "source__name", "position")
    ids = dict.fromkeys(rows.values_list("article_id", flat=True))
    return _in_order(viewer, [pk for pk in ids if pk is not None][:MOST_ARTICLES])


def articles_of_search(
    viewer: Viewer, typed: str, *, within: ArticleIds | None = None
) -> list[Article]:
    """Return the articles that answer `typed`, the best first."""
    return _in_order(viewer, article_ids(viewer, typed, within=within, limit=MOST_ARTICLES))


def _articles_named(viewer: Viewer, slugs: Sequence[str]) -> list[Article]:
    wanted = list(dict.fromkeys(slugs))[:MOST_ARTICLES]
    rows = known_articles(viewer).select_related("outlet").filter(slug__in=wanted)
    found = {article.slug: article for article in rows}
    return [found[slug] for slug in wanted if slug in found]


def _in_order(viewer: Viewer, ids: Sequence[UUID]) -> list[Article]:
    found = visible_articles(viewer).select_related("outlet").in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
