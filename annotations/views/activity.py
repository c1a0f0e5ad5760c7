"""The page of what happened, in all of the corpus."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.bundles import by_day
from annotations.queries.happened import Kind, Place, Scope, Whose
from annotations.queries.items import item_page
from corpus.access import viewer_of
from corpus.permissions import Viewer
from corpus.views.typed import typed

# Events of a page; bundled they are a fraction of it.
PAGE_SIZE = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Choice:
    """One way to narrow the page, and the address that does."""

    label: str
    address: str
    is_chosen: bool


@require_safe
@cache_control(private=True, no_cache=True)
def activity(request: HttpRequest) -> HttpResponse:
    """Show what happened, the latest first, by day, person and article.

    `whose` and `kind` narrow it, `before` is where a further page begins; what is unknown
    narrows nothing.
    """
    viewer = viewer_of(request.user)
    scope = _scope(request, viewer)
    after = place_in(request)
    page = item_page(viewer, scope, size=PAGE_SIZE, after=after)
    first = _address(scope.whose, scope.kind)
    context = {
        "days": by_day(page.items),
        "choices": {"whose": _whose(viewer, scope), "kinds": _kinds(viewer, scope)},
        "is_narrowed": scope != Scope(),
        "is_further": after is not None,
        "first": first,
        "next": with_place(first, page.after),
        "empty": _empty(scope),
    }
    return render(request, "annotations/activity.html", context)


def place_in(request: HttpRequest) -> Place | None:
    """Return the place that `before` of the address names, None for the beginning."""
    moment, _dash, subject = typed(request, "before").partition("-")
    try:
        return Place(_EPOCH + int(moment) * _MICROSECOND, UUID(subject))
    except (ValueError, OverflowError):
        return None


def with_place(address: str, place: Place | None) -> str:
    """Return `address` with the page that begins behind `place`, "" for None."""
    if place is None:
        return ""
    before = f"{(place.at - _EPOCH) // _MICROSECOND}-{place.subject_id}"
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'before': before})}"


def _scope(request: HttpRequest, viewer: Viewer) -> Scope:
    whose, kind = typed(request, "whose"), typed(request, "kind")
    return Scope(
        whose=next((known for known in _whose_labels(viewer) if known == whose), "all"),
        kind=next((known for known in _kind_labels(viewer) if known == kind), ""),
    )


def _whose_labels(viewer: Viewer) -> dict[Whose, str]:
    labels: dict[Whose, str] = {"all": _("Everybody")}
    if viewer.is_signed_in:
        labels |= {"mine": _("Mine"), "mentions": _("Mentions of me"), "groups": _("My groups")}
    return labels


def _kind_labels(viewer: Viewer) -> dict[Kind, str]:
    labels: dict[Kind, str] = {
        "": _("Everything"),
        "marks": _("Highlights and notes"),
        "replies": _("Replies"),
        "claims": _("Claims"),
        "links": _("Links"),
        "threads": _("Resolved threads"),
        "articles": _("Articles"),
    }
    if viewer.is_signed_in:
        labels["members"] = _("Joins")
    return labels


def _whose(viewer: Viewer, scope: Scope) -> list[Choice]:
    return [
        Choice(label, _address(whose, scope.kind), whose == scope.whose)
        for whose, label in _whose_labels(viewer).items()
    ]


def _kinds(viewer: Viewer, scope: Scope) -> list[Choice]:
    return [
        Choice(label, _address(scope.whose, kind), kind == scope.kind)
        for kind, label in _kind_labels(viewer).items()
    ]


def _address(whose: Whose, kind: Kind) -> str:
    asked = {"whose": "" if whose == "all" else whose, "kind": kind}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("activity") + (f"?{query}" if query else "")


def _empty(scope: Scope) -> str:
    if scope.whose == "groups":
        return _("Nothing of this in your groups yet. What is written for them shows here.")
    if scope.whose == "mentions":
        return _("Nobody named you in this yet. Notes that do, with @ and your name, show here.")
    if scope.whose == "mine":
        return _("Nothing of this by you yet. Select any words in an article to begin.")
    return _("Nothing of this happened yet. Select any words in an article to begin.")
