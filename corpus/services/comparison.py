"""Keeping what texts that share words or addresses are found by."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Count

from corpus.models import Article, ArticleVersion, ComparedText, PageAddress
from corpus.related.copies import held_runs
from corpus.services.copies import keep_first_pairs, keep_pairs
from corpus.text.addresses import address_key
from corpus.text.runs import Fingerprint, compared_words, fingerprints, fingerprints_of
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


def compare_first(version: ArticleVersion) -> None:
    """Store what `version`, the first text of a new article, is compared by."""
    found = fingerprints_of(version.text)
    text = ComparedText.objects.create(article=version.article, version=version, runs=len(found))
    if _store_runs(text, found):
        keep_first_pairs(text)
    _store_addresses(text, version)


def forget_comparison(article: Article) -> None:
    """Remove what `article` is compared by, to build it anew."""
    ComparedText.objects.filter(article=article).delete()


def _keep_runs(text: ComparedText, version: ArticleVersion, words: Iterable[Word]) -> None:
    found = fingerprints(version.text, compared_words(version.text, words))
    text.version = version
    text.runs = len(found)
    text.save()
    text.text_runs.all().delete()
    _store_runs(text, found)
    keep_pairs(text)


def _store_runs(text: ComparedText, found: Sequence[Fingerprint]) -> bool:
    """Store the runs of `text` but commonplace ones; say whether another text has any of them."""
    held = held_runs([run.hash for run in found])
    _insert_runs(text, [run for run in found if held.get(run.hash, 0) < COMMONPLACE])
    return bool(held)


def _insert_runs(text: ComparedText, runs: Iterable[Fingerprint]) -> None:
    """Store `runs` of `text` without making an object of each.

    bulk_create takes six times as long, and imports would take half as long again.
    """
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_RUN, [(text.pk, *run) for run in runs])


def _keep_addresses(text: ComparedText, version: ArticleVersion) -> None:
    text.addresses.all().delete()
    _store_addresses(text, version)


def _store_addresses(text: ComparedText, version: ArticleVersion) -> None:
    own = address_key(version.article.canonical_url)
    cited = {address_key(mark["url"]) for mark in version.marks if mark["kind"] == "link"}
    keys = sorted(key for key in cited if key is not None)
    common = _commonplace(keys)
    rows = [PageAddress(text=text, key=key, is_own=False) for key in keys if key not in common]
    if own is not None:
        rows.append(PageAddress(text=text, key=own, is_own=True))
    PageAddress.objects.bulk_create(rows)


def _commonplace(keys: Sequence[int]) -> set[int]:
    """Return those of the addresses `keys` that COMMONPLACE texts cite already."""
    found: set[int] = set()
    for first in range(0, len(keys), _ASKED):
        some = PageAddress.objects.filter(is_own=False, key__in=keys[first : first + _ASKED])
        counted = some.order_by().values("key").annotate(articles=Count("id"))
        common = counted.filter(articles__gte=COMMONPLACE)
        found.update(common.values_list("key", flat=True))
    return found
