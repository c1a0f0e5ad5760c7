"""The pages of claims, and the options of the claim picker."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.formats.claim_jsonld import schema_of
from annotations.queries.claim_about import ClaimAbout, claim_about
from annotations.queries.claim_data import articles_shown
from annotations.queries.claim_page import ClaimPage, claim_page
from annotations.queries.claims import SORTS, claim_rows
from annotations.queries.completion import complete_claims
from annotations.queries.passage_filters import passages_of
from annotations.timeline import STANCES, Stance
from annotations.views.passage_filters import FIELDS, filters_in, filters_shown, without
from corpus.access import collection_at, viewer_of
from corpus.views.moved import redirect_to_present
from corpus.views.typed import query_of, query_without, typed

ROWS_A_PAGE = 100


@require_safe
@cache_control(private=True, no_cache=True)
def claims(request: HttpRequest) -> HttpResponse:
    """Show the claims, those with `q` in their name or statement, in the order `sort`.

    `in` is the slug of a collection that limits them; an unknown one does not. `followed`
    keeps those that the reader follows.
    """
    viewer = viewer_of(request.user)
    followed = viewer.is_signed_in and bool(typed(request, "followed"))
    words, within = typed(request, "q"), collection_at(viewer, typed(request, "in"))
    sort = typed(request, "sort")
    sort = sort if sort in SORTS else "name"
    rows = claim_rows(viewer, words=words, sort=sort, within=within, followed=followed)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "sort": sort,
        "followed": followed,
        "query": query_without(request, "page"),
        "within": within,
        "everywhere": query_without(request, "page", "in"),
        "unsorted": query_without(request, "page", "sort"),
        "of_all": query_without(request, "page", "followed"),
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
    filters, in_lanes = filters_in(request, viewer), typed(request, "lanes") == "speakers"
    page = claim_page(viewer, found, stance=stance, after=after, filters=filters, in_lanes=in_lanes)
    about = claim_about(viewer, found, did=typed(request, "did"))
    context = {
        "page": page,
        "claim": found,
        "about": about,
        "stance": stance,
        "after": after,
        "within": filters.within,
        "schema": _schema(request, page, about),
        "narrowed": query_of(request, *FIELDS),
        "as_asked": query_of(request, *FIELDS, "lanes"),
        "hidden": [("lanes", "speakers" if in_lanes else ""), ("stance", stance or "")],
        "lanes_toggle": without(request, "lanes") if in_lanes else _in_lanes(request),
        **filters_shown(request, viewer, filters, passages_of(viewer, found)),
    }
    return render(request, "annotations/claim.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def complete(request: HttpRequest) -> HttpResponse:
    """Answer the options for what was typed in a claim field, as items of a list."""
    viewer = viewer_of(request.user)
    completion = complete_claims(viewer, typed(request, "q"), typed(request, "article"))
    return render(request, "annotations/_claim_options.html", {"completion": completion})


def _schema(request: HttpRequest, page: ClaimPage, about: ClaimAbout) -> list[dict[str, Any]]:
    """Return the claim as linked data, with the articles that the page quotes."""
    origin, articles = f"{request.scheme}://{request.get_host()}", articles_shown(page)
    whole = f"{origin}{reverse('claim_jsonld', args=[page.claim.slug])}"
    following = whole if page.counts.articles > len(articles) else ""
    return schema_of(page.claim, articles, origin, related=about.related, following=following)


def _in_lanes(request: HttpRequest) -> str:
    return "&".join(filter(None, (without(request, "lanes"), "lanes=speakers")))


def _stance(request: HttpRequest) -> Stance | None:
    wanted = typed(request, "stance")
    return next((stance for stance in STANCES if stance == wanted), None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
