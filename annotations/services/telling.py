"""Leaving the Event of a write on an annotation or a link."""

from collections.abc import Mapping
from typing import Any

from annotations.models import Annotation, Link
from corpus.models import Article
from corpus.services.events import record


def tell(
    actor_id: int,
    verb: str,
    thing: Annotation | Link,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Leave the Event of `verb` on `thing`, for those who may see the thing."""
    record(
        actor_id,
        verb,
        thing,
        audience=thing.audience,
        article=_article_of(thing),
        before=before,
        after=after,
    )


def words_of(annotation: Annotation) -> dict[str, Any]:
    """Return what its writer may change of `annotation`, as an Event keeps it."""
    return {"note": annotation.note, "audience": str(annotation.audience)}


def _article_of(thing: Annotation | Link) -> Article:
    return thing.article if isinstance(thing, Annotation) else thing.from_article
