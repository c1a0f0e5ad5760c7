"""Articles related to another, the strongest relation first, with the reasons in words.

What readers related by hand stands above every other. Then counts how alike the words are
(a cosine, 0 to 1), raised by what else tells: a text that is nearly the same, a quotation
that both have, a link from one to the other, a page that both cite.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any
from uuid import UUID

from django.db.models import Q

from corpus.access import visible_articles
from corpus.extensions import related_boosts
from corpus.models import Article, NearPair
from corpus.models.chunks import read_in_chunks
from corpus.permissions import Viewer
from corpus.related.citations import citations
from corpus.related.copies import Overlap, overlaps
from corpus.related.likeness import likeness, shared_words_or_names
from corpus.related.quotations import quotations
from corpus.related.reasons import Evidence, Reason

# A quotation that few articles have: as telling as a link from one to the other.
_QUOTATION = 0.5
# Added for a relation made by hand: the best that is computed is 1.
_BY_HAND = 1.0


@dataclass(frozen=True)
class Related:
    """An article that is related: `score` is 0 to 1, from 1 to 2 when readers related it.

    The strongest of its reasons comes first.
    """

    article: Article
    score: float
    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> str:
        """Return the reasons as one line."""
        return "; ".join(reason.text for reason in self.reasons)


def related_articles(viewer: Viewer, article: Article, limit: int = 5) -> list[Related]:
    """Return the articles most related to `article` that `viewer` may read, the best first.

    Nothing is cut off for being unlike: in a small corpus the order is what helps.
    """
    by_hand = _related_by_hand(viewer, article)
    evidence = _evidence(viewer, article, limit)
    alike = likeness(viewer, article, limit, {*by_hand, *evidence})
    scores = {
        other: _score(cosine, evidence.get(other, ())) + _BY_HAND * (other in by_hand)
        for other, cosine in alike.items()
    }
    order = sorted(scores, key=lambda other: (other not in by_hand, -scores[other], str(other)))
    ranked = order[:limit]
    found = visible_articles(viewer).select_related("outlet").in_bulk(ranked)
    explained = shared_words_or_names(article, ranked)
    return [
        Related(
            found[other],
            round(scores[other], 4),
            _reasons(by_hand.get(other), evidence.get(other, ()), explained.get(other)),
        )
        for other in ranked
        if other in found
    ]


def export_related(viewer: Viewer, limit: int) -> Iterator[dict[str, Any]]:
    """Yield for each article its id and at most `limit` related ones, as JSON values."""
    for article in read_in_chunks(visible_articles(viewer).select_related("current_version")):
        yield {
            "id": str(article.id),
            "related": [
                {"id": str(item.article.id), "reason": item.reason, "score": item.score}
                for item in related_articles(viewer, article, limit)
            ],
        }


def _related_by_hand(viewer: Viewer, article: Article) -> dict[UUID, str]:
    reasons: dict[UUID, str] = {}
    for boost in related_boosts:
        for other, reason in boost.reasons(viewer, article).items():
            reasons.setdefault(other, reason)
    return reasons


def _evidence(viewer: Viewer, article: Article, limit: int) -> Mapping[UUID, list[Evidence]]:
    """Return what beside their words relates articles, the strongest first."""
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    shared = overlaps(viewer, article)
    near = sorted(
        (overlap for overlap in shared if overlap.is_near_copy),
        key=lambda overlap: (-overlap.share, str(overlap.article_id)),
    )[:limit]
    apart = _told_apart(article) if near else set()
    for overlap in near:
        reason = _near_copy(overlap, is_another=overlap.article_id in apart)
        found[overlap.article_id].append(Evidence(overlap.share, reason))
    others = [overlap for overlap in shared if not overlap.is_near_copy]
    for other, reason in quotations(article, others, limit).items():
        found[other].append(Evidence(_QUOTATION, reason))
    for other, cited in citations(viewer, article).items():
        found[other].extend(cited)
    for reasons in found.values():
        reasons.sort(key=lambda evidence: -evidence.weight)
    return found


def _told_apart(article: Article) -> set[UUID]:
    """Return the articles with nearly the text of `article` that a curator said are others."""
    pairs = NearPair.objects.filter(verdict=NearPair.Verdict.DIFFERENT)
    ids = pairs.filter(Q(first=article) | Q(second=article)).values_list("first_id", "second_id")
    return {pk for pair in ids for pk in pair} - {article.pk}


def _near_copy(overlap: Overlap, *, is_another: bool) -> Reason:
    if is_another:
        return Reason("much_the_same")
    if overlap.are_of_a_size:
        return Reason("same_size")
    if overlap.our_runs < overlap.their_runs:
        return Reason("within")
    return Reason("around")


def _score(cosine: float, evidence: Sequence[Evidence]) -> float:
    """Return 0 to 1: each thing that tells takes its part of what is still missing to 1."""
    return 1 - (1 - cosine) * prod(1 - item.weight for item in evidence)


def _reasons(
    by_hand: str | None, evidence: Sequence[Evidence], words: Reason | None
) -> tuple[Reason, ...]:
    first = [Reason("said", (by_hand,))] if by_hand else []
    last = [words] if words else []
    return (*first, *(item.reason for item in evidence), *last)
