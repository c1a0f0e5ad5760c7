"""The passage that an address leads to, as it is copied out of the browser."""

import re
from uuid import UUID

from annotations.access import visible_annotations
from annotations.models import Annotation
from corpus.permissions import Viewer

_IN_ARTICLE = re.compile(r"/articles/(?P<slug>[-\w]+)/[^#\s]*#[hn](?P<number>\d{1,9})\b")
_ALONE = re.compile(r"/annotations/(?P<key>[0-9a-fA-F-]{36})/")


def annotation_at(viewer: Viewer, address: str) -> Annotation | None:
    """Return the highlight or note at `address` that `viewer` sees, or None.

    It is one of a passage in its article (".../articles/slug/#h12"), or of the passage alone.
    """
    seen = visible_annotations(viewer).select_related("article")
    if place := _IN_ARTICLE.search(address):
        return seen.filter(article__slug=place["slug"], number=int(place["number"])).first()
    if alone := _ALONE.search(address):
        try:
            return seen.filter(pk=UUID(alone["key"])).first()
        except ValueError:
            return None
    return None
