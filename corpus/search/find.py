"""Finding articles, passages and what other apps add, as one viewer may see them.

Rights are conditions of the queries themselves: what a viewer may not see is neither shown
nor counted. Whatever is typed, nothing here raises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Substr

from corpus.extensions import ArticleIds, Found, Passage, Tint, passage_tints, search_kinds
from corpus.models import Article, SearchEntry
from corpus.permissions import Viewer
from corpus.search.answering import ARTICLES, PASSAGES, Scope, answering, best
from corpus.search.query import Query, parse
from corpus.search.snippets import (
    Piece,
    best_sentence,
    matches_in,
    pieces_of,
    snippet,
    window,
    with_ellipses,
)
from corpus.text.spans import Span

# Counts stop here: nobody reads the difference, and it bounds the work.
MOST_COUNTED = 1000
# Characters of an article that are read to choose the sentence shown for it.
_READ_FOR_SNIPPET = 20_000


@dataclass(frozen=True)
class PassageHit:
    """A sentence that was found: its offsets in the version's text are code points.

    `block` is the number, from 1, of the block it stands in; `pieces` are its words, or
    those round the matches when it is long.
    """

    article: Article
    version_id: UUID
    version: int
    block: int
    start: int
    end: int
    exact: str
    pieces: tuple[Piece, ...]

    @property
    def url(self) -> str:
        """Return the address that opens the article on the passage."""
        place = f"?t={self.start},{self.end}#p{self.block}"
        return self.article.get_absolute_url() + place


@dataclass(frozen=True)
class ArticleHit:
    """An article that was found, with its title and the sentence that answers best."""

    article: Article
    title: tuple[Piece, ...]
    pieces: tuple[Piece, ...]

    @property
    def url(self) -> str:
        """Return the address of the article."""
        return self.article.get_absolute_url()


@dataclass(frozen=True)
class OtherHit:
    """Something of another app that was found."""

    found: Found
    title: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Passage:
    """A passage of the index: `start` is where `text` begins in the version's text."""

    article: Article
    version_id: UUID
    version: int
    block: int
    start: int
    text: str


@dataclass(frozen=True)
class _FoundPassage:
    """A passage with the sentence to show and the matches; their offsets are in its text."""

    passage: _Passage
    sentence: Span
    matches: Sequence[Span]


