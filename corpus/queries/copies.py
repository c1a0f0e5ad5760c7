"""Pairs of articles with nearly the same text, as curators look them over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from corpus.access import current_version
from corpus.errors import NotAllowed
from corpus.extensions import account_names
from corpus.models import ArticleVersion, NearPair
from corpus.permissions import Viewer, allowed
from corpus.queries.differences import shown_difference
from corpus.text.blocks import blocks_from_data
from corpus.text.states import NewText

PAIRS_A_PAGE = 20


@dataclass(frozen=True)
class PairRow:
    """A pair in the list; `percent` of the shorter text stands in the other as well."""

    pair: NearPair
    percent: int
    who: str


def copies_page(viewer: Viewer, *, decided: bool, number: str) -> dict[str, Any]:
    """Return a page of the pairs that wait for a verdict or, when `decided`, that have one.

    Pairs with an article that is out of sight already wait for nothing. Raises NotAllowed.
    """
    _check(viewer)
    waiting = _of_texts().filter(
        verdict=NearPair.Verdict.OPEN, first__is_hidden=False, second__is_hidden=False
    )
    done = _of_texts().exclude(verdict=NearPair.Verdict.OPEN).order_by("-decided_at", "id")
    found = done if decided else waiting.order_by("-share", "id")
    pairs = _with_articles(found)
    page: Page[NearPair] = Paginator(pairs, PAIRS_A_PAGE).get_page(number)
    shown = list(page)
    names = _names(shown)
    return {
        "page": page,
        "rows": [_row(pair, names) for pair in shown],
        "decided": decided,
        "waiting_count": waiting.count() if decided else page.paginator.count,
        "decided_count": page.paginator.count if decided else done.count(),
    }


def pair_or_404(viewer: Viewer, pair_id: UUID) -> NearPair:
    """Return the pair; raises NotAllowed for who may not look after articles.

    Raises Http404 for none, and while one of the two is only linked to.
    """
    _check(viewer)
    pair = _with_articles(_of_texts()).filter(pk=pair_id).first()
    if pair is None:
        raise Http404
    return pair


def pair_context(pair: NearPair) -> dict[str, Any]:
    """Return what the page of `pair` shows: both articles, and how the newer text differs."""
    first, second = current_version(pair.first), current_version(pair.second)
    return {
        **vars(_row(pair, _names([pair]))),
        "versions": [first, second],
        "difference": shown_difference(_text(first), _text(second)),
    }


def _of_texts() -> QuerySet[NearPair]:
    """Return the pairs that can be compared: an emptied article has no text."""
    pairs: QuerySet[NearPair] = NearPair.objects.all()
    return pairs.filter(first__is_stub=False, second__is_stub=False)


def _with_articles(pairs: QuerySet[NearPair]) -> QuerySet[NearPair]:
    return pairs.select_related("first__outlet", "second__outlet")


def _row(pair: NearPair, names: Mapping[int, str]) -> PairRow:
    who = names.get(pair.decided_by_id, "") if pair.decided_by_id else ""
    return PairRow(pair, round(100 * pair.share), who)


def _names(pairs: Sequence[NearPair]) -> dict[int, str]:
    ids = sorted({pair.decided_by_id for pair in pairs if pair.decided_by_id})
    found: dict[int, str] = {}
    for source in account_names if ids else ():
        found |= source.of(ids)
    return found


def _text(version: ArticleVersion) -> NewText:
    return NewText(version.text, blocks_from_data(version.blocks))


def _check(viewer: Viewer) -> None:
    if not allowed(viewer, "article.hide"):
        raise NotAllowed
