"""Search results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from corpus.access import viewer_of
from corpus.queries.search import search_results


def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the words in the address, of every kind or of one."""
    results = search_results(viewer_of(request.user), request.GET.dict())
    return render(
        request, "corpus/search.html", {"results": results, "search_query": results.typed}
    )
