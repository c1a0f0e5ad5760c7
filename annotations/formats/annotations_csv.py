"""Annotations as CSV, one a line."""

from collections.abc import Iterable, Iterator

from annotations.formats.cells import lines_of
from annotations.formats.citations import author_of, publication_of
from annotations.models import ClaimOccurrence
from annotations.queries.entries import Entry, Row

# "Highlight" to "Note" are the columns that Readwise takes; programs read all of them, so they
# are called the same in every language.
COLUMNS = (
    "Highlight",
    "Title",
    "Author",
    "URL",
    "Note",
    "Publication",
    "Date",
    "Claims",
    "Links",
    "Kind",
    "Reader",
    "Audience",
    "Made",
)

BETWEEN = "; "


def annotations_as_csv(rows: Iterable[Row], origin: str) -> Iterator[str]:
    """Yield the lines of the file; addresses begin with `origin`, like "https://example.org".

    Dates of articles are as exact as they are known: 2017-03-23, 2017-03, 2017 or nothing.
    Several claims or links stand in one cell with BETWEEN between them.
    """
    return lines_of(_rows(rows, origin))


def _rows(rows: Iterable[Row], origin: str) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for row in rows:
        yield _cells(row.entry, origin)


def _cells(entry: Entry, origin: str) -> tuple[str, ...]:
    annotation, article = entry.annotation, entry.article
    stances = dict(ClaimOccurrence.Stance.choices)
    claims = (f"{stances[row.stance]}: {row.label}" for row in entry.tagged)
    links = (
        f"{end.link.get_relation_display()}: {end.article.title}"
        f" ({origin}{end.link.get_absolute_url()})"
        for end in entry.links
    )
    return (
        annotation.exact,
        article.title,
        author_of(article),
        f"{origin}{entry.url}",
        annotation.note,
        publication_of(article),
        article.published() or "",
        BETWEEN.join(claims),
        BETWEEN.join(links),
        entry.kind,
        annotation.creator.profile.display_name,
        annotation.audience,
        annotation.created_at.isoformat(timespec="seconds"),
    )
