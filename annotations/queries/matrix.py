"""Claims against articles, speakers, outlets or years: how often each is tagged where."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from django.db.models import Count, Min, Q, QuerySet

from annotations.models import Claim, ClaimOccurrence
from annotations.queries.matrix_columns import By, Column, columns_of, value_of
from annotations.queries.passage_filters import PassageFilters
from annotations.seriation import likes_together
from annotations.timeline import STANCES
from corpus.permissions import Viewer

Sort = Literal["total", "date", "similarity"]
SORTS: tuple[Sort, ...] = get_args(Sort)

# What one page of the table holds; a larger one goes on behind it.
MOST_ROWS = 200
MOST_COLUMNS = 500


_NAMES_ALONE = Claim.objects.only("name", "slug", "slot", "folded")


class Cell(NamedTuple):
    """How many passages of a claim stand in a column, by stance in the order of STANCES."""

    supports: int
    disputes: int
    context: int


@dataclass(frozen=True)
class Row:
    """A claim with its cells by column, those without passages left out.

    `total` counts all columns, also those that are on another page.
    """

    claim: Claim
    total: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Matrix:
    """A page of the table. `claims` and `width` are how many rows and columns there are in all."""

    by: By
    columns: Sequence[Column]
    rows: Sequence[Row]
    claims: int
    width: int
    totals: Mapping[str, int] = field(default_factory=dict)


def matrix_of(
    viewer: Viewer,
    by: By,
    filters: PassageFilters,
    *,
    sort: Sort = "total",
    rows_from: int = 0,
    columns_from: int = 0,
) -> Matrix:
    """Return the table from the row and the column with these places on, from 0."""
    return _cut(
        _read(viewer, by, filters, sort, slice(rows_from, rows_from + MOST_ROWS)),
        slice(columns_from, columns_from + MOST_COLUMNS),
    )


def whole_matrix(viewer: Viewer, by: By, filters: PassageFilters, *, sort: Sort) -> Matrix:
    """Return the table with all its rows and columns, in one piece."""
    return _read(viewer, by, filters, sort, slice(None))


def _read(viewer: Viewer, by: By, filters: PassageFilters, sort: Sort, kept: slice) -> Matrix:
    found = _cells(filters.passages(viewer), by, has_dates=sort == "date")
    claims = {claim.slug: claim for claim in _NAMES_ALONE.filter(slug__in=found)}
    order = sorted(claims, key=lambda slug: (*found[slug].rank(sort), claims[slug].folded))
    shown = order[kept]
    columns = columns_of(by, {value for slug in shown for value in found[slug].cells})
    rows = [
        Row(
            claims[slug],
            found[slug].total,
            {columns[value].key: cell for value, cell in found[slug].cells.items()},
        )
        for slug in shown
    ]
    if sort == "similarity":
        rows = _by_likeness(rows, {column.key for column in columns.values() if column.is_absent})
    widths: Counter[str] = Counter()
    for row in rows:
        widths.update({key: sum(cell) for key, cell in row.cells.items()})
    named = [*columns.values()]
    if by in ("speakers", "outlets"):
        named.sort(key=lambda column: (column.is_absent, -widths[column.key]))
    return Matrix(by, named, rows, len(order), len(named), widths)


@dataclass
class _Found:
    """The cells of one claim by the value of the column, and the earliest day among them."""

    total: int = 0
    first: date = date.max
    cells: dict[Any, Cell] = field(default_factory=dict)

    def rank(self, sort: Sort) -> tuple[Any, ...]:
        return (self.first,) if sort == "date" else (-self.total,)


def _cells(passages: QuerySet[ClaimOccurrence], by: By, *, has_dates: bool) -> dict[str, _Found]:
    """Return the cells by the slug of the claim; one query, no zeros.

    Claims and columns come as slugs: turning keys into UUIDs would take longer than the query.
    """
    counts: dict[str, Any] = {
        name: Count("id", filter=Q(stance=stance))
        for name, stance in zip(Cell._fields, STANCES, strict=True)
    }
    if has_dates:
        counts["first"] = Min("content_object__article__published_on")
    rows = (
        passages.order_by()
        .annotate(column=value_of(by))
        .values("tag__slug", "column")
        .annotate(**counts)
        .values_list("tag__slug", "column", *counts)
    )
    claims: dict[str, _Found] = defaultdict(_Found)
    for slug, value, supports, disputes, context, *first in rows:
        claim, cell = claims[slug], Cell(supports, disputes, context)
        claim.cells[value] = cell
        claim.total += sum(cell)
        if first and first[0]:
            claim.first = min(claim.first, first[0])
    return claims


def _by_likeness(rows: Sequence[Row], absent: Set[str]) -> list[Row]:
    """Return `rows` so that claims that are met in the same columns stand together.

    That two of them have passages of which the `absent` is not known makes them no likes.
    """
    places: dict[str, int] = {}
    bits = [
        sum(1 << places.setdefault(key, len(places)) for key in row.cells if key not in absent)
        for row in rows
    ]
    return [rows[place] for place in likes_together(bits)]


def _cut(whole: Matrix, kept: slice) -> Matrix:
    """Return the columns `kept` of `whole`; rows that are empty in them stay."""
    return replace(whole, columns=whole.columns[kept])
