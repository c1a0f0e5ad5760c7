"""Annotations as files, sent while they are read: a reader's own, an article's and a claim's."""

from collections.abc import Iterable, Iterator
from typing import Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.access import claim_or_404
from annotations.formats.annotations_csv import annotations_as_csv
from annotations.formats.annotations_markdown import annotations_as_markdown
from annotations.models import Link
from annotations.queries.entries import Row, all_rows, annotations_of, annotations_with, ranked
from annotations.queries.notebook import notebook_rows
from annotations.queries.notebook_links import all_links, other_links
from annotations.views.notebook import wanted_in
from annotations.views.passage_filters import filters_in
from corpus.access import article_or_404, viewer_of
from corpus.views.answers import writes

Format = Literal["md", "csv"]

_TYPES: dict[Format, str] = {"md": "text/markdown", "csv": "text/csv"}
_fresh = cache_control(private=True, no_store=True)


@require_safe
@_fresh
@writes
def notebook(request: HttpRequest, *, ending: Format) -> HttpResponseBase:
    """Send the own annotations, narrowed and grouped by the address as on the page."""
    viewer = viewer_of(request.user)
    wanted = wanted_in(request, viewer)
    rows = all_rows(viewer, notebook_rows(viewer, wanted), wanted.by)
    links = all_links(other_links(viewer, wanted))
    return _file(request, rows, ending, title=_("My notebook"), name="notebook", links=links)


@require_safe
@_fresh
def article(request: HttpRequest, slug: str, *, ending: Format) -> HttpResponseBase:
    """Send what the viewer sees of the highlights and notes of an article."""
    viewer = viewer_of(request.user)
    found = article_or_404(viewer, slug)
    rows = all_rows(viewer, ranked(annotations_of(viewer, found), "article"), "article")
    title, name = _("Highlights and notes"), found.slug
    return _file(request, rows, ending, title=title, name=name, names_readers=True)


@require_safe
@_fresh
def claim(request: HttpRequest, slug: str, *, ending: Format) -> HttpResponseBase:
    """Send the passages of a claim that the viewer sees, narrowed by the address as on the page."""
    viewer = viewer_of(request.user)
    found = claim_or_404(viewer, slug)
    tagged = annotations_with(viewer, found, filters_in(request, viewer))
    rows = all_rows(viewer, ranked(tagged, "article"), "article")
    return _file(request, rows, ending, title=found.label, name=found.slug, names_readers=True)


def _file(
    request: HttpRequest,
    rows: Iterable[Row],
    ending: Format,
    *,
    title: str,
    name: str,
    names_readers: bool = False,
    links: Iterable[Link] = (),
) -> StreamingHttpResponse:
    """Answer with `rows` as a file that is called `name` and the day; `title` heads Markdown."""
    origin = f"{request.scheme}://{request.get_host()}"
    parts: Iterator[str]
    if ending == "csv":
        parts = annotations_as_csv(rows, origin, links=links)
    else:
        parts = annotations_as_markdown(
            title, rows, origin, names_readers=names_readers, links=links
        )
    answer = StreamingHttpResponse(parts, content_type=f"{_TYPES[ending]}; charset=utf-8")
    called = f"{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{called}"'
    return answer
