"""A reader's notebook: what they wrote in all articles, for themselves alone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.models import ClaimOccurrence
from annotations.queries.entries import Grouping
from annotations.queries.notebook import Wanted, notebook_page, own_claims, own_collections
from annotations.queries.notebook_links import MOST_SHOWN, other_links
from annotations.queries.publishing import published_by
from annotations.timeline import STANCES
from corpus.access import collection_at, viewer_of
from corpus.permissions import Viewer
from corpus.views.answers import writes
from corpus.views.typed import query_of, typed

# The fields that narrow a notebook, by their names in the address.
FIELDS = ("q", "claim", "stance", "in", "note", "since", "until")
_HAS_NOTE = {"with": True, "without": False}
_GROUPINGS: dict[str, Grouping] = {"article": "article", "claim": "claim"}


@require_safe
@cache_control(private=True, no_store=True)
@writes
def notebook(request: HttpRequest) -> HttpResponseBase:
    """Show the own highlights, notes and replies, a page at a time."""
    viewer = viewer_of(request.user)
    wanted = wanted_in(request, viewer)
    page = notebook_page(viewer, wanted, after=_uuid(typed(request, "after")))
    # At the end of the notebook, so that none of it is moved from page to page by them.
    links = [] if page.after else list(other_links(viewer, wanted)[:MOST_SHOWN])
    context = {
        "notebook": page,
        "links": links,
        "wanted": wanted,
        "after": typed(request, "after"),
        "query": query_of(request, *FIELDS, "by"),
        "filters": query_of(request, *FIELDS),
        "changed": _changed(viewer, _uuid(typed(request, "changed"))),
        **_choices(viewer),
    }
    return render(request, "annotations/notebook.html", context)


def wanted_in(request: HttpRequest, viewer: Viewer) -> Wanted:
    """Return what the fields of the address ask for; what they cannot mean is left out."""
    stance = typed(request, "stance")
    return Wanted(
        words=typed(request, "q"),
        claim=typed(request, "claim"),
        stance=next((known for known in STANCES if known == stance), None),
        within=collection_at(viewer, typed(request, "in")),
        has_note=_HAS_NOTE.get(typed(request, "note")),
        since=_day(typed(request, "since")),
        until=_day(typed(request, "until")),
        by=_GROUPINGS.get(typed(request, "by"), "article"),
    )


def _choices(viewer: Viewer) -> dict[str, Any]:
    labels = dict(ClaimOccurrence.Stance.choices)
    return {
        "claims": own_claims(viewer),
        "collections": own_collections(viewer),
        "stances": [(stance, labels[stance]) for stance in STANCES],
    }


def _changed(viewer: Viewer, press: UUID | None) -> UUID | None:
    """Return `press` if the viewer has just changed by it who sees what they wrote."""
    return press if press and published_by(viewer.user_id, press).exists() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
