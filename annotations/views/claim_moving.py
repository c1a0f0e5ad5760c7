"""Putting passages of a claim under another one, which splits it when that is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from annotations.access import claim_or_404
from annotations.claim_change_forms import MoveForm, keys_of_chosen
from annotations.models import Claim, ClaimOccurrence
from annotations.queries.claim_about import can_move, claim_names
from annotations.queries.moving import PAGE_SIZE, keys_to_move, passages_to_move
from annotations.services import moving
from annotations.timeline import STANCES, Stance
from annotations.views.claim_history import to_what_was_done
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.permissions import Viewer
from corpus.views.answers import FormPage, answer_form, writes
from corpus.views.typed import cleaned

# Buttons that show the list another way; nothing is moved by them.
_ONLY_SHOWING = ("show", "page", "all", "none")


@writes
def move(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the passages to choose from, and move the chosen ones.

    `stance` and `q` limit the list. What is chosen stays so on every page and in every list,
    for each of them is sent with the form. The page that follows offers to undo.
    """
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_move", claim.slug)
    if not can_move(viewer, claim):
        raise NotAllowed
    sent = request.POST if request.method == "POST" else request.GET
    listed = _Listed(
        cleaned(sent.get("q", "")),
        next((stance for stance in STANCES if stance == sent.get("stance")), None),
    )
    chosen = _chosen(request, viewer, claim, listed)
    page = FormPage("annotations/claim_move.html", _shown(request, viewer, claim, listed, chosen))
    if _is_only_shown(request, listed):
        return page.show(request, MoveForm(initial={"claim": request.POST.get("claim", "")}))

    def save() -> HttpResponse:
        done = moving.move(viewer, claim, frozenset(chosen), form.cleaned_data["claim"])
        return to_what_was_done(done.to, done.told)

    form = MoveForm(request.POST or None)
    return answer_form(request, form, page, save)


def _is_only_shown(request: HttpRequest, listed: "_Listed") -> bool:
    """Say whether nothing is to be moved yet.

    Enter in a field moves what is chosen once another claim is named; where what the list is
    limited to was changed, it shows that list.
    """
    sent = request.POST
    if "entered" in sent:
        return sent.get("listed") != listed.written or not sent.get("claim", "").strip()
    return any(name in sent for name in _ONLY_SHOWING)


def _chosen(
    request: HttpRequest, viewer: Viewer, claim: Claim, listed: "_Listed"
) -> Sequence[UUID]:
    """Return the passages that are chosen, on this page and on others."""
    if "none" in request.POST:
        return []
    chosen = keys_of_chosen(request.POST.getlist("passages"), request.POST.get("kept", ""))
    if "all" in request.POST:
        rows = passages_to_move(viewer, claim, stance=listed.stance, words=listed.words)
        chosen += keys_to_move(rows, moving.MOST_AT_ONCE)
    return list(dict.fromkeys(chosen))


def _shown(
    request: HttpRequest, viewer: Viewer, claim: Claim, listed: "_Listed", chosen: Sequence[UUID]
) -> dict[str, object]:
    rows = passages_to_move(viewer, claim, stance=listed.stance, words=listed.words)
    # Another list begins at its beginning.
    is_another = "show" in request.POST or request.POST.get("listed") not in (None, listed.written)
    at = "" if is_another else request.POST.get("page") or request.POST.get("at")
    page = Paginator(rows, PAGE_SIZE).get_page(at or request.GET.get("page"))
    here = {row.pk for row in page.object_list}
    return {
        "claim": claim,
        "page": page,
        "stances": ClaimOccurrence.Stance.choices,
        "stance": listed.stance,
        "words": listed.words,
        "listed": listed.written,
        "names": claim_names(viewer, claim),
        "chosen": set(chosen),
        "kept": ",".join(str(pk) for pk in chosen if pk not in here),
        "kept_count": sum(pk not in here for pk in chosen),
        "most": moving.MOST_AT_ONCE,
    }


@dataclass(frozen=True)
class _Listed:
    """What the list is limited to: words, and a stance."""

    words: str
    stance: Stance | None

    @property
    def written(self) -> str:
        """Return both in one line, by which one list is told from another."""
        return f"{self.stance or ''} {self.words}"
