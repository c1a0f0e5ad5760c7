"""Search results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus.access import viewer_of
from corpus.permissions import allowed
from corpus.queries.search import search_results
from corpus.views.typed import is_cut, typed_fields


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the words in the address, of every kind or of one."""
    viewer = viewer_of(request.user)
    results = search_results(viewer, typed_fields(request))
    context = {
        "results": results,
        "search_query": results.typed,
        "is_cut": is_cut(request, "q"),
        "can_collect": allowed(viewer, "collection.edit"),
    }
    return render(request, "corpus/search.html", context)
