"""The codebook beside an article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.codebook import MOST_CLAIMS, codebook_beside
from corpus.access import article_or_404, viewer_of
from corpus.views.typed import typed


@require_safe
@cache_control(private=True, no_cache=True)
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the claims with their definitions, first those of the article; `q` limits them."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    words = typed(request, "q")
    context = {
        "article": article,
        "codebook": codebook_beside(viewer, article, words),
        "words": words,
        "most": MOST_CLAIMS,
    }
    return render(request, "annotations/codebook.html", context)
