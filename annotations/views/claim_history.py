"""The history of a claim, and taking a step of it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from annotations.access import claim_or_404
from annotations.models import Claim
from annotations.queries.claim_history import EDITED, claim_history, claim_left_by, undoable_event
from annotations.services import aliases, merging, moving, relating
from corpus.access import viewer_of
from corpus.errors import Refused
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.queries.sealing import seal
from corpus.views.answers import SEE_OTHER, writes

_UNDOING = {
    merging.MERGED: merging.undo,
    EDITED: relating.undo_unplacing,
    relating.REMOVED: relating.undo,
    aliases.REMOVED: aliases.undo,
}


@require_safe
@cache_control(private=True, no_cache=True)
def history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what was done to a claim, newest first."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if claim.slug != slug:
        return redirect("claim_history", claim.slug)
    context = {"claim": claim, "steps": claim_history(viewer, claim)}
    return render(request, "annotations/claim_history.html", context)


@require_POST
@writes
def undo(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Take a merge, a move or a removal back; why it cannot be is said on the history."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    event = undoable_event(viewer, key)
    if event is None:
        raise Http404
    try:
        stands = _take_back(viewer, event)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _to(reverse("claim_history", args=[claim.slug]))
    said, left = _("It was taken back."), claim_left_by(viewer, event)
    if left is not None:
        said += " " + _("“%(name)s” stays, for it was used since.") % {"name": left.label}
    messages.success(request, said)
    return _to(stands.get_absolute_url())


def to_what_was_done(claim: Claim, told: Event | None) -> HttpResponse:
    """Lead to the page of `claim`, which tells what was done and offers to undo it."""
    did = f"?{urlencode({'did': seal(str(told.pk))})}" if told else ""
    return _to(claim.get_absolute_url() + did)


def _take_back(viewer: Viewer, event: Event) -> Claim:
    return _UNDOING.get(event.verb, moving.undo)(viewer, event)


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
