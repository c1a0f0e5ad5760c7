"""What the time line of a claim is drawn from."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from annotations.models import Claim
from annotations.queries.claims import occurrences_in
from annotations.timeline import HIGHEST, DatedPassages, Stance, TimeLine, time_line
from corpus.models import Article, Collection
from corpus.permissions import Viewer

_ARTICLE = "content_object__article"


def time_line_of(viewer: Viewer, claim: Claim, *, within: Collection | None = None) -> TimeLine:
    """Return the time line of the passages of `claim`; one query, however many there are."""
    places: dict[tuple[UUID, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _first_places(viewer, claim, within):
        places[row[_ARTICLE], row["stance"]].append(row)
    return time_line(_passages(rows) for rows in places.values())


def _first_places(viewer: Viewer, claim: Claim, within: Collection | None) -> list[dict[str, Any]]:
    """Return the first HIGHEST places of each article and stance, with how many there are."""
    group = [F(_ARTICLE), F("stance")]
    found = occurrences_in(viewer, within).filter(tag=claim).order_by()
    ranked = found.annotate(
        rank=Window(
            RowNumber(), partition_by=group, order_by=["content_object__start", "content_object_id"]
        ),
        together=Window(Count("id"), partition_by=group),
    )
    fields = ("slug", "title", "published_on", "published_precision")
    bounds = ("published_not_before", "published_not_after")
    return list(
        ranked.filter(rank__lte=HIGHEST)
        .order_by("rank")
        .values(
            _ARTICLE,
            "stance",
            "together",
            "content_object__number",
            *(f"{_ARTICLE}__{field}" for field in fields + bounds),
        )
    )


def _passages(rows: list[dict[str, Any]]) -> DatedPassages:
    row = rows[0]
    address = reverse("article", args=[row[f"{_ARTICLE}__slug"]])
    first, last = _span(row)
    return DatedPassages(
        article=row[f"{_ARTICLE}__slug"],
        title=row[f"{_ARTICLE}__title"],
        stance=cast("Stance", row["stance"]),
        first=first,
        last=last,
        count=row["together"],
        urls=tuple(f"{address}#h{place['content_object__number']}" for place in rows),
    )


def _span(row: dict[str, Any]) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day on which the article can have appeared."""
    day: date | None = row[f"{_ARTICLE}__published_on"]
    precision = row[f"{_ARTICLE}__published_precision"]
    if day is None:
        return row[f"{_ARTICLE}__published_not_before"], row[f"{_ARTICLE}__published_not_after"]
    if precision == Article.Precision.MONTH:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if precision == Article.Precision.YEAR:
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day
