"""Recording what became of a prediction."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.claim_change_forms import OutcomeForm
from annotations.permissions import can_curate_claims
from annotations.queries.addressed import annotation_at
from annotations.queries.claim_page import addressed_claim
from annotations.queries.places import place_of
from annotations.services.outcomes import record_outcome
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
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
    initial = {
        "outcome": claim.outcome,
        "evidence": request.build_absolute_uri(place_of(shown)) if shown else "",
        "counter": claim.counter,
    }
    form = OutcomeForm(request.POST or None, initial=initial)

    def save() -> HttpResponse:
        sent = form.cleaned_data
        address = sent["evidence"].strip()
        passage = annotation_at(viewer, address) if address else None
        if address and passage is None:
            sentence = _("There is no highlight at this address. It ends in #h and a number.")
            raise Invalid(sentence, evidence=sentence)
        asked, counter = addressed_claim(claim, slug), sent["counter"]
        stored = record_outcome(viewer, asked, sent["outcome"], passage, counter=counter)
        messages.success(request, _("The outcome is stored."))
        return HttpResponseRedirect(stored.get_absolute_url(), status=SEE_OTHER)

    return answer_form(
        request, form, FormPage("annotations/claim_outcome.html", {"claim": claim}), save
    )
