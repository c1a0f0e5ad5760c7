"""Keeping what texts that share words or addresses are found by."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from django.db import connection
from django.db.models import Count

from corpus.models import Article, ArticleVersion, ComparedText, PageAddress
from corpus.related.copies import held_runs
from corpus.services.copies import keep_first_pairs, keep_pairs
from corpus.text.addresses import address_key
from corpus.text.cut import CutText
from corpus.text.runs import Fingerprint, compared_words, fingerprints
from corpus.text.words import Word

# What stands in so many articles is kept for no further one: it is boilerplate or an idiom,
# and whoever reads it from the tables should not meet it a hundred thousand times.
COMMONPLACE = 100
# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900
_INSERT_RUN = """
    INSERT INTO corpus_textrun (text_id, hash, start, "end") VALUES (%s, %s, %s, %s)
"""


def keep_comparison(version: ArticleVersion, words: Iterable[Word]) -> None:
    """Store what `version`, whose text consists of `words`, is compared by.

    It takes the place of what was stored for the article before.
    """
    article = version.article
    text = ComparedText.objects.filter(article=article).first() or ComparedText(article=article)
    if text.version_id != version.id:
        _keep_runs(text, version, words)
    _keep_addresses(text, version)


def compare_first(texts: Sequence[tuple[ArticleVersion, CutText]]) -> None:
    """Store what first texts of new articles are compared by."""
    compared = ComparedText.objects.bulk_create(
        ComparedText(article=version.article, version=version, runs=len(cut.runs))
        for version, cut in texts
    )
    pairs = list(zip(compared, texts, strict=True))
    for text in _store_runs([(text, cut.runs) for text, (_, cut) in pairs]):
        keep_first_pairs(text)
    _store_addresses([(text, version) for text, (version, _) in pairs])


def forget_comparison(article: Article) -> None:
    """Remove what `article` is compared by, to build it anew."""
    ComparedText.objects.filter(article=article).delete()


def _keep_runs(text: ComparedText, version: ArticleVersion, words: Iterable[Word]) -> None:
    found = fingerprints(version.text, compared_words(version.text, words))
    text.version = version
    text.runs = len(found)
    text.save()
    text.text_runs.all().delete()
    _store_runs([(text, found)])
    keep_pairs(text)


def _store_runs(
    texts: Sequence[tuple[ComparedText, Sequence[Fingerprint]]],
) -> list[ComparedText]:
    """Store the runs of `texts` but commonplace ones; return those that share any with another.

    An object is made of none: bulk_create takes six times as long.
    """
    held = Counter(held_runs(sorted({run.hash for _, runs in texts for run in runs})))
    sharing, rows = [], []
    for text, runs in texts:
        if any(run.hash in held for run in runs):
            sharing.append(text)
        rows += [(text.pk, *run) for run in runs if held[run.hash] < COMMONPLACE]
        held.update(run.hash for run in runs)
    # In the order of the index, which is far larger than the memory for it.
    rows.sort(key=itemgetter(1))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_RUN, rows)
    return sharing


def _keep_addresses(text: ComparedText, version: ArticleVersion) -> None:
    text.addresses.all().delete()
    _store_addresses([(text, version)])


def _store_addresses(texts: Sequence[tuple[ComparedText, ArticleVersion]]) -> None:
    """Store the pages that `texts` stand at and cite, but those that are cited everywhere."""
    cited = [_cited(version) for _, version in texts]
    citing = _citing(sorted(set().union(*cited)))
    rows = []
    for (text, version), keys in zip(texts, cited, strict=True):
        rows += [
            PageAddress(text=text, key=key, is_own=False)
            for key in sorted(keys)
            if citing[key] < COMMONPLACE
        ]
        citing.update(keys)
        own = address_key(version.article.canonical_url)
        if own is not None:
            rows.append(PageAddress(text=text, key=own, is_own=True))
    PageAddress.objects.bulk_create(rows)


def _cited(version: ArticleVersion) -> set[int]:
    found = {address_key(mark["url"]) for mark in version.marks if mark["kind"] == "link"}
    return {key for key in found if key is not None}


def _citing(keys: Sequence[int]) -> Counter[int]:
    """Return how many texts cite each of the pages `keys`."""
    found: Counter[int] = Counter()
    for first in range(0, len(keys), _ASKED):
        some = PageAddress.objects.filter(is_own=False, key__in=keys[first : first + _ASKED])
        counted = some.order_by().values("key").annotate(articles=Count("id"))
        found.update(dict(counted.values_list("key", "articles")))
    return found
