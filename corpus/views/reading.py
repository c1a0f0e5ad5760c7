"""Where pages tell how far their reader came, and readers say what they have read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from corpus.access import article_or_404, viewer_of
from corpus.errors import Invalid
from corpus.models import Article
from corpus.reading_forms import MarkForm, ProgressForm, WithinForm
from corpus.services import reading
from corpus.services.reading import Noted
from corpus.views.answers import SEE_OTHER, wants_json, writes

ANCHOR = "reading"

_MARK = {"read": reading.mark_read, "unread": reading.mark_unread}
_SAID = {
    "read": gettext_lazy("Marked as read."),
    "unread": gettext_lazy("Marked as unread."),
    "undone": gettext_lazy("Undone."),
}


@require_POST
@writes
def note(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Keep where the reader is in the article, and tell the script whether that read it."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    told = _cleaned(ProgressForm(request.POST))
    stored = reading.note(viewer, article, Noted(told["version"], told["place"], told["seen"]))
    return JsonResponse({"is_read": stored is not None and stored.finished_at is not None})


def _from_the_article(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let only forms send `view` something; lead whoever has to sign in back to the article."""

    @wraps(view)
    @require_POST
    def answer(request: HttpRequest, slug: str) -> HttpResponseBase:
        if request.user.is_authenticated or wants_json(request):
            return view(request, slug)
        return redirect_to_login(f"{reverse('article', args=[slug])}#{ANCHOR}")

    return answer


@_from_the_article
@writes
def mark(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Keep that the article is read or unread; the page offers to undo it if that is new."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    said = _cleaned(MarkForm(request.POST))
    is_new = _MARK[said["state"]](viewer, article)
    return _answer(request, article, said["state"], said["within"], can_undo=is_new)


@_from_the_article
@writes
def undo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take back what the reader said last."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    within = _cleaned(WithinForm(request.POST))["within"]
    try:
        reading.undo(viewer, article)
    except Invalid as refusal:
        if wants_json(request):
            raise
        messages.error(request, refusal.message)
    return _answer(request, article, "undone", within, can_undo=False)


def _cleaned(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid(_("This page sent what could not be read. Reload it and try again."))
    return form.cleaned_data


def _answer(
    request: HttpRequest, article: Article, said: str, within: str, *, can_undo: bool
) -> HttpResponse:
    """Tell a script what was said, and lead a form back to the end of the text."""
    if wants_json(request):
        undo_url = reverse("reading_undo", args=[article.slug]) if can_undo else ""
        return JsonResponse({"message": str(_SAID[said]), "restore_url": undo_url})
    fields = {"in": within, "said": said if can_undo else ""}
    query = urlencode({name: value for name, value in fields.items() if value})
    address = f"{article.get_absolute_url()}?{query}".removesuffix("?")
    return HttpResponseRedirect(f"{address}#{ANCHOR}", status=SEE_OTHER)
