"""The pages of links, and what the link dialog offers."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_at, link_or_404
from annotations.models import Link
from annotations.queries.beside import beside_link
from annotations.queries.graph import graph_of, links_of_any_relation
from annotations.queries.group_names import name_groups
from annotations.queries.link_targets import KINDS, link_targets
from annotations.queries.links import Limits, in_table, relation_counts
from annotations.views.reader import highlights_shown
from corpus.access import collection_at, known_at, viewer_of
from corpus.permissions import Viewer
from corpus.views.back import address_back
from corpus.views.typed import query_without, typed

ROWS_A_PAGE = 50


@require_safe
@cache_control(private=True, no_cache=True)
def links(request: HttpRequest) -> HttpResponse:
    """Draw the links on an axis of dates, and list the same in a table.

    `relation`, `claim` and `in` (slugs of a claim and of a collection) limit both, `around`
    (the slug of an article) asks for its neighbourhood; what is unknown limits nothing.
    """
    viewer = viewer_of(request.user)
    limits = _limits(viewer, request)
    graph = graph_of(viewer, limits)
    every = links_of_any_relation(viewer, limits) if limits.relation else graph.links
    page = Paginator(in_table(graph.links), ROWS_A_PAGE).get_page(request.GET.get("page"))
    name_groups(viewer, page.object_list)
    context = {
        "graph": graph,
        "limits": limits,
        "page": page,
        "relations": relation_counts(every, limits.relation),
        "query": query_without(request, "page"),
        "every_relation": query_without(request, "page", "relation"),
        "every_claim": query_without(request, "page", "claim"),
        "everywhere": query_without(request, "page", "in"),
        "all_around": query_without(request, "page", "around"),
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


def _limits(viewer: Viewer, request: HttpRequest) -> Limits:
    relation, around = typed(request, "relation"), typed(request, "around")
    return Limits(
        relation=relation if relation in Link.Relation.values else "",
        claim=claim_at(viewer, typed(request, "claim")),
        within=collection_at(viewer, typed(request, "in")),
        around=known_at(viewer, around),
    )
