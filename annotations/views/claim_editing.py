"""Changing what a claim is called and says."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.claim_forms import ClaimForm, ClaimWordsForm, values_of
from annotations.permissions import can_curate_claims
from annotations.queries.claim_page import is_editable
from annotations.services import claims
from annotations.views.answers import Done, FormPage, answer_form, writes
from corpus.access import viewer_of
from corpus.errors import NotAllowed


@writes
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask for the new words of a claim, and store them."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if not is_editable(viewer, claim):
        raise NotAllowed
    asked = ClaimForm if can_curate_claims(viewer) else ClaimWordsForm
    form = asked(request.POST or None, initial=values_of(claim))

    def save() -> Done:
        stored = claims.edit(viewer, claim, form.changes(), counter=form.cleaned_data["counter"])
        url = stored.get_absolute_url()
        return Done(stored.id, url, _("The claim was changed."), stored.counter)

    page = FormPage("annotations/claim_edit.html", {"claim": claim})
    return answer_form(request, form, page, save)
