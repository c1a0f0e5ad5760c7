"""Showing what is being written as readers would see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from annotations.services.guards import clean_note
from corpus.views.answers import writes


@require_POST
@never_cache
@writes
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with `note` drawn as it would be stored; nothing is kept.

    For accounts alone: drawing crafted notes costs time.
    """
    context = {"note": clean_note(request.POST.get("note", ""))}
    return render(request, "annotations/_preview.html", context)
