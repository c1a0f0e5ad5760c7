"""Annotations as files, sent while they are read: a reader's own, an article's and a claim's."""

from collections.abc import Iterable, Iterator
from typing import Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.formats.annotations_csv import annotations_as_csv
from annotations.formats.annotations_markdown import annotations_as_markdown
from annotations.queries.entries import Row, all_rows
from annotations.queries.notebook import notebook_rows
from annotations.views.notebook import wanted_in
from corpus.access import viewer_of
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
    return _file(request, rows, ending, title=_("My notebook"), name="notebook")


def _file(
    request: HttpRequest,
    rows: Iterable[Row],
    ending: Format,
    *,
    title: str,
    name: str,
    names_readers: bool = False,
) -> StreamingHttpResponse:
    """Answer with `rows` as a file that is called `name` and the day; `title` heads Markdown."""
    origin = f"{request.scheme}://{request.get_host()}"
    parts: Iterator[str]
    if ending == "csv":
        parts = annotations_as_csv(rows, origin)
    else:
        parts = annotations_as_markdown(title, rows, origin, names_readers=names_readers)
    answer = StreamingHttpResponse(parts, content_type=f"{_TYPES[ending]}; charset=utf-8")
    called = f"{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{called}"'
    return answer
