"""All passages of one claim, read at once: what is counted, ordered and drawn of them.

Ten thousand rows of words and numbers are read and put in order sooner than a database joins
and sorts them once for each part of the page. Keys stay text, for a UUID takes longer to make
than its row to read.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from annotations.axis import possible_days
from annotations.models import ClaimOccurrence
from annotations.queries.claims import Counts
from annotations.timeline import HIGHEST, STANCES, DatedPassages, Stance
from corpus.models import Article


class Tagged(NamedTuple):
    """One passage: `article` is a slug, `reader` an account, `at` its first character or 0.

    `speaker` is a slug, None where nobody is named. `made` is the moment as text.
    """

    key: str
    stance: Stance
    article: str
    reader: int
    at: int
    number: int
    made: str
    speaker: str | None


# What a passage is ordered by: article (by its day), reader, place; no two have all alike.
_Rung = tuple[float, float, int, int]

# Stands for a slug in an address that is made once for all.
_ANY = "any-article"

_FIELDS = (
    Cast("id", CharField()),
    "stance",
    "content_object__article__slug",
    "content_object__creator_id",
    Coalesce("content_object__start", Value(0)),
    "content_object__number",
    Cast("created_at", CharField()),
    "speaker__slug",
)


@dataclass(frozen=True)
class Scan:
    """The passages of a claim with the articles and the readers' usernames they name."""

    rows: Sequence[Tagged]
    articles: Mapping[str, Article]
    readers: Mapping[int, str]

    @cached_property
    def counts(self) -> Counts:
        """Return how many passages, articles and readers there are, and how many by stance."""
        stances = Counter(row.stance for row in self.rows)
        by_stance = tuple(stances[stance] for stance in STANCES)
        return Counts(len(self.rows), len(self.articles), len(self.readers), by_stance)

    @property
    def first(self) -> UUID | None:
        """Return the key of the tag that was made first, None without any."""
        first = min(self.rows, key=lambda row: (row.made, row.key), default=None)
        return UUID(first.key) if first else None

    def page(
        self, stance: Stance, size: int, after: ClaimOccurrence | None = None
    ) -> tuple[list[UUID], UUID | None]:
        """Return the next `size` passages of `stance` and the cursor behind them.

        They are ordered by the day of the article, article, reader and place. `after`, which
        need not be one of them any more, is what they stand behind. The cursor is None when
        nothing follows.
        """
        order = sorted((self._rung(row), row.key) for row in self.rows if row.stance == stance)
        start = 0
        if after is not None:
            start = bisect_right(order, self._rung(_tagged(after)), key=lambda item: item[0])
        keys = [UUID(key) for _rung, key in order[start : start + size]]
        return keys, keys[-1] if start + size < len(order) else None

    def dated(self, rows: Iterable[Tagged]) -> list[DatedPassages]:
        """Return `rows` by article and stance, as a time line is drawn from them."""
        places: dict[tuple[str, Stance], list[Tagged]] = defaultdict(list)
        for row in rows:
            places[row.article, row.stance].append(row)
        # One for all: a time line asks for the addresses of hundreds of articles.
        address = reverse("article", args=[_ANY])
        return [
            _drawn(self.articles[slug], stance, together, address.replace(_ANY, slug))
            for (slug, stance), together in places.items()
        ]

    def _rung(self, row: Tagged) -> _Rung:
        return self._place(row.article), self._seat(row.reader), row.at, row.number

    def _place(self, slug: str) -> float:
        place = self._places.get(slug)
        if place is not None:
            return place
        article = Article.objects.get(slug=slug)
        return bisect_left(self._in_order, (_day(article), slug)) - 0.5

    def _seat(self, reader: int) -> float:
        seat = self._seats.get(reader)
        if seat is not None:
            return seat
        name = User.objects.get(pk=reader).get_username()
        return bisect_left(sorted(self.readers.values()), name) - 0.5

    @cached_property
    def _in_order(self) -> list[tuple[date, str]]:
        return sorted((_day(article), slug) for slug, article in self.articles.items())

    @cached_property
    def _places(self) -> dict[str, float]:
        return {slug: place for place, (_day, slug) in enumerate(self._in_order)}

    @cached_property
    def _seats(self) -> dict[int, float]:
        ordered = sorted(self.readers, key=lambda reader: self.readers[reader])
        return {reader: seat for seat, reader in enumerate(ordered)}


def scan_of(passages: QuerySet[ClaimOccurrence]) -> Scan:
    """Return `passages`, those of one claim; three queries, however many there are."""
    rows = [Tagged(*values) for values in _values(passages)]
    fields = ("title", "slug", "published_on", "published_precision")
    bounds = ("published_not_before", "published_not_after")
    found = Article.objects.only(*fields, *bounds).filter(slug__in={row.article for row in rows})
    users = User.objects.filter(pk__in={row.reader for row in rows})
    return Scan(
        rows,
        {article.slug: article for article in found},
        dict(users.values_list("pk", "username")),
    )


def _tagged(occurrence: ClaimOccurrence) -> Tagged:
    (values,) = _values(ClaimOccurrence.objects.filter(pk=occurrence.pk))
    return Tagged(*values)


def _values(passages: QuerySet[ClaimOccurrence]) -> Iterable[tuple[Any, ...]]:
    return passages.order_by().values_list(*_FIELDS)


def _day(article: Article) -> date:
    bound = article.published_not_before or article.published_not_after
    return article.published_on or bound or date.max


def _drawn(article: Article, stance: Stance, rows: list[Tagged], address: str) -> DatedPassages:
    first, last = possible_days(
        article.published_on,
        article.published_precision,
        after=article.published_not_before,
        before=article.published_not_after,
    )
    shown = sorted(rows, key=lambda row: (row.at, row.number))[:HIGHEST]
    return DatedPassages(
        article=article.slug,
        title=article.title,
        stance=stance,
        first=first,
        last=last,
        count=len(rows),
        urls=tuple(f"{address}#h{row.number}" for row in shown),
    )
