"""The library: the list of what there is to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus.access import viewer_of
from corpus.permissions import allowed
from corpus.queries.library import library_page, library_size
from corpus.views.typed import typed_fields


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the articles, narrowed and ordered as the address says."""
    viewer = viewer_of(request.user)
    found = library_page(viewer, typed_fields(request))
    is_first_visit = not (viewer.is_signed_in or found.pills or found.page.number > 1)
    context = {
        "library": found,
        "size": library_size(viewer),
        "is_first_visit": is_first_visit,
        "can_choose": allowed(viewer, "collection.edit"),
    }
    return render(request, "corpus/library.html", context)
