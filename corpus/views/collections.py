"""The pages of collections: all of them, and one, its words and its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.access import collection_or_404, kept_collection_or_404, viewer_of
from corpus.collection_forms import CollectionForm, SeenForm
from corpus.errors import NotAllowed
from corpus.extensions import limited_pages
from corpus.models import Collection
from corpus.permissions import Viewer, allowed, can_edit_collection
from corpus.queries.collections import (
    article_taken_out,
    collection_page,
    collection_rows,
    collections_taken_away,
)
from corpus.services import collections as services
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.typed import typed


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Show the collections that the reader sees."""
    viewer = viewer_of(request.user)
    context = {
        "rows": collection_rows(viewer),
        "can_make": allowed(viewer, "collection.edit"),
        "taken_away": collections_taken_away(viewer),
    }
    return render(request, "corpus/collections.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a collection with its articles in their order, and what was just taken out."""
    viewer = viewer_of(request.user)
    found = collection_or_404(viewer, slug)
    shown = collection_page(viewer, found, typed(request, "page"))
    context = {
        "collection": found,
        "shown": shown,
        "limited_pages": list(limited_pages),
        "taken_out": article_taken_out(viewer, found, typed(request, "removed")),
        "former_place": typed(request, "place"),
        "at": typed(request, "at"),
        "pressed": typed(request, "pressed"),
    }
    return render(request, "corpus/collection.html", context)


@writes
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words of a collection, and whom it is for."""
    viewer = viewer_of(request.user)
    found = _editable(viewer, collection_or_404(viewer, slug))
    initial = {
        "title": found.title,
        "description": found.description,
        "group": found.group_id,
        "counter": found.counter,
    }
    form = CollectionForm(viewer, request.POST or None, initial=initial)

    def save() -> HttpResponse:
        counter = form.cleaned_data["counter"]
        stored = services.edit(viewer, found, form.details(), counter=counter)
        messages.success(request, _("Saved."))
        return _to(stored.get_absolute_url())

    page = FormPage("corpus/collection_edit.html", {"collection": found})
    return answer_form(request, form, page, save)


@writes
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a collection away, which the page that follows can undo; a GET asks first."""
    viewer = viewer_of(request.user)
    found = _editable(viewer, collection_or_404(viewer, slug))
    sent = request.POST if request.method == "POST" else None
    form = SeenForm(sent, initial={"counter": found.counter})

    def save() -> HttpResponse:
        services.delete(viewer, found, counter=form.cleaned_data["counter"])
        return _to(reverse("collection_restore", args=[found.slug]))

    page = FormPage(
        "corpus/collection_gone.html",
        {
            "collection": found,
            "title": _("Take “%(title)s” away?") % {"title": found.title},
            "action": _("Take away"),
            "back": found.get_absolute_url(),
        },
    )
    return answer_form(request, form, page, save)


@writes
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring back a collection; a GET says that it is taken away and offers it."""
    viewer = viewer_of(request.user)
    found = _editable(viewer, kept_collection_or_404(viewer, slug))
    if request.method == "POST":
        services.restore(viewer, found)
        messages.success(request, _("It is back."))
    elif found.deleted_at is not None:
        page = FormPage(
            "corpus/collection_gone.html",
            {
                "collection": found,
                "title": _("“%(title)s” is taken away.") % {"title": found.title},
                "action": _("Undo"),
                "is_done": True,
                "back": reverse("collections"),
            },
        )
        return page.ask(request)
    return _to(found.get_absolute_url())


def _editable(viewer: Viewer, collection: Collection) -> Collection:
    if not can_edit_collection(viewer, collection):
        raise NotAllowed
    return collection


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
