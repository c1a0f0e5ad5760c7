"""Recording what became of a prediction."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.claim_change_forms import OutcomeForm
from annotations.models import Annotation
from annotations.permissions import can_curate_claims
from annotations.queries.addressed import Paragraph, annotation_at, open_passages, paragraph_at
from annotations.queries.claim_page import addressed_claim
from annotations.queries.places import place_of
from annotations.services.outcomes import record_outcome
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.permissions import Viewer
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes


@writes
def outcome(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask what became of a claim and which passage shows it, and store both."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if not can_curate_claims(viewer):
        raise NotAllowed
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_outcome", claim.slug)
    shown = claim.evidence
    passages = open_passages(viewer, claim, chosen=request.POST.get("passage", ""))
    is_elsewhere = shown is not None and shown not in passages
    initial = {
        "outcome": claim.outcome,
        "passage": str(shown.pk) if shown else "",
        "evidence": request.build_absolute_uri(place_of(shown)) if shown and is_elsewhere else "",
        "counter": claim.counter,
    }
    form = OutcomeForm(request.POST or None, initial=initial, passages=passages)

    def save() -> HttpResponse:
        sent = form.cleaned_data
        # The address that stood there gives way to a passage that is chosen instead.
        is_instead = sent["passage"] and "evidence" not in form.changed_data
        address = "" if is_instead else sent["evidence"].strip()
        passage = _evidence(viewer, address, sent["passage"], passages)
        asked, counter = addressed_claim(claim, slug), sent["counter"]
        stored = record_outcome(viewer, asked, sent["outcome"], passage, counter=counter)
        messages.success(request, _("The outcome is stored."))
        return HttpResponseRedirect(stored.get_absolute_url(), status=SEE_OTHER)

    return answer_form(
        request, form, FormPage("annotations/claim_outcome.html", {"claim": claim}), save
    )


def _evidence(
    viewer: Viewer, address: str, chosen: str, passages: Sequence[Annotation]
) -> Annotation | Paragraph | None:
    """Return what `address` leads to, else the one that is `chosen` of `passages`, else None."""
    if not address:
        return next((mark for mark in passages if str(mark.pk) == chosen), None)
    found = annotation_at(viewer, address) or paragraph_at(viewer, address)
    if found is None:
        sentence = _("There is no highlight at this address. It ends in #h or #p and a number.")
        raise Invalid(sentence, evidence=sentence)
    return found
