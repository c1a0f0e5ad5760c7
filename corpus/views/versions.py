"""The versions of an article: which there are, what they said, what changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from corpus.access import article_or_404, current_version, version_or_404, viewer_of
from corpus.queries.versions import (
    changes_context,
    version_before,
    version_context,
    versions_context,
)
from corpus.views.typed import typed


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of an article, the newest first."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    context = versions_context(viewer, article, typed(request, "page"))
    return render(request, "corpus/versions.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an old version as it was read; the current one stands on the reading page."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    found = version_or_404(article, str(number))
    if found == current_version(article):
        return redirect(article)
    return render(request, "corpus/version.html", version_context(viewer, article, found))


@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what changed in a version since the one before, or since another that is asked for."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    after = version_or_404(article, str(number))
    asked = typed(request, "from")
    before = version_or_404(article, asked) if asked else version_before(article, after)
    if before is not None and before.number == after.number:
        raise Http404
    return render(request, "corpus/changes.html", changes_context(viewer, article, before, after))
