"""The reading page of an article with what readers put beside it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import annotation_or_404, claim_by_former_slug
from annotations.queries.limits import Filters
from annotations.queries.places import place_of
from annotations.queries.rail import Rail
from annotations.queries.reader import block_context, reader_context
from corpus.access import article_or_404, viewer_of
from corpus.permissions import Viewer
from corpus.views.preferred import appearance_for
from corpus.views.stubs import stub_or_moved
from corpus.views.typed import typed

_NUMBER_DIGITS = 6
# As many audiences of an address are looked at.
_MOST_AUDIENCES = 50


@require_safe
@cache_control(private=True, no_cache=True)
def reader(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show an article with its highlights, or what is known of one that is only linked to.

    A former address redirects to the present one, as does that of a claim that limits the page.
    """
    viewer = viewer_of(request.user)
    try:
        article = article_or_404(viewer, slug)
    except Http404:
        return stub_or_moved(request, viewer, slug)
    within, attach = typed(request, "in"), typed(request, "attach")
    context = reader_context(viewer, article, _filters(request), within=within, attach=attach)
    present = _present_claim(viewer, context["margin"].rail)
    if present:
        query = request.GET.copy()
        query["claim"] = present
        return redirect(f"{request.path}?{query.urlencode()}")
    return render(request, "annotations/reader.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def block(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one block with its notes, as a part to put in place of the old one."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    context = block_context(viewer, article, number, _filters(request))
    if context is None:
        raise Http404
    return render(request, "annotations/_block.html", context)


@require_safe
def annotation(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Lead from an annotation's lasting address to its place in the article."""
    found = annotation_or_404(viewer_of(request.user), annotation_id)
    return redirect(place_of(found))


def _filters(request: HttpRequest) -> Filters:
    notes_of = typed(request, "notes")
    is_number = notes_of.isascii() and notes_of.isdigit() and len(notes_of) <= _NUMBER_DIGITS
    return Filters(
        claim=typed(request, "claim"),
        by=typed(request, "by"),
        stance=typed(request, "stance"),
        seen_by=tuple(filter(None, typed(request, "for").split(",")[:_MOST_AUDIENCES])),
        all_notes_of=int(notes_of) if is_number else None,
        opens_resolved=typed(request, "resolved") == "open",
        shown=highlights_shown(request),
    )


def _present_claim(viewer: Viewer, rail: Rail) -> str:
    """Return where the claim stands that the address names and nothing here has, "" for nowhere."""
    for limit in rail.missing:
        if limit.key == "claim" and (found := claim_by_former_slug(viewer, limit.value)):
            return found.slug if found.slug != limit.value else ""
    return ""


def highlights_shown(request: HttpRequest) -> str:
    """Return which highlights the reader likes to see; nobody has none of their own."""
    shown = appearance_for(request).shown
    return "all" if shown == "mine" and not request.user.is_authenticated else shown
