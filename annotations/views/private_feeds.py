"""A reader's private feeds: the list of them, making and ending one, and what they say."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.formats.feeds import Channel, feed_of
from annotations.queries.feed_keys import feed_behind, feed_key_or_404, private_feeds
from annotations.queries.feeds import (
    Subject,
    entries_of,
    home_of,
    kind_of,
    name_of,
    open_addresses,
    own_groups,
    subject_or_404,
    title_of,
)
from annotations.services import feed_keys as services
from annotations.views.feeds import FORMATS, answer
from corpus.access import viewer_of
from corpus.permissions import Viewer
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.typed import cleaned, typed

_SECRET = "new_feed"  # noqa: S105 - a key of the session


@never_cache
@writes
def feeds(request: HttpRequest) -> HttpResponse:
    """Show the private feeds of the reader, and make one; its addresses are shown once.

    `kind` and `name` say of what, or `in` of which collection; without them of everything.
    """
    viewer = viewer_of(request.user)
    sent = request.POST if request.method == "POST" else None
    fields = [typed(request, name) for name in ("kind", "name")]
    if sent is not None:
        fields = [cleaned(str(sent.get(name, ""))) for name in ("kind", "name")]
    if within := typed(request, "in"):
        fields = ["collection", within]
    subject = subject_or_404(viewer, *fields)

    def save() -> HttpResponse:
        _key, secret = services.make(viewer, subject)
        request.session[_SECRET] = [kind_of(subject), name_of(subject), secret]
        query = urlencode({"kind": kind_of(subject), "name": name_of(subject)})
        return HttpResponseRedirect(f"{reverse('feeds')}?{query}", status=SEE_OTHER)

    page = FormPage("annotations/feeds.html", _context(request, viewer, subject))
    return answer_form(request, Form(sent), page, save)


@writes
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End a private feed of the reader's own."""
    viewer = viewer_of(request.user)
    if request.method == "POST":
        services.revoke(viewer, feed_key_or_404(viewer, key_id))
        messages.success(request, _("Taken back. Its addresses lead nowhere any more."))
    return HttpResponseRedirect(reverse("feeds"), status=SEE_OTHER)


@require_safe
def private_feed(request: HttpRequest, secret: str, ending: str) -> HttpResponseBase:
    """Answer with what the reader sees whose secret address it is, as who they are now."""
    opened = feed_behind(secret)
    channel = Channel(
        title_of(opened.subject),
        request.build_absolute_uri(home_of(opened.subject)),
        request.build_absolute_uri(request.path),
        opened.key,
    )
    return answer(request, feed_of(entries_of(opened.viewer, opened.subject), channel), ending)


def _context(request: HttpRequest, viewer: Viewer, subject: Subject) -> dict[str, object]:
    return {
        "kind": kind_of(subject),
        "name": name_of(subject),
        "title": title_of(subject),
        "home": home_of(subject),
        "open": [
            (ending, request.build_absolute_uri(address))
            for ending, address in open_addresses(subject).items()
        ],
        "made": _made(request, subject),
        "feeds": private_feeds(viewer),
        "groups": own_groups(viewer),
    }


def _made(request: HttpRequest, subject: Subject) -> list[tuple[str, str]]:
    """Return by format the whole addresses of what was made just now, and forget them."""
    if request.method != "GET" or _SECRET not in request.session:
        return []
    kind, name, secret = request.session.pop(_SECRET)
    if (kind, name) != (kind_of(subject), name_of(subject)):
        return []
    return [
        (ending, request.build_absolute_uri(reverse("private_feed", args=[secret, ending])))
        for ending in FORMATS
    ]
