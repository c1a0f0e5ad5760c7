"""The page that lists the samples and removes them."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control

from annotations.permissions import can_remove_samples
from annotations.queries.samples import sample_listing
from annotations.services.samples import Removed, remove
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.views.answers import SEE_OTHER, writes


@cache_control(private=True, no_store=True)
@writes
def samples(request: HttpRequest) -> HttpResponseBase:
    """Show curators what there is of the samples; a POST removes them."""
    viewer = viewer_of(request.user)
    if not can_remove_samples(viewer):
        raise NotAllowed
    if request.method != "POST":
        return render(request, "annotations/samples.html", {"listing": sample_listing()})
    messages.success(request, _told(remove(viewer)))
    answer = redirect("samples")
    answer.status_code = SEE_OTHER
    return answer


def _told(removed: Removed) -> str:
    """Return what was removed and what stays, in words."""
    sentences = [
        _("Removed: notes and highlights %(annotations)d, links %(links)d, claims %(claims)d.")
        % {
            "annotations": removed.annotations,
            "links": removed.links,
            "claims": removed.claims,
        }
    ]
    kept = removed.kept_annotations + removed.kept_claims
    if kept:
        stays = ngettext(
            "%(count)d thing stays, because people built on it.",
            "%(count)d things stay, because people built on them.",
            kept,
        )
        sentences.append(stays % {"count": kept})
    return " ".join(sentences)
