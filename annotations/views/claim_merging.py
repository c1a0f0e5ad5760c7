"""Merging a claim into another, which shows first what moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.claim_change_forms import MergeForm
from annotations.models import Claim
from annotations.permissions import can_curate_claims
from annotations.queries.claim_about import claim_names
from annotations.queries.claim_events import last_event
from annotations.queries.claim_page import addressed_claim
from annotations.queries.merging import mergeable_or_none, preview_of_merge
from annotations.services import deciding, merging
from annotations.views.claim_history import to_what_was_done
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.back import address_back
from corpus.views.typed import typed


@writes
def merge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask into which claim, show what would move, and merge.

    `into` in the address names the claim that stays. A claim that was merged meanwhile is
    not taken for the one it went into. `back` is where one came from and goes on.
    """
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if not can_curate_claims(viewer):
        raise NotAllowed
    label = request.POST.get("into", "") or typed(request, "into")
    form = MergeForm({"into": label} if label or request.method == "POST" else None)
    back = address_back(request)
    other = mergeable_or_none(viewer, label)
    context: dict[str, object] = {
        "claim": claim,
        "other": other,
        "back": back,
        "names": claim_names(viewer, claim),
    }
    if other is not None and other != claim:
        context["preview"] = preview_of_merge(viewer, claim, other)
    page = FormPage("annotations/claim_merge.html", context)
    if request.method != "POST":
        if form.is_bound and form.is_valid() and (other is None or other == claim):
            form.add_error("into", _refusal(claim, other))
        return page.show(request, form)

    def save() -> HttpResponse:
        asked = addressed_claim(claim, slug)
        kept = deciding.merge_claims(
            viewer,
            asked,
            into=_chosen(other),
            is_open_about_name=bool(request.POST.get("names_too")),
        )
        if back:
            said = _("“%(name)s” was merged into “%(kept)s”.")
            messages.success(request, said % {"name": asked.label, "kept": kept.label})
            return HttpResponseRedirect(back, status=SEE_OTHER)
        return to_what_was_done(kept, last_event(asked, merging.MERGED))

    return answer_form(request, form, page, save)


def _chosen(other: Claim | None) -> Claim:
    if other is None:
        sentence = _("No claim is called so. Choose one from the list.")
        raise Invalid(sentence, into=sentence)
    return other


def _refusal(claim: Claim, other: Claim | None) -> str:
    if other == claim:
        return _("A claim cannot be merged into itself. Choose another one.")
    return _("No claim is called so. Choose one from the list.")
