"""The rows in which lists show articles: title, where from, how long, opening, marks."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Substr

from corpus.extensions import RowMarks, row_marks
from corpus.models import Article, ArticleVersion, Authorship
from corpus.models.version import cut_off
from corpus.permissions import Viewer
from corpus.queries.readings import ReadingState, states_of
from corpus.text.blocks import BLOCK_SEPARATOR
from corpus.text.folding import fold

# What is read of a text to show its opening, and what is shown: two lines of the design.
_READ_FOR_OPENING = 900
_LONGEST_OPENING = 260


@dataclass(frozen=True)
class Row:
    """An article in the list; `credit` is its by-line, or its authors where it has none.

    `reading` is how far the viewer read it, None while it is unread.
    """

    article: Article
    credit: str
    is_credit_inferred: bool
    word_count: int
    opening: str
    marks: RowMarks | None
    reading: ReadingState | None


def rows_of(viewer: Viewer, articles: Sequence[Article]) -> list[Row]:
    """Return the rows of `articles` in their order; as many queries for few as for many."""
    ids = [article.id for article in articles]
    texts = dict(_texts(articles))
    authors = _authors(ids)
    readings = states_of(viewer, ids)
    marks: dict[UUID, RowMarks] = {}
    for source in row_marks:
        marks.update(source.of(viewer, ids))
    rows = []
    for article in articles:
        words, opening = texts.get(article.current_version_id, (0, ""))
        names, is_inferred = authors.get(article.id, ("", False))
        rows.append(
            Row(
                article=article,
                credit=article.byline or names,
                is_credit_inferred=is_inferred and not article.byline,
                word_count=words,
                opening=_without_title(opening, article.title),
                marks=marks.get(article.id),
                reading=readings.get(article.id),
            )
        )
    return rows


def _texts(articles: Sequence[Article]) -> Iterator[tuple[UUID | None, tuple[int, str]]]:
    """Yield the number of words and the opening of each article's text, by version."""
    ids = [article.current_version_id for article in articles if article.current_version_id]
    beginning = Substr("text", 1, _READ_FOR_OPENING)
    found = ArticleVersion.objects.filter(id__in=ids)
    for version, words, flags, text in found.values_list("id", "word_count", "flags", beginning):
        yield version, (words, _in_one_line(text, cut_off(flags)))


def _authors(ids: Sequence[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Return the names of each article's authors, and whether any of them is inferred."""
    through = Authorship.objects.filter(article_id__in=ids).order_by("position")
    found: dict[UUID, tuple[str, bool]] = {}
    for article, name, basis in through.values_list("article_id", "agent__name", "basis"):
        names, is_inferred = found.get(article, ("", False))
        joined = f"{names}, {name}" if names else name
        found[article] = (joined, is_inferred or basis == "inferred")
    return found


def _in_one_line(text: str, cut_off: Container[int]) -> str:
    """Return the blocks of `text` in a row, an ellipsis after those that were cut off."""
    start, blocks = 0, []
    for block in text.split(BLOCK_SEPARATOR):
        blocks.append(f"{block}…" if start in cut_off else block)
        start += len(block) + len(BLOCK_SEPARATOR)
    return " ".join(" ".join(blocks).split())


def _without_title(words: str, title: str) -> str:
    """Return the first of `words`, after those that a derived title repeats."""
    if fold(words).startswith(fold(title)):
        words = words[len(fold(title)) :].lstrip()
    if len(words) <= _LONGEST_OPENING:
        return words
    return words[:_LONGEST_OPENING].rpartition(" ")[0] + " …"
