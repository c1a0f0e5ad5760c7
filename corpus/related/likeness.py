"""How alike the words of articles are, and which words and names say so.

Ranked by the weights of the words that the signatures of both share (a cosine, 0 to 1);
names explain and do not rank.
"""

from calendar import day_name, month_name
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import F, FloatField, Sum

from corpus.access import readable_q
from corpus.models import Article, Signature, SignatureTerm, Term
from corpus.permissions import Viewer
from corpus.related.reasons import Reason
from corpus.text.frequencies import share_of_articles
from corpus.text.words import words_of

# Names or words that a reason gives.
_MOST_GIVEN = 3
# Written like names, and no explanation.
_OF_THE_CALENDAR = frozenset({*month_name, *day_name})
# Parts of addresses, and words that tell only that somebody spoke: no explanation either.
_OF_ADDRESSES = frozenset(words_of("http https www com org net co html htm php asp utm"))
_OF_SPEECH = frozenset(
    words_of(
        "say says said saying tell tells told telling add adds added adding ask asks asked "
        "asking argue argues argued arguing write writes wrote written explain explains "
        "explained insist insists insisted speak speaks spoke spoken stated according"
    )
)
# Names whose every word stands in more than this share of all articles explain nothing.
_COMMONPLACE = 0.05
# Nor do words that stand in more than this share of them.
_EVERYDAY = 0.5


def likeness(
    viewer: Viewer, article: Article, limit: int, others: Collection[UUID]
) -> dict[UUID, float]:
    """Return the cosine of the `limit` most alike articles, and that of each of `others`."""
    shared = (
        SignatureTerm.objects.filter(readable_q(viewer, "article__"), article__is_stub=False)
        .filter(term__signatures__article=article)
        .exclude(article=article)
        .order_by()
        .values("article_id")
        .annotate(score=Sum(F("weight") * F("term__signatures__weight"), output_field=FloatField()))
    )
    scores = dict.fromkeys(others, 0.0)
    if scores:
        near = shared.filter(article_id__in=list(scores))
        scores.update((row["article_id"], row["score"]) for row in near)
    best = shared.order_by("-score", "article_id")[:limit]
    scores.update((row["article_id"], row["score"]) for row in best)
    return scores


def shared_words_or_names(article: Article, others: Sequence[UUID]) -> dict[UUID, Reason]:
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
            reasons[other] = Reason("names", tuple(given[:_MOST_GIVEN]))
        elif words[other]:
            reasons[other] = Reason("words", tuple(words[other][:_MOST_GIVEN]))
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
    """Return for each of `others` the telling words it shares with `article`.

    The weightiest come first.
    """
    words: dict[UUID, list[str]] = {other: [] for other in others}
    rows = (
        SignatureTerm.objects.filter(article_id__in=list(others), term__signatures__article=article)
        .annotate(product=F("weight") * F("term__signatures__weight"))
        .order_by("-product", "term__word")
        .values_list("article_id", "term__word")
    )
    for other, word in rows:
        if _explains(word):
            words[other].append(word)
    return words


def _explains(word: str) -> bool:
    if word.isdigit() or word in _OF_ADDRESSES or word in _OF_SPEECH:
        return False
    return share_of_articles(word) < _EVERYDAY
