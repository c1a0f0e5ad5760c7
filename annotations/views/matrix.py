"""The table of claims against articles, speakers, outlets or years."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.formats.matrix_csv import cells_as_csv, matrix_as_csv
from annotations.queries.matrix import (
    MOST_COLUMNS,
    MOST_ROWS,
    SORTS,
    Matrix,
    Sort,
    matrix_of,
    whole_matrix,
)
from annotations.queries.matrix_cell import CellPassages, cell_passages
from annotations.queries.matrix_columns import BYS, By, filters_for
from annotations.queries.passage_filters import EVERYTHING
from annotations.views.passage_filters import FIELDS, filters_in, filters_shown, without
from corpus.access import viewer_of
from corpus.permissions import Viewer
from corpus.views.typed import query_of, typed

_MOST_DIGITS = 4
_SORT_LABELS = {
    "total": _("Most marked"),
    "date": _("First said"),
    "similarity": _("Similar together"),
}
_KEPT = ("by", "sort", *FIELDS, "page", "columns")


@require_safe
@cache_control(private=True, no_cache=True)
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the table `by`, in the order `sort`, with the passages of the cell `row` and `at`."""
    viewer, by, sort = viewer_of(request.user), _by(request), _sort(request)
    filters = filters_in(request, viewer)
    page, part = _place(request, "page"), _place(request, "columns")
    found = matrix_of(
        viewer,
        by,
        filters,
        sort=sort,
        rows_from=(page - 1) * MOST_ROWS,
        columns_from=(part - 1) * MOST_COLUMNS,
    )
    context = {
        "matrix": found,
        "sort": sort,
        "sorts": _SORT_LABELS.items(),
        "hidden": [("by", by), ("sort", sort)],
        "kept_fields": [(name, typed(request, name)) for name in _KEPT],
        "query": query_of(request, *_KEPT),
        "narrowed": query_of(request, *FIELDS),
        "everything": query_of(request, "by", "sort"),
        "csv": query_of(request, "by", "sort", *FIELDS),
        **filters_shown(request, viewer, filters, EVERYTHING.passages(viewer)),
        **_ways(request, found.claims, found.width),
        **_listed(found, typed(request, "at")),
        **_cell(request, viewer, by),
    }
    return render(request, "annotations/matrix.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def cell(request: HttpRequest) -> HttpResponse:
    """Answer the passages of the cell `row` and `at`, for a panel beside the table."""
    context = _cell(request, viewer_of(request.user), _by(request))
    if context["cell"] is None:
        raise Http404
    return render(request, "annotations/_matrix_cell.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the whole table, or with `form=long` one line for each of its cells."""
    viewer, by = viewer_of(request.user), _by(request)
    found = whole_matrix(viewer, by, filters_in(request, viewer), sort=_sort(request))
    is_long = typed(request, "form") == "long"
    lines = cells_as_csv(found) if is_long else matrix_as_csv(found)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    called = f"claims-by-{by}-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{called}"'
    return answer


def _by(request: HttpRequest) -> By:
    wanted = typed(request, "by")
    return next((by for by in BYS if by == wanted), BYS[0])


def _sort(request: HttpRequest) -> Sort:
    wanted = typed(request, "sort")
    return next((sort for sort in SORTS if sort == wanted), SORTS[0])


def _place(request: HttpRequest, name: str) -> int:
    """Return the number of the page `name`, 1 where the address names none."""
    text = typed(request, name)
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return max(1, int(text)) if is_number else 1


def _ways(request: HttpRequest, claims: int, width: int) -> dict[str, Any]:
    """Return the addresses of the pages before and behind this one, down and across."""
    ways = {}
    for name, size, count in (("page", MOST_ROWS, claims), ("columns", MOST_COLUMNS, width)):
        place = _place(request, name)
        last = max(1, -(-count // size))
        for way, there in (("before", place - 1), ("behind", place + 1)):
            other = query_of(request, "by", "sort", *FIELDS, {"page": "columns"}.get(name, "page"))
            address = "&".join(filter(None, (other, f"{name}={there}")))
            ways[f"{name}_{way}"] = address if 1 <= there <= last else ""
    return ways


def _listed(found: Matrix, key: str) -> dict[str, Any]:
    """Return the one column that is shown as a list, its claims, and its two neighbours."""
    if not found.columns:
        return {}
    keys = [column.key for column in found.columns]
    place = keys.index(key) if key in keys else 0
    return {
        "one": found.columns[place],
        "one_before": found.columns[place - 1] if place else None,
        "one_behind": found.columns[place + 1] if place + 1 < len(keys) else None,
        "listed": [row for row in found.rows if keys[place] in row.cells],
    }


def _cell(request: HttpRequest, viewer: Viewer, by: By) -> dict[str, Any]:
    """Return the passages of the cell that the address names, if any, and where all of them are."""
    slug, key = typed(request, "row"), typed(request, "at")
    found = _cell_at(request, viewer, by) if slug and key else None
    if found is None:
        return {"cell": None, "claim": None}
    address = found.claim.get_absolute_url()
    narrowed = [query_of(request, *FIELDS), filters_for(by, found.column)]
    return {
        "cell": found,
        "claim": found.claim,
        "filters": filters_in(request, viewer),
        "closed": f"{reverse('matrix')}?{without(request)}",
        "whole": f"{address}?{'&'.join(filter(None, narrowed))}",
        "is_told_whole": not found.column.is_absent,
    }


def _cell_at(request: HttpRequest, viewer: Viewer, by: By) -> CellPassages | None:
    try:
        claim = claim_or_404(viewer, typed(request, "row"))
    except Http404:
        return None
    filters = filters_in(request, viewer)
    return cell_passages(viewer, by, filters, claim=claim, key=typed(request, "at"))
