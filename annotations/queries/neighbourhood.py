"""Which articles the graph of links shows: all of them, or the neighbourhood of one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.models import Link
from annotations.queries.links import Limits, article_ids_of, limited_links
from corpus.access import known_articles
from corpus.models import Article
from corpus.permissions import Viewer

# So many articles are drawn; of more of them, the neighbourhood of one.
MOST_ARTICLES = 150
# From the article in the middle to what it is linked to, and on to what that is.
STEPS = 2


@dataclass(frozen=True)
class Shown:
    """The keys of the articles that are drawn.

    `around` is the one in the middle of a neighbourhood, None when all are drawn; `is_cut`
    says that its neighbourhood is larger than what is drawn.
    """

    ids: Sequence[UUID]
    around: Article | None = None
    is_cut: bool = False


def shown_articles(viewer: Viewer, limits: Limits) -> Shown:
    """Return the articles to draw; of more than MOST_ARTICLES those about one of them.

    It is the one that `limits` ask for, or the one with most links.
    """
    links = limited_links(viewer, limits)
    if limits.around is not None:
        return _neighbourhood(links, limits.around)
    wanted = article_ids_of(viewer, limits)
    if wanted is None:
        ends = Q(id__in=links.values("from_article_id")) | Q(id__in=links.values("to_article_id"))
        wanted = known_articles(viewer).filter(ends).values_list("id", flat=True)
    ids = list(wanted.order_by("id")[: MOST_ARTICLES + 1])
    if len(ids) <= MOST_ARTICLES:
        return Shown(ids)
    middle = _most_linked(viewer, links)
    return _neighbourhood(links, middle) if middle else Shown(ids[:MOST_ARTICLES], is_cut=True)


def _most_linked(viewer: Viewer, links: QuerySet[Link]) -> Article | None:
    counts: Counter[UUID] = Counter()
    for end in ("from_article_id", "to_article_id"):
        rows = links.values_list(end).annotate(count=Count("id")).order_by("-count", end)
        for key, count in rows[:MOST_ARTICLES]:
            counts[key] += count
    if not counts:
        return None
    best = min(counts, key=lambda key: (-counts[key], str(key)))
    return known_articles(viewer).filter(id=best).first()


def _neighbourhood(links: QuerySet[Link], middle: Article) -> Shown:
    """Return the articles up to STEPS from `middle`, those with most links first."""
    ids, edge = [middle.id], {middle.id}
    for _step in range(STEPS):
        counts = _neighbours(links, edge)
        for key in ids:
            counts.pop(key, None)
        nearest = sorted(counts, key=lambda key: (-counts[key], str(key)))
        room = MOST_ARTICLES - len(ids)
        ids += nearest[:room]
        edge = set(nearest[:room])
        if len(nearest) > room:
            return Shown(ids, middle, is_cut=True)
    return Shown(ids, middle)


def _neighbours(links: QuerySet[Link], edge: set[UUID]) -> Counter[UUID]:
    """Return what the articles of `edge` are linked to, and by how many links."""
    if not edge:
        return Counter()
    counts: Counter[UUID] = Counter()
    for here, there in (("from_article_id", "to_article_id"), ("to_article_id", "from_article_id")):
        rows = links.filter(**{f"{here}__in": edge}).values_list(there).annotate(Count("id"))
        for key, count in rows:
            counts[key] += count
    return counts
