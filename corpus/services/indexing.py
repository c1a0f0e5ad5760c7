"""Keeping the index of search in step; called inside the transaction of a service."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from corpus.extensions import EntryText, search_kinds
from corpus.models import Article, ArticleVersion, SearchEntry
from corpus.search.answering import ARTICLES, PASSAGES
from corpus.search.engine import engine
from corpus.search.indexed import IndexedWords
from corpus.services.comparison import compare_first, keep_comparison
from corpus.services.signatures import sign, sign_first
from corpus.text.blocks import blocks_from_data
from corpus.text.words import Word, all_words, words_of, words_with_offsets

# Words of one entry that are indexed; PostgreSQL counts places no further.
_MOST_WORDS = 16_000
# Words of one passage: longer blocks are several, so that a hit stays near its place.
_PASSAGE_WORDS = 1_000
# Entries removed in one transaction.
_ERASED = 500


@dataclass(frozen=True)
class _Draft:
    entry: SearchEntry
    heading: Sequence[str]
    about: Sequence[str]
    body: Sequence[str]


def index_article(version: ArticleVersion) -> None:
    """Put `version`, the current one of its article, in the place of what was indexed.

    Called after each new version and each change of title, by-line, outlet, address or topics,
    with `one_text_at_a_time` in force.
    """
    article = version.article
    words = list(words_with_offsets(version.text))
    forget_text(article)
    _store([_article_draft(article, words), *_passage_drafts(version, words)])
    sign(version, [word.folded for word in words])
    keep_comparison(version, words)


def index_first(version: ArticleVersion) -> None:
    """Index `version`, the first text of a new article, of which nothing is indexed yet.

    Called as `index_article` is, in the transaction that makes the article.
    """
    words = all_words(version.text)
    _store([_article_draft(version.article, words), *_passage_drafts(version, words)])
    sign_first(version, [word.folded for word in words])
    compare_first(version)


def forget_text(article: Article) -> None:
    """Let nothing of the text of `article` be found."""
    _erase(SearchEntry.objects.filter(article=article, kind__in=(ARTICLES, PASSAGES)))


def keep_entry(kind: str, text: EntryText) -> None:
    """Put `text` in the place of what was indexed of it; `kind` is a key of search_kinds."""
    drop_entry(kind, text.subject_id)
    _store([_other_draft(kind, text)])


def drop_entry(kind: str, subject_id: UUID) -> None:
    """Remove the thing of `kind` from the index; nothing happens when it is not there."""
    _erase(SearchEntry.objects.filter(kind=kind, subject_id=subject_id))


def forget_entries(last: int) -> None:
    """Remove what was indexed up to the entry `last`, some at a time: a rebuild replaced it."""
    while old := list(SearchEntry.objects.filter(pk__lte=last).values_list("pk")[:_ERASED]):
        with transaction.atomic():
            _erase(SearchEntry.objects.filter(pk__in=[pk for (pk,) in old]))


def index_other_kinds(last: int) -> Iterator[str]:
    """Index what other apps add, yielding the kind of each thing as it is stored.

    What was indexed after the entry `last` is newer than what is read here, and stays.
    """
    for kind in search_kinds:
        for text in kind.entries():
            with transaction.atomic():
                stored = SearchEntry.objects.filter(kind=kind.key, subject_id=text.subject_id)
                if not stored.filter(pk__gt=last).exists():
                    keep_entry(kind.key, text)
            yield kind.key


def _article_draft(article: Article, words: Sequence[Word]) -> _Draft:
    return _Draft(
        SearchEntry(kind=ARTICLES, subject_id=article.id, article=article),
        heading=words_of(article.title),
        about=words_of(" ".join(_said_about(article))),
        body=[word.folded for word in words],
    )


def _said_about(article: Article) -> Iterator[str]:
    yield article.standfirst
    yield article.byline
    if article.outlet is not None:
        yield article.outlet.name
    yield from article.authors.values_list("name", flat=True)
    yield from article.topics.values_list("name", flat=True)


def _passage_drafts(version: ArticleVersion, words: Sequence[Word]) -> Iterator[_Draft]:
    article = version.article
    following = iter(words)
    word = next(following, None)
    for number, block in enumerate(blocks_from_data(version.blocks), start=1):
        inside: list[Word] = []
        while word is not None and word.start < block.end:
            inside.append(word)
            word = next(following, None)
        for start, end, part in _parts(block.start, block.end, inside):
            entry = SearchEntry(
                kind=PASSAGES,
                subject_id=article.id,
                article=article,
                block=number,
                start=start,
                end=end,
            )
            yield _Draft(entry, (), (), [found.folded for found in part])


def _parts(
    start: int, end: int, words: Sequence[Word]
) -> Iterator[tuple[int, int, Sequence[Word]]]:
    """Yield the block start..end in parts of at most _PASSAGE_WORDS words."""
    for first in range(0, len(words), _PASSAGE_WORDS):
        part = words[first : first + _PASSAGE_WORDS]
        rest = words[first + _PASSAGE_WORDS : first + _PASSAGE_WORDS + 1]
        following = rest[0].start if rest else end
        yield start, following, part
        start = following


def _other_draft(kind: str, text: EntryText) -> _Draft:
    entry = SearchEntry(kind=kind, subject_id=text.subject_id, article_id=text.article_id)
    return _Draft(entry, words_of(text.heading), words_of(text.about), words_of(text.body))


def _store(drafts: Sequence[_Draft]) -> None:
    SearchEntry.objects.bulk_create([draft.entry for draft in drafts])
    engine().write(_indexed(drafts))


def _indexed(drafts: Iterable[_Draft]) -> Iterator[IndexedWords]:
    for draft in drafts:
        yield IndexedWords(
            draft.entry.pk,
            draft.heading[:_MOST_WORDS],
            draft.about[:_MOST_WORDS],
            draft.body[:_MOST_WORDS],
        )


def _erase(entries: QuerySet[SearchEntry]) -> None:
    engine().erase(list(entries.values_list("pk", flat=True)))
    entries.delete()
