"""The palette of commands: pages to go to, and articles, claims and people by their names.

It opens over any page; without scripts it is a page of its own.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from corpus.access import viewer_of
from corpus.queries.commands import found_by_name
from corpus.shortcuts import shortcuts
from corpus.views.typed import typed


@require_safe
@cache_control(private=True, no_store=True)
def commands(request: HttpRequest) -> HttpResponse:
    """Show all pages that the viewer has a use for, and what has the words `q` in its name."""
    words = typed(request, "q")
    found = found_by_name(viewer_of(request.user), words)
    context = {"words": words, "found": found, "shortcuts": list(shortcuts)}
    return render(request, "corpus/commands.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def found(request: HttpRequest) -> HttpResponse:
    """Answer what has the words `q` in its name, as a part of the page."""
    words = typed(request, "q")
    context = {"words": words, "found": found_by_name(viewer_of(request.user), words)}
    return render(request, "corpus/_commands_found.html", context)
