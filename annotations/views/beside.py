"""Two articles, or two versions of one, side by side."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.asked import address_asked, offers, sides_asked
from annotations.queries.beside import beside
from annotations.views.reader import highlights_shown
from corpus.access import viewer_of
from corpus.views.back import address_back
from corpus.views.typed import cleaned, typed_fields


@require_safe
@cache_control(private=True, no_cache=True)
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Show the two texts that are asked for, or offer what can stand where one is missing.

    Articles chosen in a list come as `article`, of which the first two are shown.
    """
    viewer = viewer_of(request.user)
    fields = typed_fields(request)
    chosen = [cleaned(slug) for slug in request.GET.getlist("article")]
    fields |= dict(zip(("first", "second"), chosen, strict=False))
    back = address_back(request)
    asked = sides_asked(viewer, fields)
    address = address_asked(asked, fields, back)
    if address is not None:
        sides = beside(viewer, replace(address, highlights=highlights_shown(request)))
        shown = {"sides": sides, "link": sides.link, "chosen_count": len(chosen)}
        return render(request, "annotations/side_by_side.html", shown)
    words = fields.get("q", "")
    context = {
        "asked": asked,
        "words": words,
        "offers": offers(viewer, asked, words, back),
        "back": back,
    }
    status = 200 if asked.is_found else 404
    return render(request, "annotations/beside_choice.html", context, status=status)
