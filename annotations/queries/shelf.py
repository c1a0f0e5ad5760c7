"""What the library and the list of related articles say of readers' marks and links."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_annotations, visible_links, visible_occurrences
from annotations.models import Annotation, Link
from annotations.models.naming import shown_label
from annotations.queries.found import slots_of
from corpus.extensions import Choice, RowMarks, Tick
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer

# A strip is 160 px wide and drawn in thousandths: ticks nearer than that are one.
_STEP = 6
# Claims that are read for the facet; those with fewest articles are left out.
_MOST_CLAIMS = 200
# What stands in the address of the library for articles that nobody has marked.
UNMARKED = "none"


def marks_in(viewer: Viewer, article_ids: Sequence[UUID]) -> Mapping[UUID, RowMarks]:
    """Return the density strip and the counts of each article; four queries."""
    placed = visible_annotations(viewer).filter(
        article_id__in=article_ids, version_id=F("article__current_version_id")
    )
    rows = placed.order_by("start").values_list("id", "article_id", "start", "end")
    slots = slots_of(viewer, placed.order_by().values("id"))
    lengths = _lengths(article_ids)
    ticks: dict[UUID, dict[tuple[int, int], Tick]] = defaultdict(dict)
    counts: Counter[UUID] = Counter()
    for pk, article, start, end in rows:
        if start is None or end is None:
            continue
        counts[article] += 1
        tick = _tick(start, end, slots.get(pk, 0), lengths[article])
        ticks[article].setdefault((tick.x // _STEP, tick.slot), tick)
    links = _link_counts(viewer, article_ids)
    return {
        article: RowMarks(list(ticks[article].values()), _written(counts[article], links[article]))
        for article in article_ids
    }


def with_claim(viewer: Viewer, articles: QuerySet[Article], slug: str) -> QuerySet[Article]:
    """Return the articles in which `viewer` sees the claim tagged."""
    tagged = visible_occurrences(viewer).filter(
        content_object__article=OuterRef("pk"), tag__slug=slug
    )
    return articles.filter(Exists(tagged))


def claims_among(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    """Return the claims that `viewer` sees in `articles`, in most articles first."""
    rows = (
        visible_occurrences(viewer)
        .filter(content_object__article__in=articles.order_by().values("id"))
        .order_by()
        .values_list("tag__slug", "tag__name", "tag__slot")
        .annotate(found=Count("content_object__article", distinct=True))
        .order_by("-found", "tag__name")[:_MOST_CLAIMS]
    )
    return [Choice(slug, shown_label(name), found, slot) for slug, name, slot, found in rows]


def marked_by(viewer: Viewer, articles: QuerySet[Article], username: str) -> QuerySet[Article]:
    """Return the articles in which `viewer` sees highlights of the reader."""
    by_reader = _highlights(viewer).filter(creator__username=username)
    return articles.filter(Exists(by_reader.filter(article=OuterRef("pk"))))


def readers_among(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    """Return whose highlights `viewer` sees in `articles`, those in most articles first."""
    rows = (
        _highlights(viewer)
        .filter(article__in=articles.order_by().values("id"))
        .order_by()
        .values_list("creator__username", "creator__profile__display_name")
        .annotate(found=Count("article", distinct=True))
        .order_by("-found", "creator__profile__display_name")
    )
    return [Choice(username, name, found) for username, name, found in rows]


def by_marks(viewer: Viewer, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
    """Return the articles in which `viewer` sees no highlight, for the value UNMARKED."""
    if value != UNMARKED:
        return articles.none()
    return articles.filter(~Exists(_highlights(viewer).filter(article=OuterRef("pk"))))


def marks_among(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    """Return in how many of `articles` `viewer` sees no highlight, if in any."""
    found = by_marks(viewer, articles.order_by(), UNMARKED).count()
    return [Choice(UNMARKED, _("none yet"), found)] if found else []


def recently_marked(viewer: Viewer, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return the articles, the one that was last marked first."""
    last = _of_each(viewer).annotate(last=Max("created_at")).values("last")
    by_time = articles.annotate(last_marked=Subquery(last))
    return by_time.order_by(F("last_marked").desc(nulls_last=True), "title", "id")


def most_marked(viewer: Viewer, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return the articles, the one with most highlights first."""
    marks = _of_each(viewer).annotate(marks=Count("id")).values("marks")
    by_count = articles.annotate(mark_count=Subquery(marks))
    return by_count.order_by(F("mark_count").desc(nulls_last=True), "title", "id")


def linked_by_readers(viewer: Viewer, article: Article) -> Mapping[UUID, str]:
    """Return the articles that readers linked with `article`, and as what; no stubs."""
    touching = Q(from_article=article) | Q(to_article=article)
    rows = (
        visible_links(viewer)
        .filter(touching)
        .exclude(from_article=F("to_article"))
        .filter(from_article__is_stub=False, to_article__is_stub=False)
        .order_by("created_at")
        .values_list("from_article_id", "to_article_id", "relation")
    )
    relations: dict[UUID, dict[str, None]] = defaultdict(dict)
    for start, end, relation in rows:
        label = str(Link.Relation(relation).label)
        relations[end if start == article.id else start][label] = None
    return {
        other: _("linked by readers: %(relations)s") % {"relations": ", ".join(labels)}
        for other, labels in relations.items()
    }


def _of_each(viewer: Viewer) -> QuerySet[Annotation, Any]:
    """Return the highlights of the article of the outer query, to be counted by article."""
    highlights = _highlights(viewer).filter(article=OuterRef("pk"))
    return highlights.order_by().values("article")


def _highlights(viewer: Viewer) -> QuerySet[Annotation]:
    return visible_annotations(viewer).filter(start__isnull=False)


def _lengths(article_ids: Sequence[UUID]) -> dict[UUID, int]:
    current = ArticleVersion.objects.filter(
        article_id__in=article_ids, id=F("article__current_version_id")
    )
    return dict(current.order_by().values_list("article_id", Length("text")))


def _tick(start: int, end: int, slot: int, length: int) -> Tick:
    x = start * 1000 // length
    return Tick(x, max(_STEP, (end - start) * 1000 // length), slot)


def _link_counts(viewer: Viewer, article_ids: Sequence[UUID]) -> Counter[UUID]:
    touching = Q(from_article_id__in=article_ids) | Q(to_article_id__in=article_ids)
    rows = visible_links(viewer).filter(touching).order_by()
    counts: Counter[UUID] = Counter()
    for start, end in rows.values_list("from_article_id", "to_article_id"):
        counts.update({start, end})
    return counts


def _written(highlights: int, links: int) -> str:
    marked = ngettext("%(count)d highlight", "%(count)d highlights", highlights)
    linked = ngettext("%(count)d link", "%(count)d links", links)
    return f"{marked % {'count': highlights}} · {linked % {'count': links}}"
