"""The feeds that curators follow: adding one, looking at it now, pausing and leaving it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.import_forms import FeedForm
from corpus.permissions import Viewer, allowed
from corpus.queries.following import feed_or_404, feeds_followed
from corpus.services import following
from corpus.views.answers import FormPage, answer_form, writes
from corpus.views.review_places import see_other


@cache_control(private=True, no_store=True)
@writes
def feeds(request: HttpRequest) -> HttpResponseBase:
    """Show curators the feeds and how they are; a POST follows one more."""
    viewer = viewer_of(request.user)
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    form = FeedForm(request.POST or None)
    page = FormPage("corpus/importing/feeds.html", {"feeds": list(feeds_followed(viewer))})
    return answer_form(request, form, page, lambda: _followed(request, viewer, form))


@require_POST
@writes
def look(request: HttpRequest, feed_id: UUID) -> HttpResponseBase:
    """Let a feed be looked at now."""
    viewer = viewer_of(request.user)
    following.look_now(viewer, feed_or_404(viewer, feed_id))
    return _done(request, _("It is being looked at. What is new appears here in a moment."))


@require_POST
@writes
def pause(request: HttpRequest, feed_id: UUID) -> HttpResponseBase:
    """Let a feed rest."""
    viewer = viewer_of(request.user)
    following.pause(viewer, feed_or_404(viewer, feed_id))
    return _done(request, _("It is paused, until you go on with it."))


@require_POST
@writes
def resume(request: HttpRequest, feed_id: UUID) -> HttpResponseBase:
    """Look at a feed again that rested."""
    viewer = viewer_of(request.user)
    following.resume(viewer, feed_or_404(viewer, feed_id))
    return _done(request, _("It is looked at again from now on."))


@require_POST
@writes
def pages(request: HttpRequest, feed_id: UUID) -> HttpResponseBase:
    """Let the pages that summaries of a feed link to be fetched, or no more."""
    viewer = viewer_of(request.user)
    wanted = request.POST.get("pages") == "1"
    following.fetch_pages(viewer, feed_or_404(viewer, feed_id), wanted=wanted)
    if wanted:
        return _done(request, _("Pages that it links to are fetched from now on."))
    return _done(request, _("Only what the feed itself gives is taken from now on."))


@require_POST
@writes
def unfollow(request: HttpRequest, feed_id: UUID) -> HttpResponseBase:
    """Follow a feed no more."""
    viewer = viewer_of(request.user)
    feed = feed_or_404(viewer, feed_id)
    following.unfollow(viewer, feed)
    words = _("%(url)s is followed no more. What came of it stays.")
    return _done(request, words % {"url": feed.address.url})


def _followed(request: HttpRequest, viewer: Viewer, form: FeedForm) -> HttpResponse:
    sent = form.cleaned_data
    following.follow(viewer, sent["address"], sent["title"], fetches_pages=sent["pages"])
    return _done(request, _("It is followed. Its entries appear here in a moment."))


def _done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return see_other("feeds_followed")
