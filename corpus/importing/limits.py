"""How large a source may be that a curator looks at: every page and step stays quick."""

from collections.abc import Sequence

from corpus.importing.errors import SourceTooLarge
from corpus.importing.read import Source
from corpus.importing.split import Part

MAX_LINES = 500_000
MAX_ARTICLE_CHARACTERS = 1_000_000
MAX_ARTICLES = 2_000


def check_source(source: Source) -> None:
    """Raise SourceTooLarge when the source has more lines than can be looked through."""
    if source.text.count("\n") >= MAX_LINES:
        raise SourceTooLarge(
            "%(name)s has more than %(limit)s lines; split it and import the parts.",
            name=source.name,
            limit=f"{MAX_LINES:,}",
        )


def check_parts(source: Source, parts: Sequence[Part]) -> None:
    """Raise SourceTooLarge when an article in the source is too long, or there are too many."""
    if any(part.end - part.start > MAX_ARTICLE_CHARACTERS for part in parts):
        raise SourceTooLarge(
            "%(name)s holds an article of more than %(limit)s characters; split it and import the"
            " parts.",
            name=source.name,
            limit=f"{MAX_ARTICLE_CHARACTERS:,}",
        )
    if len(parts) > MAX_ARTICLES:
        raise SourceTooLarge(
            "%(name)s holds more than %(limit)s articles; split it and import the parts.",
            name=source.name,
            limit=f"{MAX_ARTICLES:,}",
        )
