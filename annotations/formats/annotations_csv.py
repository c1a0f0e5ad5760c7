"""Annotations as CSV, one a line."""

from collections.abc import Iterable, Iterator

from annotations.formats.cells import lines_of
from annotations.formats.citations import author_of, publication_of
from annotations.models import ClaimOccurrence, Link
from annotations.queries.entries import Entry, Row
from corpus.models import Article

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


def annotations_as_csv(
    rows: Iterable[Row], origin: str, *, links: Iterable[Link] = ()
) -> Iterator[str]:
    """Yield the lines of the file; addresses begin with `origin`, like "https://example.org".

    Behind `rows` comes a line for each of `links`, about the article that it begins in.
    Dates of articles are as exact as they are known: 2017-03-23, 2017-03, 2017 or nothing.
    Several claims or links stand in one cell with BETWEEN between them.
    """
    return lines_of(_rows(rows, links, origin))


def _rows(rows: Iterable[Row], links: Iterable[Link], origin: str) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for row in rows:
        yield _cells(row.entry, origin)
    for link in links:
        yield _link_cells(link, origin)


def _cells(entry: Entry, origin: str) -> tuple[str, ...]:
    annotation, article = entry.annotation, entry.article
    stances = dict(ClaimOccurrence.Stance.choices)
    claims = (f"{stances[row.stance]}: {row.label}" for row in entry.tagged)
    links = (_linked(end.link, end.article, origin) for end in entry.links)
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


def _link_cells(link: Link, origin: str) -> tuple[str, ...]:
    article = link.from_article
    return (
        link.from_annotation.exact if link.from_annotation else "",
        article.title,
        author_of(article),
        f"{origin}{link.get_absolute_url()}",
        link.note,
        publication_of(article),
        article.published() or "",
        "",
        f"{link.get_relation_display()}: {link.to_article.title}",
        "link",
        link.creator.profile.display_name,
        link.audience,
        link.created_at.isoformat(timespec="seconds"),
    )


def _linked(link: Link, article: Article, origin: str) -> str:
    """Return what a link at a passage says of `article`, its other end, and its own note."""
    said = f"{link.get_relation_display()}: {article.title} ({origin}{link.get_absolute_url()})"
    return f"{said}: {link.note}" if link.note else said
