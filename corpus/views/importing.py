"""Adding texts in the browser: giving them, and the imports that came of it."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from corpus.access import viewer_of
from corpus.errors import NotAllowed, Refused, SignInNeeded
from corpus.import_forms import ImportForm
from corpus.models import ImportBatch, ImportCandidate
from corpus.permissions import Viewer, allowed
from corpus.queries.batch_collection import offered_title
from corpus.queries.batch_filters import part_of, parts_of
from corpus.queries.batch_page import batch_page, waiting_in
from corpus.queries.fetching import fetch_into, newest_own_fetch
from corpus.queries.importing import (
    batch_list,
    batch_or_404,
    givers,
    job_of,
    newest_own_batch,
    tells_outcome,
    title_of,
)
from corpus.services import applying, batches, fetching, rejecting, undoing
from corpus.views.answers import FormPage, answer_form, writes
from corpus.views.jobs import to_new
from corpus.views.review_places import counter_of, see_other, uuid_of
from corpus.views.typed import typed

BATCHES_A_PAGE = 20
# A cookie carries these sentences to the next page, and has no room for more.
_MOST_REFUSALS_TOLD = 3

# What was refused, and why.
_Refusal = tuple[ImportCandidate | ImportBatch, str]


@cache_control(private=True, no_store=True)
@writes
def imports(request: HttpRequest) -> HttpResponseBase:
    """Show curators the form that takes texts and what was given before; a POST takes some."""
    viewer = viewer_of(request.user)
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    earlier = Paginator(batch_list(viewer), BATCHES_A_PAGE).get_page(typed(request, "page"))
    is_sent = request.method == "POST"
    asked = {"address": typed(request, "address")}
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm(initial=asked)
    context = {
        "earlier": earlier,
        "givers": givers(viewer, earlier),
        "stored": newest_own_batch(viewer) + newest_own_fetch(viewer),
    }
    page = FormPage("corpus/importing/imports.html", context)
    return answer_form(request, form, page, lambda: _received(request, viewer, form))


@cache_control(private=True, no_store=True)
@writes
def import_batch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Show what an import proposes, or how far reading it is."""
    batch = batch_or_404(viewer_of(request.user), batch_id)
    # Asked first: what a job that is not over does meanwhile brings another look at the page.
    job = job_of(batch)
    only = part_of(typed(request, "only"))
    shown = batch_page(batch, typed(request, "page"), only)
    context = {
        "batch": batch,
        "parts": parts_of(batch, only),
        "shown": shown,
        "job": job,
        "outcome": job if tells_outcome(job) else None,
        "waiting_count": len(shown.waiting.counters),
        "fetched": fetch_into(batch),
        "collection_title": offered_title(batch),
    }
    return render(request, "corpus/importing/batch.html", context)


