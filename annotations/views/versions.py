"""The versions of an article with the highlights they had, and what became of these."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.carried import report
from annotations.queries.carrying_over import carrying_over
from annotations.queries.former import old_version_context
from annotations.queries.orphan_queue import orphan_queue
from corpus.access import article_or_404, current_version, version_or_404, viewer_of
from corpus.views.answers import writes
from corpus.views.typed import typed


@require_safe
@cache_control(private=True, no_cache=True)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an old version as it was read and marked; the current one is the reading page."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    found = version_or_404(article, str(number))
    if found == current_version(article):
        return redirect(article)
    context = old_version_context(viewer, article, found)
    return render(request, "annotations/version.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def carried(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Report what became in a version of the highlights that were there before it."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    found = version_or_404(article, str(number))
    state, page = typed(request, "state"), typed(request, "page")
    context = report(viewer, article, found, state=state, page=page)
    return render(request, "annotations/carried.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def carrying(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer how far the highlights are carried over, as a part; a person is led to the text."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    if "HX-Request" not in request.headers:
        return redirect(article)
    context = {"article": article, "carrying": carrying_over(viewer, article)}
    return render(request, "annotations/_carrying_answer.html", context)


@require_safe
@writes
def orphans(request: HttpRequest) -> HttpResponseBase:
    """Show curators the highlights, in all articles, that lost their words."""
    context = orphan_queue(viewer_of(request.user), typed(request, "page"))
    return render(request, "annotations/orphans.html", context)
