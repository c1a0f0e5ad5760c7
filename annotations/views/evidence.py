"""The page of the evidence chain of a claim."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.queries.evidence import evidence_of
from corpus.access import viewer_of


@require_safe
@cache_control(private=True, no_cache=True)
def evidence(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what supports and disputes the passages of a claim, and what those."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if claim.slug != slug:
        return redirect("claim_evidence", claim.slug, permanent=True)
    shown = evidence_of(viewer, claim)
    return render(request, "annotations/evidence.html", {"claim": claim, "evidence": shown})