def passages(
    viewer: Viewer,
    typed: str,
    *,
    exclude_article: UUID | None = None,
    within: ArticleIds | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[PassageHit]:
    """Return the passages that answer best, at most one for each block."""
    query = parse(typed)
    scope = Scope(exclude_article, within)
    ids = best(viewer, PASSAGES, query, scope)[offset : offset + limit]
    found = [_found_passage(passage, query) for passage in _passages(list(ids))]
    tints = _tints(viewer, found)
    return [_passage_hit(hit, tinted) for hit, tinted in zip(found, tints, strict=True)]


def articles(
    viewer: Viewer,
    typed: str,
    *,
    exclude_article: UUID | None = None,
    within: ArticleIds | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[ArticleHit]:
    """Return the articles that answer best."""
    query = parse(typed)
    scope = Scope(exclude_article, within)
    ids = list(best(viewer, ARTICLES, query, scope)[offset : offset + limit])
    beginning = Substr("article__current_version__text", 1, _READ_FOR_SNIPPET)
    rows = SearchEntry.objects.filter(pk__in=ids).values_list("pk", "article_id", beginning)
    texts = {pk: (article_id, text) for pk, article_id, text in rows}
    found = _articles_by_id(article_id for article_id, _ in texts.values())
    return [
        ArticleHit(found[key], _whole(found[key].title, query), snippet(text, query))
        for key, text in (texts[pk] for pk in ids if pk in texts)
    ]


def article_ids(
    viewer: Viewer, typed: str, *, within: ArticleIds | None = None, limit: int
) -> list[UUID]:
    """Return the keys of the articles that answer, the best first as `articles` has them."""
    found = best(viewer, ARTICLES, parse(typed), Scope(within=within))[:limit]
    ids = found.values_list("entry__article_id", flat=True)
    return [pk for pk in ids if pk is not None]


def others(
    viewer: Viewer,
    kind: str,
    typed: str,
    *,
    within: ArticleIds | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[OtherHit]:
    """Return what answers best among the things of a kind that another app added."""
    query = parse(typed)
    known = search_kinds.get(kind)
    if known is None:
        return []
    ids = list(best(viewer, kind, query, Scope(within=within))[offset : offset + limit])
    subjects = dict(SearchEntry.objects.filter(pk__in=ids).values_list("pk", "subject_id"))
    shown = known.show(viewer, [subjects[pk] for pk in ids if pk in subjects])
    hits = [shown[subjects[pk]] for pk in ids if subjects.get(pk) in shown]
    return [OtherHit(hit, _whole(hit.title, query), snippet(hit.text, query)) for hit in hits]


def count(
    viewer: Viewer,
    kind: str,
    typed: str,
    *,
    exclude_article: UUID | None = None,
    within: ArticleIds | None = None,
) -> int:
    """Return how many things of `kind` answer, at most MOST_COUNTED + 1."""
    query = parse(typed)
    answers = answering(viewer, kind, query, Scope(exclude_article, within))
    return answers.order_by()[: MOST_COUNTED + 1].count()


def _passages(ids: Sequence[int]) -> list[_Passage]:
    """Return the passages with these keys in their order."""
    rows = SearchEntry.objects.filter(pk__in=ids).values_list(
        "pk",
        "article_id",
        "article__current_version_id",
        "article__current_version__number",
        "block",
        "start",
        Substr("article__current_version__text", F("start") + 1, F("end") - F("start")),
    )
    by_id = {pk: rest for pk, *rest in rows}
    found = _articles_by_id(rest[0] for rest in by_id.values())
    return [
        _Passage(found[article_id], *rest)
        for article_id, *rest in (by_id[pk] for pk in ids if pk in by_id)
    ]


def _articles_by_id(ids: Iterable[UUID]) -> dict[UUID, Article]:
    return Article.objects.select_related("outlet").in_bulk(list(ids))


def _found_passage(passage: _Passage, query: Query) -> _FoundPassage:
    matches = matches_in(passage.text, query)
    sentence = best_sentence(passage.text, 0, len(passage.text), matches)
    return _FoundPassage(passage, sentence, matches)


def _tints(viewer: Viewer, found: Sequence[_FoundPassage]) -> list[list[Tint]]:
    """Return the marks in each sentence; offsets are in the version's text."""
    wanted = [
        Passage(
            hit.passage.version_id,
            hit.passage.start + hit.sentence.start,
            hit.passage.start + hit.sentence.end,
        )
        for hit in found
    ]
    tints: list[list[Tint]] = [[] for _ in wanted]
    for source in passage_tints:
        for place, marks in zip(tints, source.of(viewer, wanted), strict=True):
            place.extend(marks)
    return tints


def _passage_hit(hit: _FoundPassage, tints: Sequence[Tint]) -> PassageHit:
    passage, sentence = hit.passage, hit.sentence
    shown = window(passage.text, sentence, hit.matches)
    base = passage.start
    tinted = [(tint.start - base, tint.end - base, tint.slot) for tint in tints]
    pieces = pieces_of(passage.text, shown, hit.matches, tinted)
    return PassageHit(
        article=passage.article,
        version_id=passage.version_id,
        version=passage.version,
        block=passage.block,
        start=base + sentence.start,
        end=base + sentence.end,
        exact=passage.text[sentence.start : sentence.end],
        pieces=with_ellipses(pieces, shown, sentence),
    )


def _whole(text: str, query: Query) -> tuple[Piece, ...]:
    return pieces_of(text, Span(0, len(text)), matches_in(text, query))
