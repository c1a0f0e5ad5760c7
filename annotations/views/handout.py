"""The page of a claim that is printed and handed out."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.formats.citations import author_of, publication_of, written_date
from annotations.queries.handout import handout
from annotations.queries.passage_filters import passages_of
from annotations.views.passage_filters import FIELDS, filters_in, filters_shown
from corpus.access import viewer_of
from corpus.models import Article
from corpus.views.moved import redirect_to_present
from corpus.views.typed import query_of


@require_safe
@cache_control(private=True, no_cache=True)
def dispute(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what is said for and against a claim in two columns, with numbered sources."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if claim.slug != slug:
        return redirect_to_present(request, f"{claim.get_absolute_url()}hand-out/")
    filters = filters_in(request, viewer)
    found = handout(viewer, claim, filters)
    origin = f"{request.scheme}://{request.get_host()}"
    context = {
        "handout": found,
        "claim": claim,
        "sources": [(_cited(article), article) for article in found.sources],
        "origin": origin,
        "address": request.build_absolute_uri(),
        "today": timezone.localdate(),
        "narrowed": query_of(request, *FIELDS),
        **filters_shown(request, viewer, filters, passages_of(viewer, claim)),
    }
    return render(request, "annotations/handout.html", context)


def _cited(article: Article) -> str:
    """Return who wrote `article`, where and when it appeared, as far as that is known."""
    parts = (author_of(article), publication_of(article), written_date(article))
    return ", ".join(part for part in parts if part)
