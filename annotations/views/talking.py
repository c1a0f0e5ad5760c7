"""Reacting to what others wrote, and what it said before."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import annotation_for, annotation_or_404
from annotations.models import Reaction
from annotations.queries.earlier import earlier_wordings
from annotations.queries.talk import Reacted, reactions_to
from annotations.services import reacting
from annotations.views.answers import finish
from annotations.views.stored import about, done_with
from corpus.access import viewer_of
from corpus.views.answers import writes


@writes
def reactions(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Offer the reactions to an annotation, and say who reacted how."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    given = reactions_to(viewer, found)
    by_kind = {one.kind: one for one in given}
    choices = [by_kind.get(kind) or Reacted(kind, (), is_own=False) for kind in Reaction.Kind]
    context = about(found) | {"reactions": given, "choices": choices}
    return render(request, "annotations/reactions.html", context)


@writes
def react(request: HttpRequest, annotation_id: UUID, kind: str) -> HttpResponse:
    """Store that the reader reacts so; a GET offers all reactions."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("annotation_reactions", args=[found.pk]))
    reacting.react(viewer, found, kind)
    return finish(request, done_with(found, _("Reaction given.")))


@writes
def take_back(request: HttpRequest, annotation_id: UUID, kind: str) -> HttpResponse:
    """Take the reader's reaction back; a GET offers all reactions."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("annotation_reactions", args=[found.pk]))
    reacting.take_back(viewer, found, kind)
    return finish(request, done_with(found, _("Reaction taken back.")))


@require_safe
@cache_control(private=True, no_cache=True)
def earlier(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Show what a note or a reply said before, as far as the viewer could see it then."""
    viewer = viewer_of(request.user)
    found = annotation_or_404(viewer, annotation_id)
    context = about(found) | {"wordings": earlier_wordings(viewer, found)}
    return render(request, "annotations/earlier.html", context)
