"""Whom a note that is being written may name."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import annotation_or_404
from annotations.audience_fields import read_audience
from annotations.models import Audience
from annotations.queries.hearers import hearers_among, hearers_of, nobody
from annotations.queries.reader_names import complete_readers
from corpus.access import article_or_404, viewer_of
from corpus.permissions import Viewer
from corpus.views.typed import typed


@require_safe
@cache_control(private=True, no_store=True)
def complete(request: HttpRequest) -> HttpResponse:
    """Answer the readers to name for what was typed, as items of a list; none to nobody.

    They are those who see the thread of `annotation`, or what is written on `article` for
    `audience`, a value as the form of a note sends it.
    """
    viewer = viewer_of(request.user)
    readers = complete_readers(viewer, _hearers(request, viewer), typed(request, "q"))
    return render(request, "annotations/_reader_options.html", {"readers": readers})


def _hearers(request: HttpRequest, viewer: Viewer) -> QuerySet[User]:
    if not viewer.is_signed_in:
        return nobody()
    if key := _key(typed(request, "annotation")):
        found = annotation_or_404(viewer, key)
        if not (typed(request, "audience") and found.creator_id == viewer.user_id):
            return hearers_of(found)
        article = found.article
    else:
        article = article_or_404(viewer, typed(request, "article"))
    try:
        audience, group_ids = read_audience(typed(request, "audience") or Audience.PUBLIC.value)
    except ValueError:
        return nobody()
    # Who is in groups of others is not to be learnt here.
    return hearers_among(article, audience, group_ids & viewer.group_ids)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
