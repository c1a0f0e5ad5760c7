"""All passages of one claim, read at once: what is counted, ordered and drawn of them.

Ten thousand rows of a few words and numbers are read sooner than a database joins and groups them
once for each part of the page. They stay plain tuples without their keys, for a UUID takes longer
to make than its row to read: of those that a page shows, article and number find them. Only the
articles that a page shows are put in order.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from annotations.axis import possible_days
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.queries.claims import Counts
from annotations.timeline import STANCES, DatedPassages, Stance, in_article
from corpus.models import Article

# One passage: its first character, None for a note on an article, its number, the slug of its
# article, its stance, and the account of its reader.
Tagged = tuple[int | None, int, str, Stance, int]
Place = tuple[str, int]
"""The slug of an article and a number in it."""
_FIELDS = (
    "content_object__start",
    "content_object__number",
    "content_object__article__slug",
    "stance",
    "content_object__creator_id",
)
_NUMBER: Final = 1
_ARTICLE: Final = 2
_STANCE: Final = 3
_READER: Final = 4
_grouping = itemgetter(_ARTICLE, _STANCE)


class _Dated(NamedTuple):
    """An article, as far as a time line needs it: one of 500 is made as fast as its row is read."""

    slug: str
    title: str
    day: date | None
    precision: str
    after: date | None
    before: date | None

    @property
    def order(self) -> tuple[date, str]:
        return self.day or self.after or self.before or date.max, self.slug


_DATED = (
    "slug",
    "title",
    "published_on",
    "published_precision",
    "published_not_before",
    "published_not_after",
)

# What a passage is ordered by in its article: reader and place; no two have all alike.
_Rung = tuple[float, int, int]
_Groups = Mapping[tuple[str, Stance], Sequence[Tagged]]

# Stands for a slug in an address that is made once for all.
_ANY = "any-article"


@dataclass(frozen=True)
class Scan:
    """The passages of a claim with the articles and the readers' usernames they name."""

    rows: Sequence[Tagged]
    articles: Mapping[str, _Dated]
    readers: Mapping[int, str]

    @cached_property
    def counts(self) -> Counts:
        """Return how many passages, articles and readers there are, and how many by stance."""
        stances: Counter[Stance] = Counter()
        for (_article, stance), rows in self._groups.items():
            stances[stance] += len(rows)
        by_stance = tuple(stances[stance] for stance in STANCES)
        return Counts(len(self.rows), len(self.articles), len(self.readers), by_stance)

    def page(
        self, stance: Stance, size: int, after: ClaimOccurrence | None = None
    ) -> tuple[list[Place], bool]:
        """Return where the next `size` passages of `stance` stand, and whether others follow.

        They are ordered by the day of the article, article, reader and place. `after`, which
        need not be one of them any more, is what they stand behind.
        """
        rows = islice(self._behind(stance, after), size + 1)
        found = [(row[_ARTICLE], row[_NUMBER]) for row in rows]
        return found[:size], len(found) > size

    def dated(self, rows: Sequence[Tagged] | None = None) -> list[DatedPassages]:
        """Return `rows`, all without any, by article and stance, for a time line to draw."""
        # One for all: a time line asks for the addresses of hundreds of articles.
        before, _any, behind = reverse("article", args=[_ANY]).partition(_ANY)
        articles, days = self.articles, self._days
        return [
            DatedPassages(
                slug, articles[slug].title, stance, *days[slug], before + slug + behind, together
            )
            for (slug, stance), together in (
                self._groups if rows is None else _grouped(rows)
            ).items()
        ]

    def _behind(self, stance: Stance, after: ClaimOccurrence | None) -> Iterator[Tagged]:
        """Yield the passages of `stance` that follow `after`, in order, article by article."""
        place: tuple[date, str] | None = None
        rung: _Rung = (-1.0, 0, 0)
        if after is not None:
            (row,) = _values(ClaimOccurrence.objects.filter(pk=after.pk))
            place, rung = self._place(row[_ARTICLE]), self._rung(row)
        for each in self._in_order[bisect_left(self._in_order, place) if place else 0 :]:
            rows = sorted(self._groups.get((each[1], stance), ()), key=self._rung)
            yield from (row for row in rows if each != place or self._rung(row) > rung)

    def _rung(self, row: Tagged) -> _Rung:
        return self._seat(row[_READER]), *in_article(row)

    def _place(self, slug: str) -> tuple[date, str]:
        known = self.articles.get(slug)
        return known.order if known else _articles({slug})[slug].order

    def _seat(self, reader: int) -> float:
        seat = self._seats.get(reader)
        if seat is not None:
            return seat
        name = User.objects.get(pk=reader).get_username()
        return bisect_left(sorted(self.readers.values()), name) - 0.5

    @cached_property
    def _groups(self) -> _Groups:
        return _grouped(self.rows)

    @cached_property
    def _days(self) -> Mapping[str, tuple[date | None, date | None]]:
        return {
            slug: possible_days(each.day, each.precision, after=each.after, before=each.before)
            for slug, each in self.articles.items()
        }

    @cached_property
    def _in_order(self) -> list[tuple[date, str]]:
        return sorted(article.order for article in self.articles.values())

    @cached_property
    def _seats(self) -> dict[int, float]:
        ordered = sorted(self.readers, key=lambda reader: self.readers[reader])
        return {reader: seat for seat, reader in enumerate(ordered)}


