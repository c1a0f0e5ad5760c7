"""Changing what a claim is called and says."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.claim_forms import ClaimForm, ClaimWordsForm, values_of
from annotations.permissions import can_curate_claims, can_describe_claim
from annotations.queries.claim_about import is_of_few
from annotations.queries.claim_page import addressed_claim
from annotations.services import claims
from annotations.views.answers import Done, answer_form
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.views.answers import FormPage, writes


@writes
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask for the new words of a claim, and store them.

    A form on a claim that was merged meanwhile is not taken for the one it went into.
    """
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if not can_describe_claim(viewer, claim):
        raise NotAllowed
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_edit", claim.slug)
    words = ClaimForm if can_curate_claims(viewer) else ClaimWordsForm
    form = words(request.POST or None, initial=values_of(claim))

    def save() -> Done:
        asked, counter = addressed_claim(claim, slug), form.cleaned_data["counter"]
        stored = claims.edit(viewer, asked, form.changes(), counter=counter)
        url = stored.get_absolute_url()
        return Done(stored.id, url, _("The claim was changed."), stored.counter)

    page = FormPage("annotations/claim_edit.html", {"claim": claim, "is_of_few": is_of_few(claim)})
    return answer_form(request, form, page, save)
