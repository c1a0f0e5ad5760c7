"""The reading page of an article, by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus.access import article_or_404, viewer_of
from corpus.permissions import allowed
from corpus.queries.reading import article_context
from corpus.queries.source import source_context
from corpus.views.stubs import stub_or_moved
from corpus.views.typed import typed


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show an article, or what is known of one that is only linked to.

    A former address redirects to the present one.
    """
    viewer = viewer_of(request.user)
    try:
        found = article_or_404(viewer, slug)
    except Http404:
        return stub_or_moved(request, viewer, slug)
    return render(
        request, "corpus/article.html", article_context(viewer, found, within=typed(request, "in"))
    )


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show curators the raw text an article came from, as text, with what was made of it."""
    viewer = viewer_of(request.user)
    found = article_or_404(viewer, slug)
    if not allowed(viewer, "article.see_source"):
        raise Http404
    return render(request, "corpus/source.html", source_context(found))
