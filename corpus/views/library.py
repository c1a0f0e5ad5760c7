"""The library: the list of what there is to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus.access import viewer_of
from corpus.extensions import chosen_actions
from corpus.permissions import allowed
from corpus.queries.library import library_page, library_size
from corpus.queries.readings import articles_to_continue
from corpus.views.typed import typed_fields


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the articles, narrowed and ordered as the address says."""
    viewer = viewer_of(request.user)
    found = library_page(viewer, typed_fields(request))
    is_known = viewer.is_signed_in
    actions = [action for action in chosen_actions if is_known or not action.is_for_accounts]
    can_collect = allowed(viewer, "collection.edit")
    is_narrowed = bool(found.pills) or found.page.number > 1
    is_first_visit = not (viewer.is_signed_in or is_narrowed)
    context = {
        "library": found,
        "size": library_size(viewer),
        "to_continue": [] if is_narrowed else articles_to_continue(viewer),
        "is_first_visit": is_first_visit,
        "can_choose": bool(actions) or can_collect,
        "can_collect": can_collect,
        "can_add_topics": allowed(viewer, "topic.add"),
        "chosen_actions": actions,
    }
    return render(request, "corpus/library.html", context)
