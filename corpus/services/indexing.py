"""Keeping the index of search in step; called inside the transaction of a service."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from corpus.extensions import EntryText, search_kinds
from corpus.models import Article, ArticleVersion, Authorship, SearchEntry, TopicOnArticle
from corpus.search.answering import ARTICLES, PASSAGES
from corpus.search.engine import engine
from corpus.search.indexed import IndexedWords
from corpus.services.comparison import compare_first, keep_comparison
from corpus.services.signatures import sign, sign_first
from corpus.text.blocks import blocks_from_data
from corpus.text.cut import CutText
from corpus.text.words import words_of

# Words of one entry that are indexed; PostgreSQL counts places no further.
_MOST_WORDS = 16_000
# Words of one passage: longer blocks are several, so that a hit stays near its place.
_PASSAGE_WORDS = 1_000
# Entries removed in one transaction.
_ERASED = 500
# Entries stored in one statement.
_STORED_AT_ONCE = 500
_INSERT_ENTRIES = """
    INSERT INTO corpus_searchentry (kind, subject_id, article_id, block, start, "end") VALUES
"""
_NO_PLACE = (None, None, None)


class _Draft(NamedTuple):
    kind: str
    subject_id: UUID
    article_id: UUID | None
    # The number, the start and the end of a passage.
    place: tuple[int, int, int] | tuple[None, None, None]
    heading: Sequence[str]
    about: Sequence[str]
    body: Sequence[str]


def index_article(version: ArticleVersion) -> None:
    """Put `version`, the current one of its article, in the place of what was indexed.

    Called after each new version and each change of title, by-line, outlet, address or topics,
    with `one_text_at_a_time` in force.
    """
    article = version.article
    cut = CutText(version.text)
    forget_text(article)
    _store(_text_drafts([(version, cut)]))
    sign(version, cut.folded)
    keep_comparison(version, cut.words)


def index_first(texts: Sequence[tuple[ArticleVersion, CutText]]) -> None:
    """Index the first texts of new articles, of which nothing is indexed yet.

    Called as `index_article` is, in the transaction that makes the articles.
    """
    _store(_text_drafts(texts))
    sign_first(texts)
    compare_first(texts)


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


def _text_drafts(texts: Sequence[tuple[ArticleVersion, CutText]]) -> list[_Draft]:
    named = _named_with({version.article_id for version, _ in texts})
    drafts: list[_Draft] = []
    for version, cut in texts:
        article = version.article
        outlet = [article.outlet.name] if article.outlet is not None else []
        about = [article.standfirst, article.byline, *outlet, *named[article.id]]
        heading, other = words_of(article.title), words_of(" ".join(about))
        drafts.append(
            _Draft(ARTICLES, article.id, article.id, _NO_PLACE, heading, other, cut.folded)
        )
        drafts += _passage_drafts(version, cut)
    return drafts


def _named_with(articles: Set[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the authors and the topics of each article."""
    named: dict[UUID, list[str]] = defaultdict(list)
    authors = Authorship.objects.filter(article__in=articles).order_by("position")
    for article_id, name in authors.values_list("article", "agent__name"):
        named[article_id].append(name)
    topics = TopicOnArticle.objects.filter(content_object__in=articles)
    for article_id, name in topics.values_list("content_object", "tag__name"):
        named[article_id].append(name)
    return named


def _passage_drafts(version: ArticleVersion, cut: CutText) -> Iterator[_Draft]:
    key = version.article_id
    first = 0
    for number, block in enumerate(blocks_from_data(version.blocks), start=1):
        last = bisect_left(cut.starts, block.end)
        inside, first = range(first, last), last
        for start, end, part in _parts(block.start, block.end, inside, cut.starts):
            place = (number, start, end)
            yield _Draft(PASSAGES, key, key, place, (), (), cut.folded[part.start : part.stop])


def _parts(
    start: int, end: int, words: range, starts: Sequence[int]
) -> Iterator[tuple[int, int, range]]:
    """Yield the block start..end, with the indexes of its words, in parts of _PASSAGE_WORDS."""
    for first in range(0, len(words), _PASSAGE_WORDS):
        part = words[first : first + _PASSAGE_WORDS]
        following = end if part.stop == words.stop else starts[part.stop]
        yield start, following, part
        start = following


def _other_draft(kind: str, text: EntryText) -> _Draft:
    about, body = words_of(text.about), words_of(text.body)
    heading = words_of(text.heading)
    return _Draft(kind, text.subject_id, text.article_id, _NO_PLACE, heading, about, body)


def _store(drafts: Sequence[_Draft]) -> None:
    """Store the entries without making an object of each, which takes five times as long."""
    key = SearchEntry._meta.get_field("subject_id")
    for first in range(0, len(drafts), _STORED_AT_ONCE):
        some = drafts[first : first + _STORED_AT_ONCE]
        values = [
            (
                draft.kind,
                key.get_db_prep_save(draft.subject_id, connection),
                key.get_db_prep_save(draft.article_id, connection),
                *draft.place,
            )
            for draft in some
        ]
        places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_INSERT_ENTRIES} {places} RETURNING id",
                list(chain.from_iterable(values)),
            )
            keys = [entry for (entry,) in cursor.fetchall()]
        engine().write(map(_indexed, keys, some))


def _indexed(entry: int, draft: _Draft) -> IndexedWords:
    return IndexedWords(
        entry, draft.heading[:_MOST_WORDS], draft.about[:_MOST_WORDS], draft.body[:_MOST_WORDS]
    )


def _erase(entries: QuerySet[SearchEntry]) -> None:
    engine().erase(list(entries.values_list("pk", flat=True)))
    entries.delete()
