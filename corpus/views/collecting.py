"""Making collections and putting chosen articles into them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpus.access import viewer_of
from corpus.collection_forms import NewCollectionForm, TargetForm
from corpus.errors import NotAllowed
from corpus.models import Collection
from corpus.permissions import Viewer, allowed
from corpus.queries.chosen import (
    MOST_ARTICLES,
    Chosen,
    batch_of,
    chosen_articles,
    searched_among,
)
from corpus.queries.collections import (
    collections_to_add_to,
    collections_with,
    group_to_collect_for,
)
from corpus.queries.facets import COLLECTION
from corpus.queries.narrowing import chosen_in
from corpus.services import collection_making, collections
from corpus.services.collection_details import CollectionDetails
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.typed import cleaned, typed

# Articles that are named where many were chosen.
_NAMED = 12


@writes
def new(request: HttpRequest) -> HttpResponse:
    """Make a collection, of the chosen articles when some were chosen."""
    viewer = _collector(request)
    chosen = _chosen(request.POST if request.method == "POST" else request.GET)
    wanted = group_to_collect_for(viewer, typed(request, "group"))
    initial = {"title": _title(viewer, chosen), "group": wanted}
    form = NewCollectionForm(viewer, request.POST or None, initial=initial)

    def save() -> HttpResponse:
        client_id = form.cleaned_data["client_id"]
        made = _made(viewer, chosen, form.details(), client_id)
        messages.success(request, _("“%(title)s” is made.") % {"title": made.title})
        return _to(made.get_absolute_url())

    page = FormPage("corpus/collection_new.html", _told_of(viewer, chosen))
    return answer_form(request, form, page, save)


@writes
def add(request: HttpRequest) -> HttpResponse:
    """Put the chosen articles into a collection, or offer to make a new one of them."""
    viewer = _collector(request)
    chosen = _chosen(request.POST if request.method == "POST" else request.GET)
    form = TargetForm(viewer, request.POST or None)
    articles = chosen_articles(viewer, chosen)

    def save() -> HttpResponse:
        target: Collection = form.cleaned_data["collection"]
        count = collections.add(viewer, target, articles)
        messages.success(request, _added(count, len(articles)))
        return _to(target.get_absolute_url())

    there = collections_with(viewer, articles[0]) if len(articles) == 1 else ()
    context = {
        **_told_of(viewer, chosen),
        "there": list(there),
        "has_collections": collections_to_add_to(viewer).exists(),
        "new_form": NewCollectionForm(viewer, initial={"title": _title(viewer, chosen)}),
    }
    return answer_form(request, form, FormPage("corpus/collection_add.html", context), save)


def _collector(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request.user)
    if not allowed(viewer, "collection.edit"):
        raise NotAllowed
    return viewer


def _chosen(sent: QueryDict) -> Chosen:
    batch = cleaned(sent.get("batch", ""))
    return Chosen(
        slugs=[cleaned(slug) for slug in sent.getlist("article")],
        batch=_uuid(batch),
        typed=cleaned(sent.get("q", "")),
        within=cleaned(sent.get("in", "")),
        narrowed=chosen_in({name: cleaned(str(sent[name])) for name in sent}, but=COLLECTION),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _made(
    viewer: Viewer, chosen: Chosen, details: CollectionDetails, client_id: UUID | None
) -> Collection:
    if not chosen.slugs:
        batch = batch_of(viewer, chosen)
        if batch is not None:
            return collection_making.from_batch(viewer, batch, details, client_id=client_id)
        if chosen.typed:
            within = searched_among(viewer, chosen)
            return collection_making.from_search(
                viewer, chosen.typed, details, within=within, client_id=client_id
            )
    articles = chosen_articles(viewer, chosen)
    return collection_making.create(viewer, details, articles, client_id=client_id)


def _title(viewer: Viewer, chosen: Chosen) -> str:
    """Return what a collection of `chosen` could be called, "" for no idea."""
    batch = None if chosen.slugs else batch_of(viewer, chosen)
    return batch.note if batch is not None else chosen.typed


def _told_of(viewer: Viewer, chosen: Chosen) -> dict[str, object]:
    articles = chosen_articles(viewer, chosen)
    return {
        "chosen": chosen,
        "articles": articles[:_NAMED],
        "article_count": len(articles),
        "more": max(0, len(articles) - _NAMED),
        "is_full": len(articles) == MOST_ARTICLES,
        "most": MOST_ARTICLES,
    }


def _added(count: int, chosen: int) -> str:
    if not count:
        return _("All of them were in it already.")
    said = ngettext("%(count)d article was added.", "%(count)d articles were added.", count)
    said %= {"count": count}
    return said if count == chosen else f"{said} {_('The others were in it already.')}"


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
