"""Claims for other programs: linked data, and the vocabulary that it uses."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.formats.claim_jsonld import annotations_of, schema_of
from annotations.models import ClaimOccurrence
from annotations.queries.claim_data import articles_with, occurrences_after
from annotations.queries.claim_relations import related_claims
from corpus.access import viewer_of
from corpus.views.typed import typed

_TYPE = "application/ld+json"


@require_safe
@cache_control(private=True, no_cache=True)
def claim(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer a claim and a page of where it appears, as schema.org describes it."""
    viewer = viewer_of(request.user)
    found = claim_or_404(viewer, slug)
    if found.slug != slug:
        return redirect("claim_jsonld", found.slug, permanent=True)
    articles, following = articles_with(viewer, found, typed(request, "after"))
    home = f"{_origin(request)}{reverse('claim_jsonld', args=[found.slug])}"
    described = schema_of(
        found,
        articles,
        _origin(request),
        related=related_claims(viewer, found),
        following=f"{home}?after={following}" if following else "",
    )
    return JsonResponse(described, safe=False, content_type=_TYPE)


@require_safe
@cache_control(private=True, no_cache=True)
def passages(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer a page of the passages of a claim, as W3C annotations."""
    viewer = viewer_of(request.user)
    found = claim_or_404(viewer, slug)
    if found.slug != slug:
        return redirect("claim_passages_jsonld", found.slug, permanent=True)
    rows, following = occurrences_after(viewer, found, _uuid(typed(request, "after")))
    home = f"{_origin(request)}{reverse('claim_passages_jsonld', args=[found.slug])}"
    document = annotations_of(
        rows,
        found,
        _origin(request),
        page=request.build_absolute_uri(),
        following=f"{home}?after={following}" if following else "",
    )
    return JsonResponse(
        document, content_type=f'{_TYPE}; profile="http://www.w3.org/ns/anno.jsonld"'
    )


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Say what the terms of our own mean."""
    context = {
        "voices": [choice for choice in ClaimOccurrence.Voice.choices if choice[0]],
        "confidences": [choice for choice in ClaimOccurrence.Confidence.choices if choice[0]],
        "modes": [choice for choice in ClaimOccurrence.Mode.choices if choice[0]],
    }
    return render(request, "annotations/vocabulary.html", context)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
