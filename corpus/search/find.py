"""Finding articles, passages and what other apps add, as one viewer may see them.

Rights are conditions of the queries themselves: what a viewer may not see is neither shown
nor counted. Whatever is typed, nothing here raises.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr

from corpus.access import readable_q
from corpus.extensions import Found, Passage, Tint, passage_tints, search_kinds
from corpus.models import Article, SearchEntry, SearchWords
from corpus.permissions import Viewer
from corpus.search.engine import engine
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

ARTICLES = "articles"
PASSAGES = "passages"

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


def passages(
    viewer: Viewer,
    typed: str,
    *,
    exclude_article: UUID | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[PassageHit]:
    """Return the passages that answer best, at most one for each block."""
    query = parse(typed)
    ids = _best(viewer, PASSAGES, query, exclude_article)[offset : offset + limit]
    entries = _passage_entries(list(ids))
    places = [_place(entry, query) for entry in entries]
    tints = _tints(viewer, entries, [sentence for sentence, _ in places])
    return [
        _passage_hit(entry, sentence, matches, tinted)
        for entry, (sentence, matches), tinted in zip(entries, places, tints, strict=True)
    ]


def articles(
    viewer: Viewer,
    typed: str,
    *,
    exclude_article: UUID | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[ArticleHit]:
    """Return the articles that answer best."""
    query = parse(typed)
    ids = list(_best(viewer, ARTICLES, query, exclude_article)[offset : offset + limit])
    entries = _in_order(
        SearchEntry.objects.filter(pk__in=ids)
        .select_related("article__outlet")
        .annotate(words=Substr("article__current_version__text", 1, _READ_FOR_SNIPPET)),
        ids,
    )
    return [
        ArticleHit(entry.article, _whole(entry.article.title, query), snippet(entry.words, query))
        for entry in entries
        if entry.article is not None
    ]


def others(
    viewer: Viewer, kind: str, typed: str, *, limit: int = 20, offset: int = 0
) -> list[OtherHit]:
    """Return what answers best among the things of a kind that another app added."""
    query = parse(typed)
    known = search_kinds.get(kind)
    if known is None:
        return []
    ids = list(_best(viewer, kind, query, None)[offset : offset + limit])
    subjects = dict(SearchEntry.objects.filter(pk__in=ids).values_list("pk", "subject_id"))
    shown = known.show(viewer, [subjects[pk] for pk in ids if pk in subjects])
    hits = [shown[subjects[pk]] for pk in ids if subjects.get(pk) in shown]
    return [OtherHit(hit, _whole(hit.title, query), snippet(hit.text, query)) for hit in hits]


def count(viewer: Viewer, kind: str, typed: str, *, exclude_article: UUID | None = None) -> int:
    """Return how many things of `kind` answer, at most MOST_COUNTED + 1."""
    query = parse(typed)
    answers = _answers(viewer, kind, query, exclude_article)
    return answers.order_by()[: MOST_COUNTED + 1].count()


def _best(
    viewer: Viewer, kind: str, query: Query, exclude_article: UUID | None
) -> "QuerySet[SearchWords, int]":
    """Return the keys of the entries that answer, the best first."""
    answers = _answers(viewer, kind, query, exclude_article)
    if not query:
        return answers.values_list("pk", flat=True)
    ranked = answers.annotate(rank=engine().rank(query)).order_by("-rank", "pk")
    return ranked.values_list("pk", flat=True)


def _answers(
    viewer: Viewer, kind: str, query: Query, exclude_article: UUID | None
) -> QuerySet[SearchWords]:
    """Return the entries of `kind` that `viewer` may see and that answer `query`."""
    if not query:
        return SearchWords.objects.none()
    answers = SearchWords.objects.filter(engine().matches(query), entry__kind=kind)
    if exclude_article is not None:
        answers = answers.exclude(entry__article_id=exclude_article)
    if kind in (ARTICLES, PASSAGES):
        return answers.filter(readable_q(viewer, "entry__article__"))
    known = search_kinds.get(kind)
    if known is None:
        return answers.none()
    return answers.filter(Exists(known.visible(viewer).filter(pk=OuterRef("entry__subject_id"))))


def _passage_entries(ids: Sequence[int]) -> list[SearchEntry]:
    length = F("end") - F("start")
    return _in_order(
        SearchEntry.objects.filter(pk__in=ids)
        .select_related("article__outlet")
        .annotate(
            words=Substr("article__current_version__text", F("start") + 1, length),
            version=F("article__current_version__number"),
        ),
        ids,
    )


def _in_order(entries: QuerySet[SearchEntry], ids: Sequence[int]) -> list[SearchEntry]:
    by_id: Mapping[int, SearchEntry] = {entry.pk: entry for entry in entries}
    return [by_id[pk] for pk in ids if pk in by_id]


def _place(entry: SearchEntry, query: Query) -> tuple[Span, list[Span]]:
    """Return the best sentence of a passage and the matches in it; offsets are in the entry."""
    matches = matches_in(entry.words, query)
    return best_sentence(entry.words, 0, len(entry.words), matches), matches


def _tints(
    viewer: Viewer, entries: Sequence[SearchEntry], sentences: Sequence[Span]
) -> list[list[Tint]]:
    """Return the marks in each sentence; offsets are in the version's text."""
    wanted = [
        Passage(entry.article.current_version_id, entry.start + span.start, entry.start + span.end)
        for entry, span in zip(entries, sentences, strict=True)
    ]
    found: list[list[Tint]] = [[] for _ in wanted]
    for source in passage_tints:
        for place, tints in zip(found, source.of(viewer, wanted), strict=True):
            place.extend(tints)
    return found


def _passage_hit(
    entry: SearchEntry, sentence: Span, matches: Sequence[Span], tints: Sequence[Tint]
) -> PassageHit:
    base = entry.start
    shown = window(entry.words, sentence, matches)
    tinted = [(tint.start - base, tint.end - base, tint.slot) for tint in tints]
    pieces = pieces_of(entry.words, shown, matches, tinted)
    return PassageHit(
        article=entry.article,
        version_id=entry.article.current_version_id,
        version=entry.version,
        block=entry.block,
        start=base + sentence.start,
        end=base + sentence.end,
        exact=entry.words[sentence.start : sentence.end],
        pieces=with_ellipses(pieces, shown, sentence),
    )


def _whole(text: str, query: Query) -> tuple[Piece, ...]:
    return pieces_of(text, Span(0, len(text)), matches_in(text, query))
