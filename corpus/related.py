"""Articles like another, with the reason in words.

Ranked by the weights of the words that the signatures of both share (a cosine, 0 to 1);
names explain and do not rank. What readers related by hand stands above.
"""

from calendar import day_name, month_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, FloatField, Sum
from django.utils.translation import gettext as _

from corpus.access import readable_q, visible_articles
from corpus.extensions import related_boosts
from corpus.models import Article, Signature, SignatureTerm, Term
from corpus.permissions import Viewer
from corpus.text.frequencies import share_of_articles
from corpus.text.words import words_of

# Names or words that a reason gives.
_MOST_GIVEN = 3
# Articles that an export holds in memory at a time.
_CHUNK = 200
# Written like names, and no explanation.
_OF_THE_CALENDAR = frozenset({*month_name, *day_name})
# Names whose every word stands in more than this share of all articles explain nothing.
_COMMONPLACE = 0.05
# A relation made by hand outranks the best likeness, which is 1.
_BY_HAND = 1.0


@dataclass(frozen=True)
class Related:
    """An article that is like another: `score` is 0 to 1, above 1 when readers related it."""

    article: Article
    score: float
    reason: str


def related_articles(viewer: Viewer, article: Article, limit: int = 5) -> list[Related]:
    """Return the articles most like `article` that `viewer` may read, the best first.

    Nothing is cut off for being unlike: in a small corpus the order is what helps.
    """
    by_hand = _related_by_hand(viewer, article)
    scores = _likeness(viewer, article, limit, by_hand)
    ranked = sorted(
        scores, key=lambda other: (-(scores[other] + _BY_HAND * (other in by_hand)), str(other))
    )[:limit]
    found = visible_articles(viewer).select_related("outlet").in_bulk(ranked)
    explained = _reasons(article, ranked)
    return [
        Related(
            found[other],
            round(scores[other] + _BY_HAND * (other in by_hand), 4),
            "; ".join(filter(None, [by_hand.get(other), explained.get(other)])),
        )
        for other in ranked
        if other in found
    ]


def export_related(viewer: Viewer, limit: int) -> Iterator[dict[str, Any]]:
    """Yield for each article its id and at most `limit` related ones, as JSON values."""
    articles = visible_articles(viewer).order_by("created_at", "id")
    for article in articles.iterator(chunk_size=_CHUNK):
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


def _likeness(
    viewer: Viewer, article: Article, limit: int, by_hand: Iterable[UUID]
) -> dict[UUID, float]:
    """Return the score of the `limit` most alike articles and of those related by hand."""
    shared = (
        SignatureTerm.objects.filter(readable_q(viewer, "article__"), article__is_stub=False)
        .filter(term__signatures__article=article)
        .exclude(article=article)
        .order_by()
        .values("article_id")
        .annotate(score=Sum(F("weight") * F("term__signatures__weight"), output_field=FloatField()))
    )
    scores = dict.fromkeys(by_hand, 0.0)
    if scores:
        near = shared.filter(article_id__in=list(scores))
        scores.update((row["article_id"], row["score"]) for row in near)
    best = shared.order_by("-score", "article_id")[:limit]
    scores.update((row["article_id"], row["score"]) for row in best)
    return scores


def _reasons(article: Article, others: Sequence[UUID]) -> dict[UUID, str]:
    """Return for each of `others` what it shares with `article`: names, else words."""
    names = dict(
        Signature.objects.filter(article_id__in=[article.id, *others]).values_list(
            "article_id", "names"
        )
    )
    shared = {
        other: _shared_names(names.get(article.id, []), names.get(other, [])) for other in others
    }
    rarity = _articles_with({name for found in shared.values() for name in found})
    words = _shared_words(article, others)
    reasons = {}
    for other in others:
        given = sorted(shared[other], key=lambda name: (rarity[name], -len(name), name))
        if given:
            reasons[other] = _("both mention %(names)s") % {"names": ", ".join(given[:_MOST_GIVEN])}
        elif words[other]:
            reasons[other] = _("both use the words %(words)s") % {
                "words": ", ".join(words[other][:_MOST_GIVEN])
            }
    return reasons


def _shared_names(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the names in both texts, the fuller of two that mean the same.

    "Hunt" in one text is "Tristram Hunt" in the other.
    """
    in_ours, in_theirs = _apart(ours), _apart(theirs)
    short = {name for name in ours if f" {name} " in in_theirs}
    short |= {name for name in theirs if f" {name} " in in_ours}
    telling = {name for name in short - _OF_THE_CALENDAR if _is_telling(name)}
    in_telling = _apart(telling)
    return [name for name in telling if in_telling.count(f" {name} ") == 1]


def _apart(names: Iterable[str]) -> str:
    """Return `names` as one text in which each is found only as whole words."""
    return "".join(f" {name} |" for name in names)


def _is_telling(name: str) -> bool:
    return any(share_of_articles(word) < _COMMONPLACE for word in words_of(name))


def _articles_with(names: Iterable[str]) -> dict[str, int]:
    """Return for each name in how many articles its rarest word stands."""
    words = {name: words_of(name) for name in names}
    wanted = {word for found in words.values() for word in found}
    counts = dict(Term.objects.filter(word__in=wanted).values_list("word", "articles"))
    return {
        name: min((counts.get(word, 0) for word in found if word in counts), default=0)
        for name, found in words.items()
    }


def _shared_words(article: Article, others: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    """Return for each of `others` the words it shares with `article`, the weightiest first."""
    words: dict[UUID, list[str]] = {other: [] for other in others}
    rows = (
        SignatureTerm.objects.filter(article_id__in=list(others), term__signatures__article=article)
        .annotate(product=F("weight") * F("term__signatures__weight"))
        .order_by("-product", "term__word")
        .values_list("article_id", "term__word")
    )
    for other, word in rows:
        words[other].append(word)
    return words
