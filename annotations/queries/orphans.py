"""Highlights whose words are not in the current version: what they said, where they may be."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.access import rights_of, visible_annotations
from annotations.models import Annotation
from annotations.permissions import PERMISSIONS
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.text.alignment import align
from corpus.text.blocks import block_at, blocks_from_data
from corpus.text.spans import Span, context

# Two texts that are longer together take too long to compare while a page is waited for.
_MOST_COMPARED = 600_000


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


@dataclass(frozen=True)
class Attaching:
    """A highlight that words are chosen for, and the block to begin looking in.

    `near` is its number, from 1: the words next to those it had stand there now.
    """

    annotation: Annotation
    near: int


def to_attach(
    viewer: Viewer, article: Article, version: ArticleVersion, number: str
) -> Attaching | None:
    """Return the highlight of this number that `viewer` may put on words of `version`, the current.

    None for one that stands on its words, and for what the viewer may not or cannot move.
    """
    if not (number.isascii() and number.isdigit() and len(number) <= Annotation.NUMBER_DIGITS):
        return None
    marks = visible_annotations(viewer).filter(article=article, number=number, start__isnull=False)
    lost = marks.exclude(anchor_state=Annotation.AnchorState.EXACT)
    found = lost.select_related("version", "article").first()
    if found is None or not PERMISSIONS["reattach"](viewer, rights_of(viewer, found)):
        return None
    return Attaching(found, likely_block(found, version))


def likely_block(annotation: Annotation, version: ArticleVersion) -> int:
    """Return the number, from 1, of the block of `version` in which its words may be.

    Without a guess it is where the words around them went or, in texts too long to compare,
    as far from the beginning as they were.
    """
    return block_at(blocks_from_data(version.blocks), _likely_offset(annotation, version)) + 1


def _likely_offset(annotation: Annotation, version: ArticleVersion) -> int:
    if annotation.guess_start is not None:
        return annotation.guess_start
    former, start = annotation.version, annotation.start or 0
    is_comparable = former and len(former.text) + len(version.text) <= _MOST_COMPARED
    if former is None or former.pk == version.pk or not is_comparable:
        return start
    return align(former.text, version.text).place(min(start, len(former.text)))


def _lost(
    exact: str, former: int, version: ArticleVersion, start: int | None, end: int | None
) -> LostWords:
    if start is None or end is None or not start < end <= len(version.text):
        return LostWords(exact, former, None)
    prefix, suffix = context(version.text, start, end)
    return LostWords(exact, former, Span(start, end), version.text[start:end], prefix, suffix)
