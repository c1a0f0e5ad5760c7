"""What stands at the address of an article that cannot be read there."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from corpus.access import collection_at, moved_article, same_article, stub_at
from corpus.permissions import Viewer
from corpus.queries.cited import stub_context
from corpus.queries.collections import step_in
from corpus.views.moved import redirect_for_now, redirect_to_present
from corpus.views.typed import typed


def stub_or_moved(request: HttpRequest, viewer: Viewer, slug: str) -> HttpResponseBase:
    """Show the article that is only linked to, or lead to where the one asked for stands.

    Raises Http404 when the viewer may know of neither.
    """
    stub = stub_at(viewer, slug)
    if stub is not None:
        context = stub_context(viewer, stub, typed(request, "page"))
        context["step"] = step_in(viewer, collection_at(viewer, typed(request, "in")), stub)
        return render(request, "corpus/stub.html", context)
    moved = moved_article(viewer, slug)
    if moved is not None:
        return redirect_to_present(request, moved.get_absolute_url())
    same = same_article(viewer, slug)
    if same is None:
        raise Http404
    return redirect_for_now(request, same.get_absolute_url())
