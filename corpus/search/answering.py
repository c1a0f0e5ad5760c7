"""The entries of the index that answer a query, for one viewer.

Rights are conditions of the queries themselves: what a viewer may not see is neither found
nor counted.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from corpus.access import readable_q
from corpus.extensions import ArticleIds, SearchKind, search_kinds
from corpus.models import SearchWords
from corpus.permissions import Viewer
from corpus.search.engine import engine
from corpus.search.query import Query

ARTICLES = "articles"
PASSAGES = "passages"


@dataclass(frozen=True)
class Scope:
    """Where is looked: not in one article, or only in those whose keys are `within`."""

    exclude_article: UUID | None = None
    within: ArticleIds | None = None


def best(viewer: Viewer, kind: str, query: Query, scope: Scope) -> "QuerySet[SearchWords, int]":
    """Return the keys of the entries that answer, the best first."""
    answers = answering(viewer, kind, query, scope)
    if not query:
        return answers.values_list("pk", flat=True)
    ranked = answers.annotate(rank=engine().rank(query)).order_by("-rank", "pk")
    return ranked.values_list("pk", flat=True)


def answering(viewer: Viewer, kind: str, query: Query, scope: Scope) -> QuerySet[SearchWords]:
    """Return the entries of `kind` in `scope` that `viewer` may see and that answer `query`."""
    if not query:
        return SearchWords.objects.none()
    answers = SearchWords.objects.filter(engine().matches(query), entry__kind=kind)
    if scope.exclude_article is not None:
        answers = answers.exclude(entry__article_id=scope.exclude_article)
    if kind in (ARTICLES, PASSAGES):
        seen = answers.filter(readable_q(viewer, "entry__article__"))
        return _standing_in(seen, scope.within)
    known = search_kinds.get(kind)
    return answers.none() if known is None else _seen(answers, viewer, known, scope.within)


def _seen(
    answers: QuerySet[SearchWords], viewer: Viewer, kind: SearchKind, within: ArticleIds | None
) -> QuerySet[SearchWords]:
    if within is not None and kind.among is not None:
        things = kind.among(viewer, within)
    else:
        things = kind.visible(viewer)
        answers = _standing_in(answers, within)
    return answers.filter(Exists(things.filter(pk=OuterRef("entry__subject_id"))))


def _standing_in(
    answers: QuerySet[SearchWords], within: ArticleIds | None
) -> QuerySet[SearchWords]:
    if within is None:
        return answers
    return answers.filter(entry__article_id__in=within)
