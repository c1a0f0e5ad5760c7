"""Keeping what texts that share words or addresses are found by."""

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import Count, QuerySet

from corpus.models import Article, ArticleVersion, ComparedText, PageAddress, TextRun
from corpus.services.copies import keep_pairs
from corpus.text.addresses import address_key
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


def forget_comparison(article: Article) -> None:
    """Remove what `article` is compared by, to build it anew."""
    ComparedText.objects.filter(article=article).delete()


def _keep_runs(text: ComparedText, version: ArticleVersion, words: Iterable[Word]) -> None:
    found = fingerprints(version.text, compared_words(version.text, words))
    text.version = version
    text.runs = len(found)
    text.save()
    text.text_runs.all().delete()
    common = _commonplace(TextRun.objects.all(), "hash", [run.hash for run in found])
    _insert_runs(text, [run for run in found if run.hash not in common])
    keep_pairs(text)


def _insert_runs(text: ComparedText, runs: Iterable[Fingerprint]) -> None:
    """Store `runs` of `text` without making an object of each.

    bulk_create takes six times as long, and imports would take half as long again.
    """
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_RUN, [(text.pk, *run) for run in runs])


def _keep_addresses(text: ComparedText, version: ArticleVersion) -> None:
    text.addresses.all().delete()
    own = address_key(version.article.canonical_url)
    cited = {address_key(mark["url"]) for mark in version.marks if mark["kind"] == "link"}
    keys = sorted(key for key in cited if key is not None)
    common = _commonplace(PageAddress.objects.filter(is_own=False), "key", keys)
    rows = [PageAddress(text=text, key=key, is_own=False) for key in keys if key not in common]
    if own is not None:
        rows.append(PageAddress(text=text, key=own, is_own=True))
    PageAddress.objects.bulk_create(rows)


def _commonplace(
    rows: QuerySet[TextRun] | QuerySet[PageAddress], field: str, values: Collection[int]
) -> set[int]:
    """Return those of `values` that COMMONPLACE of `rows` have in `field` already."""
    asked = list(values)
    found: set[int] = set()
    for first in range(0, len(asked), _ASKED):
        some = rows.filter(**{f"{field}__in": asked[first : first + _ASKED]}).order_by()
        counted = some.values(field).annotate(articles=Count("id"))
        common = counted.filter(articles__gte=COMMONPLACE)
        found.update(common.values_list(field, flat=True))
    return found
