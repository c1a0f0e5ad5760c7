"""Putting passages of a claim under another one, which splits it when that is new."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from annotations.access import claim_or_404
from annotations.claim_change_forms import MoveForm
from annotations.models import Claim, ClaimOccurrence
from annotations.queries.claim_about import can_move, claim_names
from annotations.queries.moving import PAGE_SIZE, passages_to_move
from annotations.services import moving
from annotations.timeline import STANCES
from annotations.views.claim_history import to_what_was_done
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.permissions import Viewer
from corpus.views.answers import FormPage, answer_form, writes
from corpus.views.typed import query_without, typed


@writes
def move(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the passages to choose from, and move the chosen ones.

    `stance` and `q` in the address limit the list. The page that follows offers to undo.
    """
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_move", claim.slug)
    if not can_move(viewer, claim):
        raise NotAllowed
    form = MoveForm(request.POST or None)
    page = FormPage("annotations/claim_move.html", _shown(request, viewer, claim))

    def save() -> HttpResponse:
        sent = form.cleaned_data
        done = moving.move(viewer, claim, sent["passages"], sent["claim"])
        return to_what_was_done(done.to, done.told)

    return answer_form(request, form, page, save)


def _shown(request: HttpRequest, viewer: Viewer, claim: Claim) -> dict[str, object]:
    words, wanted = typed(request, "q"), typed(request, "stance")
    stance = next((stance for stance in STANCES if stance == wanted), None)
    rows = passages_to_move(viewer, claim, stance=stance, words=words)
    return {
        "claim": claim,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "stances": ClaimOccurrence.Stance.choices,
        "stance": stance,
        "words": words,
        "query": query_without(request, "page"),
        "names": claim_names(viewer, claim),
        "chosen": request.POST.getlist("passages"),
    }
