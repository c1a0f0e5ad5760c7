"""Where curators say of two articles with nearly the same text whether they are one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import NearPair
from corpus.queries.copies import copies_page, pair_context, pair_or_404
from corpus.services.copies import say_different, say_same, undo
from corpus.views.answers import SEE_OTHER, writes
from corpus.views.typed import typed


@require_safe
@writes
def copies(request: HttpRequest) -> HttpResponseBase:
    """Show the pairs that wait for a verdict, or with ?decided=1 those that have one."""
    is_decided = bool(typed(request, "decided"))
    viewer = viewer_of(request.user)
    context = copies_page(viewer, decided=is_decided, number=typed(request, "page"))
    return render(request, "corpus/copies.html", context)


@require_safe
@writes
def pair(request: HttpRequest, pair_id: UUID) -> HttpResponseBase:
    """Show both texts of a pair as one, with what differs."""
    found = pair_or_404(viewer_of(request.user), pair_id)
    return render(request, "corpus/copy_pair.html", pair_context(found))


@require_POST
@writes
def decide(request: HttpRequest, pair_id: UUID) -> HttpResponseBase:
    """Keep what the curator says: `verdict` is "same" or "different"."""
    viewer = viewer_of(request.user)
    found = pair_or_404(viewer, pair_id)
    said = request.POST.get("verdict", "")
    say = {"same": say_same, "different": say_different}.get(said)
    try:
        if say is None:
            raise Invalid(_("Say whether these are the same article or two different ones."))
        messages.success(request, _told(say(viewer, found)))
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return _to(reverse("copy_pair", args=[found.pk]))
    return _to(reverse("copies"))


@require_POST
@writes
def take_back(request: HttpRequest, pair_id: UUID) -> HttpResponseBase:
    """Take a verdict back."""
    viewer = viewer_of(request.user)
    found = undo(viewer, pair_or_404(viewer, pair_id))
    messages.success(request, _("The verdict is taken back."))
    return _to(reverse("copy_pair", args=[found.pk]))


def _told(pair: NearPair) -> str:
    names = {"newer": pair.second.title, "older": pair.first.title}
    if pair.verdict == NearPair.Verdict.DIFFERENT:
        return _("Kept: “%(newer)s” and “%(older)s” are two articles.") % names
    if pair.did_hide:
        told = _("“%(newer)s” is out of sight now, and its address leads to “%(older)s”.")
    else:
        told = _(
            "Kept: they are the same article. People marked, linked or hid “%(newer)s” before, "
            "so it stays as it is."
        )
    return told % names


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