def scan_of(passages: QuerySet[ClaimOccurrence]) -> Scan:
    """Return `passages`, those of one claim; three queries, however many there are."""
    return _scan(list(_values(passages)))


def scan_by_speaker(
    passages: QuerySet[ClaimOccurrence],
) -> tuple[Scan, Mapping[UUID | None, Sequence[Tagged]]]:
    """Return `passages` as scan_of does, and by the key of who says them, None for nobody."""
    said: dict[str | None, list[Tagged]] = defaultdict(list)
    # Of the speaker the text: a UUID of each would take as long as all the rest.
    for *row, key in passages.order_by().values_list(*_FIELDS, Cast("speaker_id", CharField())):
        said[key].append(tuple(row))
    rows = [row for each in said.values() for row in each]
    return _scan(rows), {UUID(key) if key else None: each for key, each in said.items()}


def tags_at(claim: Claim, places: Set[Place]) -> dict[Place, UUID]:
    """Return the keys of the tags of `claim` at `places`, which its passages that are seen name."""
    articles, numbers = {slug for slug, _number in places}, {number for _slug, number in places}
    # From the articles to what is marked in them: by the claim, all its passages would be read.
    near = Annotation.objects.filter(article__slug__in=articles, number__in=numbers)
    marked = {
        key: (slug, number)
        for key, slug, number in near.values_list("pk", "article__slug", "number")
        if (slug, number) in places
    }
    tags = claim.occurrences.order_by().filter(content_object__in=marked)
    return {marked[at]: key for at, key in tags.values_list("content_object_id", "id")}


def _scan(rows: Sequence[Tagged]) -> Scan:
    accounts = {row[_READER] for row in rows}
    users = User.objects.filter(pk__in=accounts).values_list("pk", "username")
    return Scan(rows, _articles({row[_ARTICLE] for row in rows}), dict(users))


def _articles(slugs: Set[str]) -> Mapping[str, _Dated]:
    rows = Article.objects.filter(slug__in=slugs).values_list(*_DATED)
    return {row[0]: _Dated(*row) for row in rows}


def _values(passages: QuerySet[ClaimOccurrence]) -> Iterable[Tagged]:
    return passages.order_by().values_list(*_FIELDS)


def _grouped(rows: Iterable[Tagged]) -> _Groups:
    groups: dict[tuple[str, Stance], list[Tagged]] = defaultdict(list)
    for row in rows:
        groups[_grouping(row)].append(row)
    return groups
