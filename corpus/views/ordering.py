"""Putting the articles of a collection in order, taking one out and putting it back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from corpus.access import collection_or_404, known_or_404, viewer_of
from corpus.collection_forms import PlaceForm
from corpus.errors import Invalid, NotAllowed, Refused
from corpus.models import Article, Collection
from corpus.permissions import Viewer, can_edit_collection
from corpus.queries.collections import PAGE_SIZE, place_in
from corpus.services import collections
from corpus.views.answers import SEE_OTHER, refuse, wants_json, writes


@writes
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an article of a collection at another place; a GET leads to the collection."""

    def change(viewer: Viewer, found: Collection, form: PlaceForm) -> HttpResponse:
        article, counter = _article(viewer, form), form.cleaned_data["counter"]
        to, before = form.cleaned_data["to"], place_in(found, article)
        if to is None:
            raise Invalid(_("Say at which place the article is to stand."))
        stored = collections.move(viewer, found, article, to=to, counter=counter)
        place = max(1, min(to, stored.items.count()))
        said = _("“%(title)s” is number %(place)d now.")
        message = said % {"title": article.title, "place": place}
        if wants_json(request):
            return JsonResponse({"counter": stored.counter, "place": place, "message": message})
        messages.success(request, message)
        return _to(_at_place(stored, article, place, "up" if place < before else "down"))

    return _change(request, slug, change)


@writes
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an article out, which the page that follows can undo; a GET leads there too."""

    def change(viewer: Viewer, found: Collection, form: PlaceForm) -> HttpResponse:
        article, counter = _article(viewer, form), form.cleaned_data["counter"]
        place = collections.remove(viewer, found, article, counter=counter)
        asked = urlencode({"removed": article.slug, "place": str(place)})
        return _to(f"{found.get_absolute_url()}?{asked}")

    return _change(request, slug, change)


@writes
def put_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an article that was taken out where it stood; a GET leads to the collection."""

    def change(viewer: Viewer, found: Collection, form: PlaceForm) -> HttpResponse:
        article = _article(viewer, form)
        collections.add(viewer, found, [article], at=form.cleaned_data["to"])
        said = _("“%(title)s” is back.") % {"title": article.title}
        messages.success(request, said)
        return _to(_at_place(found, article, form.cleaned_data["to"] or 1, "out"))

    return _change(request, slug, change)


def _change(
    request: HttpRequest,
    slug: str,
    change: Callable[[Viewer, Collection, PlaceForm], HttpResponse],
) -> HttpResponse:
    """Do `change` with what was sent; a refusal is told on the page of the collection."""
    viewer = viewer_of(request.user)
    found = collection_or_404(viewer, slug)
    if request.method != "POST":
        return _to(found.get_absolute_url())
    if not can_edit_collection(viewer, found):
        raise NotAllowed
    form = PlaceForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(_("The place was not understood. Give it as a number."))
        return change(viewer, found, form)
    except Refused as refusal:
        if wants_json(request):
            return refuse(refusal)
        messages.error(request, refusal.message)
        return _to(found.get_absolute_url())


def _article(viewer: Viewer, form: PlaceForm) -> Article:
    return known_or_404(viewer, form.cleaned_data["article"])


def _at_place(collection: Collection, article: Article, place: int, pressed: str) -> str:
    """Return the address of the page with `place`, where the focus stays on what was `pressed`."""
    page = (place - 1) // PAGE_SIZE + 1
    asked = {"page": str(page)} if page > 1 else {}
    asked |= {"at": article.slug, "pressed": pressed}
    return f"{collection.get_absolute_url()}?{urlencode(asked)}"


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
