"""The pages of links, and what the link dialog offers."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import link_or_404
from annotations.models import Link
from annotations.queries.beside import beside_link
from annotations.queries.link_targets import KINDS, link_targets
from annotations.queries.links import links_of_relation, relation_counts
from annotations.views.reader import highlights_shown
from corpus.access import viewer_of
from corpus.views.back import address_back
from corpus.views.typed import typed

ROWS_A_PAGE = 50


@require_safe
@cache_control(private=True, no_cache=True)
def links(request: HttpRequest) -> HttpResponse:
    """Show the links in a table, those of one `relation` if it is given."""
    viewer = viewer_of(request.user)
    relation = typed(request, "relation")
    relation = relation if relation in Link.Relation.values else ""
    rows = links_of_relation(viewer, relation)
    context = {
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "relations": relation_counts(viewer, relation),
        "relation": relation,
        "query": f"relation={relation}" if relation else "",
    }
    return render(request, "annotations/links.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Show both articles of a link side by side."""
    viewer = viewer_of(request.user)
    found = link_or_404(viewer, link_id)
    back, highlights = address_back(request), highlights_shown(request)
    sides = beside_link(viewer, found, back=back, highlights=highlights)
    return render(request, "annotations/side_by_side.html", {"sides": sides, "link": sides.link})


@require_safe
@cache_control(private=True, no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    """Answer what a passage can be linked to, as items of a list with their counts."""
    kind = typed(request, "kind")
    targets = link_targets(
        viewer_of(request.user),
        typed(request, "q"),
        kind=kind if kind in KINDS else KINDS[0],
        without=typed(request, "not"),
    )
    return render(request, "annotations/_link_results.html", {"targets": targets})
