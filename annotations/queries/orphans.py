"""Highlights whose words are not in the current version: what they said, where they may be."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.models import Annotation
from corpus.models import Article, ArticleVersion
from corpus.text.spans import Span, context


@dataclass(frozen=True)
class LostWords:
    """The words that a highlight marked, and those of the current version it may belong to.

    `prefix` and `suffix` stand round the guess; `guess` is None when nothing is like them.
    """

    words: str
    version: int
    guess: Span | None
    guessed: str = ""
    prefix: str = ""
    suffix: str = ""


def lost_words(
    article: Article, version: ArticleVersion, numbers: Collection[int]
) -> dict[int, LostWords]:
    """Return what the orphans of `article` with these numbers said, by number; one query."""
    if not numbers:
        return {}
    rows = article.annotations.filter(number__in=numbers).values_list(
        "number", "exact", "version__number", "guess_start", "guess_end"
    )
    return {
        number: _lost(exact, former or 0, version, start, end)
        for number, exact, former, start, end in rows
    }


def lost_words_of(annotation: Annotation, version: ArticleVersion) -> LostWords:
    """Return what the orphan `annotation` said, and its best guess in the current `version`."""
    former = annotation.version.number if annotation.version else 0
    start, end = annotation.guess_start, annotation.guess_end
    return _lost(annotation.exact, former, version, start, end)


def _lost(
    exact: str, former: int, version: ArticleVersion, start: int | None, end: int | None
) -> LostWords:
    if start is None or end is None or not start < end <= len(version.text):
        return LostWords(exact, former, None)
    prefix, suffix = context(version.text, start, end)
    return LostWords(exact, former, Span(start, end), version.text[start:end], prefix, suffix)
