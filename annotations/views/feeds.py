"""Feeds at addresses that anybody may follow: what everybody sees."""

import hashlib
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from annotations.formats import atom, json_feed
from annotations.formats.feeds import Channel, Feed, feed_of
from annotations.queries.feeds import (
    entries_of,
    home_of,
    subject_or_404,
    title_of,
)
from corpus.access import viewer_of

Write = Callable[[Feed], bytes]

FORMATS: Mapping[str, tuple[Write, str]] = {
    "atom": (atom.as_atom, atom.MEDIA_TYPE),
    "json": (json_feed.as_json_feed, json_feed.MEDIA_TYPE),
}


@require_safe
def open_feed(
    request: HttpRequest, ending: str, kind: str = "", slug: str = "", username: str = ""
) -> HttpResponseBase:
    """Answer with what everybody sees of the thing, whoever asks."""
    nobody = viewer_of(None)
    subject = subject_or_404(nobody, kind, slug or username)
    channel = Channel(
        title_of(subject),
        request.build_absolute_uri(home_of(subject)),
        request.build_absolute_uri(request.path),
    )
    return answer(request, feed_of(entries_of(nobody, subject), channel), ending)


def answer(request: HttpRequest, feed: Feed, ending: str) -> HttpResponseBase:
    """Answer with `feed` in the format of `ending`, or that it is what the asker has.

    Raises Http404 for no format of ours.
    """
    if ending not in FORMATS:
        raise Http404
    write, media_type = FORMATS[ending]
    body = write(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = int(feed.updated.timestamp())
    whole = HttpResponse(body, content_type=media_type)
    whole["ETag"], whole["Last-Modified"] = etag, http_date(changed)
    # What is gone since makes no entry newer: the tag alone tells whether it is the same.
    found = get_conditional_response(request, etag=etag, response=whole) or whole
    found["Cache-Control"] = "private, no-cache"
    found["X-Robots-Tag"] = "noindex"
    return found