@require_POST
@writes
def candidates_apply(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Add the chosen articles of an import to the library, or all that wait."""
    viewer = viewer_of(request.user)
    batch = batch_or_404(viewer, batch_id)
    chosen = _asked(request, batch)
    collection = _collection_sent(request, batch)
    if chosen and len(chosen) > applying.APPLIED_AT_ONCE:
        applying.apply_later(viewer, batch, chosen, collection)
    elif chosen:
        applied = applying.apply_some(viewer, batch, chosen, collection)
        if applied.done or applied.undecided:
            level = messages.SUCCESS if applied.done else messages.WARNING
            messages.add_message(request, level, applying.outcome(replace(applied, refused=[])))
        _tell_refusals(request, applied.refused)
    return _back_to_page(request, batch)


@require_POST
@writes
def candidates_reject(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Put the chosen articles of an import aside, or all that wait."""
    viewer = viewer_of(request.user)
    batch = batch_or_404(viewer, batch_id)
    chosen = _asked(request, batch)
    if chosen and len(chosen) > rejecting.REJECTED_AT_ONCE:
        rejecting.reject_later(viewer, batch, chosen)
    elif chosen:
        rejected = rejecting.reject_some(viewer, batch, chosen)
        if rejected.count:
            messages.success(request, rejecting.outcome(rejected))
        _tell_refusals(request, rejected.refused)
    return _back_to_page(request, batch)


@require_POST
@writes
def batch_fetch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Look anew at the web address that an import came from."""
    viewer = viewer_of(request.user)
    fetched = fetch_into(batch_or_404(viewer, batch_id))
    if fetched is None:
        raise Http404
    return to_new(fetching.ask_fetch(viewer, fetched.address.url))


@require_POST
@writes
def batch_undo(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Take out of the library what an import added."""
    viewer = viewer_of(request.user)
    batch = batch_or_404(viewer, batch_id)
    try:
        if undoing.is_large(batch):
            undoing.undo_later(viewer, batch)
        else:
            undone = undoing.undo_batch(viewer, batch)
            messages.success(request, undoing.outcome(undone))
    except (NotAllowed, SignInNeeded):
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return see_other("import_batch", batch_id=batch.pk)


def _received(request: HttpRequest, viewer: Viewer, form: ImportForm) -> HttpResponse:
    note = form.cleaned_data["note"]
    if form.is_address_alone:
        return to_new(fetching.ask_fetch(viewer, form.cleaned_data["address"], note))
    received = batches.create_batch(viewer, form.sources(), note)
    if not received.is_new:
        words = _("Exactly this was given before. Here is what came of it.")
        # Nothing is stored by which the form would know that its words have arrived.
        messages.info(request, words, extra_tags=f"import:{viewer.user_id}")
    if received.address == "kept":
        messages.success(request, _("The address that you gave is that of the text now."))
    elif received.address == "unused":
        words = _(
            "The address that you gave is not used: set it where the text is checked or read."
        )
        messages.warning(request, words)
    return see_other("import_batch", batch_id=received.batch.pk)


def _chosen(request: HttpRequest) -> dict[UUID, int]:
    """Return the keys of the chosen articles, with the counters that the page showed.

    The page sends each chosen one as "key:counter" in `candidate`.
    """
    chosen: dict[UUID, int] = {}
    for pair in request.POST.getlist("candidate"):
        key, _colon, counter = pair.partition(":")
        if candidate_id := uuid_of(key):
            chosen[candidate_id] = counter_of(counter)
    return chosen


def _asked(request: HttpRequest, batch: ImportBatch) -> dict[UUID, int]:
    """Return the articles that a form is about, none where the reader was told why.

    They are the chosen ones, or with `all` those that wait in the part of the import that
    `only` names, while `all` names the state of them.
    """
    if "all" not in request.POST:
        chosen = _chosen(request)
        if not chosen:
            messages.warning(request, _("Choose at least one article."))
        return chosen
    waiting = waiting_in(batch, _part_sent(request))
    if request.POST["all"] == waiting.state:
        return waiting.counters
    words = _("What waits here was changed since you opened this page. Look again first.")
    messages.warning(request, words)
    return {}


def _collection_sent(request: HttpRequest, batch: ImportBatch) -> str:
    """Return what the collection is called that the articles are to stand in, "" for none."""
    if not request.POST.get("collect"):
        return ""
    title = " ".join(str(request.POST.get("collection", "")).split())
    return title or offered_title(batch)


def _part_sent(request: HttpRequest) -> str:
    return part_of(str(request.POST.get("only", "")))


def _back_to_page(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Lead to the page of the import that the form stood on."""
    answer = see_other("import_batch", batch_id=batch.pk)
    page = counter_of(str(request.POST.get("page", "")))
    asked = {"only": _part_sent(request), "page": str(page) if page > 1 else ""}
    if query := urlencode({name: value for name, value in asked.items() if value}):
        answer["Location"] += f"?{query}"
    return answer


def _tell_refusals(request: HttpRequest, refused: Sequence[_Refusal]) -> None:
    for one, sentence in refused[:_MOST_REFUSALS_TOLD]:
        what = title_of(one) if isinstance(one, ImportCandidate) else one
        messages.warning(request, f"{what}: {sentence}")
    rest = len(refused) - _MOST_REFUSALS_TOLD
    if rest > 0:
        words = ngettext(
            "%(count)d more could not be done.", "%(count)d more could not be done.", rest
        )
        messages.warning(request, words % {"count": rest})
