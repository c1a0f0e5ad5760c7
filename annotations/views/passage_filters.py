"""The fields of an address that narrow tagged passages, and the way out of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import ClaimOccurrence
from annotations.queries.passage_filters import (
    PassageFilters,
    choices_among,
    collections_offered,
    names_among,
)
from corpus.access import collection_at
from corpus.permissions import Viewer
from corpus.views.typed import query_without, typed

FIELDS = ("outlet", "speaker", "reader", "article", "since", "until", "in")


@dataclass(frozen=True)
class Pill:
    """A filter that is set, in words; `query` is the address without it."""

    text: str
    query: str


def filters_in(request: HttpRequest, viewer: Viewer) -> PassageFilters:
    """Return what the address asks for; what its fields cannot mean is left out."""
    return PassageFilters(
        outlet=typed(request, "outlet"),
        speaker=typed(request, "speaker"),
        reader=typed(request, "reader"),
        article=typed(request, "article"),
        since=_day(typed(request, "since")),
        until=_day(typed(request, "until")),
        within=collection_at(viewer, typed(request, "in")),
    )


def filters_shown(
    request: HttpRequest,
    viewer: Viewer,
    filters: PassageFilters,
    passages: QuerySet[ClaimOccurrence],
) -> dict[str, Any]:
    """Return what the template of the filters shows; `passages` are those before any filter."""
    is_open = bool(typed(request, "filters"))
    toggled = without(request, "filters")
    if not is_open:
        toggled = "&".join(filter(None, (toggled, "filters=open")))
    return {
        "filters": filters,
        "pills": _pills(request, filters, names_among(passages, filters)),
        "choices": choices_among(passages) if is_open else None,
        "collections": collections_offered(viewer) if is_open else (),
        "filters_toggle": toggled,
    }


def _pills(request: HttpRequest, filters: PassageFilters, names: Mapping[str, str]) -> list[Pill]:
    """Return the filters that are set, each with the address without it.

    What no visible passage has is told as it was typed: whether there is such a thing is
    nobody's business who does not see it tagged.
    """
    said = {
        "outlet": _("Outlet: %(value)s") % {"value": names.get("outlet", "")},
        "speaker": _("Speaker: %(value)s") % {"value": names.get("speaker", "")},
        "reader": _("Reader: %(value)s") % {"value": names.get("reader", "")},
        "article": _("Article: %(value)s") % {"value": names.get("article", "")},
        "since": _("From %(value)s") % {"value": _written(filters.since)},
        "until": _("Until %(value)s") % {"value": _written(filters.until)},
        "in": _("Collection: %(value)s") % {"value": filters.within or ""},
    }
    values = {name: getattr(filters, name, None) for name in FIELDS} | {"in": filters.within}
    return [Pill(said[name], without(request, name)) for name in FIELDS if values[name]]


def without(request: HttpRequest, *names: str) -> str:
    """Return the address without its parts called `names` and without its place in a list."""
    return query_without(request, *names, "after", "page", "columns", "row", "at", "did")


def _written(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
