"""Where curators show an article again that is out of sight of readers, and take that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus.access import article_or_404, viewer_of
from corpus.errors import Invalid
from corpus.services import articles
from corpus.views.answers import SEE_OTHER, writes


@require_POST
@writes
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the article to readers again; its page then offers to undo that."""
    viewer = viewer_of(request.user)
    shown = articles.restore(viewer, article_or_404(viewer, slug))
    return _to(f"{shown.get_absolute_url()}?shown=again")


@require_POST
@writes
def undo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take the article out of sight again."""
    viewer = viewer_of(request.user)
    found = article_or_404(viewer, slug)
    try:
        articles.undo_restore(viewer, found)
        messages.success(request, _("Undone: readers do not see it."))
    except Invalid as refusal:
        messages.error(request, refusal.message)
    return _to(found.get_absolute_url())


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
