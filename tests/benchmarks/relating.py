"""How much articles have to be related before a link between them is suggested.

`python -m tests.benchmarks.relating` fills the site of POSTIL_DATA, which is to be empty, and
prints what LIKELY_RELATED rests on. First the seeds: their pairs by score, as what readers of the
starter set linked counts as right. Then the same among articles that have nothing to do with
them, with near-copies of the seeds in which every so many words are others.
"""

import random
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import accumulate

from tests.benchmarks.suggesting import import_starter  # isort: skip - it sets Django up
from annotations.models import Link
from annotations.queries.finding.links import LIKELY_RELATED
from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.related import related_articles
from corpus.services.indexing import index_article
from tests.factories import make_article

UNRELATED = 300
LENGTH = 800
THRESHOLDS = (0.02, 0.03, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3)
KEPT = (0.9, 0.7, 0.5, 0.3, 0.1)
_NEAR = 30
_BY_HAND = 1
_FREQUENCIES = "frequency_dictionary_en_82_765.txt"

Pair = frozenset[str]


def scores(slugs: set[str]) -> Mapping[Pair, float]:
    """Return how related the articles at `slugs` are, pair by pair, links by hand left out."""
    told: dict[Pair, float] = {}
    for article in Article.objects.filter(slug__in=slugs):
        for item in related_articles(SYSTEM, article, limit=_NEAR):
            if item.article.slug in slugs:
                score = item.score - _BY_HAND if item.score > _BY_HAND else item.score
                told[frozenset((article.slug, item.article.slug))] = score
    return told


def linked() -> set[Pair]:
    """Return the pairs of articles that readers linked."""
    rows = Link.objects.values_list("from_article__slug", "to_article__slug")
    return {frozenset(pair) for pair in rows if len(set(pair)) > 1}


def table(told: Mapping[Pair, float]) -> Iterator[str]:
    """Yield for each threshold how many pairs reach it, and how many of those are right."""
    right = linked()
    for threshold in THRESHOLDS:
        likely = {pair for pair, score in told.items() if score >= threshold}
        yield (
            f"  {threshold:.2f}: {len(likely & right)} of {len(right)} that readers linked,"
            f" {len(likely - right)} others"
        )


def english() -> tuple[list[str], list[int]]:
    """Return English words, and how often all up to each are written."""
    lines = (files("symspellpy") / _FREQUENCIES).read_text("utf-8-sig").splitlines()
    counts = {word: int(times) for word, times in (line.split() for line in lines)}
    return list(counts), list(accumulate(counts.values()))


def add(slug: str, text: str) -> None:
    """Add an article, indexed as an import does."""
    version = make_article(text, slug=slug).current_version
    assert version is not None
    index_article(version)


def add_unrelated() -> None:
    """Add articles of English words, each as often as it is written and in no order."""
    words, weights = english()
    for number in range(UNRELATED):
        choose = random.Random(number)
        text = " ".join(choose.choices(words, cum_weights=weights, k=LENGTH))
        add(f"unrelated-{number}", text)


def add_near_copies(seeds: set[str]) -> None:
    """Add a copy of each seed for each share of its words that is KEPT."""
    choose, (others, weights) = random.Random(1), english()
    for article in Article.objects.filter(slug__in=seeds).select_related("current_version"):
        assert article.current_version is not None
        for share in KEPT:
            words = [
                word if choose.random() < share else choose.choices(others, cum_weights=weights)[0]
                for word in article.current_version.text.split()
            ]
            add(f"{article.slug}-{round(100 * share)}", " ".join(words))


def main() -> None:
    """Print the figures."""
    import_starter()
    seeds = set(Article.objects.filter(is_stub=False).values_list("slug", flat=True))
    print("The seeds alone:", *table(scores(seeds)), sep="\n")
    add_unrelated()
    print(f"The seeds among {UNRELATED} others:", *table(scores(seeds)), sep="\n")
    others = {f"unrelated-{number}" for number in range(100)}
    best = max(scores(others).values(), default=0.0)
    print(f"The most related of {len(others)} others: {best:.3f}")
    add_near_copies(seeds)
    for share in KEPT:
        copies = {slug: f"{slug}-{round(100 * share)}" for slug in seeds}
        told = scores(seeds | set(copies.values()))
        own = [told.get(frozenset(pair), 0.0) for pair in copies.items()]
        print(f"Copies with {share:.0%} of the words: {min(own):.3f} to {max(own):.3f}")
    print(f"LIKELY_RELATED is {LIKELY_RELATED}")


if __name__ == "__main__":
    main()
