"""The pages of claims, and the options of the claim picker."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.queries.claim_page import claim_page
from annotations.queries.claims import SORTS, claim_rows
from annotations.queries.completion import complete_claims
from annotations.timeline import STANCES, Stance
from corpus.access import collection_at, viewer_of
from corpus.views.moved import redirect_to_present
from corpus.views.typed import typed

ROWS_A_PAGE = 100


@require_safe
@cache_control(private=True, no_cache=True)
def claims(request: HttpRequest) -> HttpResponse:
    """Show the claims, those with `q` in their name or statement, in the order `sort`.

    `in` is the slug of a collection that limits them; an unknown one does not.
    """
    viewer = viewer_of(request.user)
    words, within = typed(request, "q"), collection_at(viewer, typed(request, "in"))
    sort = typed(request, "sort")
    sort = sort if sort in SORTS else "name"
    rows = claim_rows(viewer, words=words, sort=sort, within=within)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "sort": sort,
        "query": _without(request, "page"),
        "within": within,
        "everywhere": _without(request, "page", "in"),
    }
    return render(request, "annotations/claims.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def claim(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a claim; the address of a renamed or merged one redirects."""
    viewer = viewer_of(request.user)
    found = claim_or_404(viewer, slug)
    if found.slug != slug:
        return redirect_to_present(request, found.get_absolute_url())
    stance, after = _stance(request), _uuid(typed(request, "after"))
    within = collection_at(viewer, typed(request, "in"))
    page = claim_page(viewer, found, stance=stance, after=after, within=within)
    context = {
        "page": page,
        "claim": found,
        "stance": stance,
        "after": after,
        "within": within,
        "of_collection": urlencode({"in": within.slug}) if within else "",
        "everywhere": _without(request, "after", "in"),
    }
    return render(request, "annotations/claim.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def complete(request: HttpRequest) -> HttpResponse:
    """Answer the options for what was typed in a claim field, as items of a list."""
    viewer = viewer_of(request.user)
    completion = complete_claims(viewer, typed(request, "q"), typed(request, "article"))
    return render(request, "annotations/_claim_options.html", {"completion": completion})


def _stance(request: HttpRequest) -> Stance | None:
    wanted = typed(request, "stance")
    return next((stance for stance in STANCES if stance == wanted), None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()
