"""The codebook beside an article, and that of a group."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.codebook import MOST_CLAIMS, Codebook, codebook_beside, codebook_of
from corpus.access import article_or_404, group_or_404, viewer_of
from corpus.views.typed import typed


@require_safe
@cache_control(private=True, no_cache=True)
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the claims with their definitions, first those of the article; `q` limits them."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    words = typed(request, "q")
    return _shown(request, codebook_beside(viewer, article, words), words, article=article)


@require_safe
@cache_control(private=True, no_cache=True)
def group_codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the claims with their definitions to a group, first its own; `q` limits them."""
    viewer = viewer_of(request.user)
    group = group_or_404(viewer, slug)
    if group.pk not in viewer.group_ids:
        raise Http404
    words = typed(request, "q")
    return _shown(request, codebook_of(viewer, group, words), words, group=group)


def _shown(request: HttpRequest, found: Codebook, words: str, **home: object) -> HttpResponse:
    context = {"codebook": found, "words": words, "most": MOST_CLAIMS, **home}
    return render(request, "annotations/codebook.html", context)
