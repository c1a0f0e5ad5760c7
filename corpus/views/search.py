"""Search results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus.access import viewer_of
from corpus.queries.search import search_results
from corpus.views.typed import typed_fields


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the words in the address, of every kind or of one."""
    results = search_results(viewer_of(request.user), typed_fields(request))
    return render(
        request, "corpus/search.html", {"results": results, "search_query": results.typed}
    )
