"""The table of claims as CSV: as it is shown, or one line for each of its cells."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from annotations.formats.cells import lines_of
from annotations.queries.matrix import Cell, Matrix


def matrix_as_csv(matrix: Matrix) -> Iterator[str]:
    """Yield the lines of the table: a claim each, with how many passages it has by column.

    The second line holds the dates of articles; a cell without passages holds 0, so that
    programs read numbers.
    """
    return lines_of(_table(matrix))


def cells_as_csv(matrix: Matrix) -> Iterator[str]:
    """Yield a line for each claim and column that have passages, with the three stances."""
    return lines_of(_cells(matrix))


def _table(matrix: Matrix) -> Iterator[tuple[str, ...]]:
    yield (_("Claim"), _("Total"), *(column.label for column in matrix.columns))
    if any(column.detail for column in matrix.columns):
        yield (_("Date"), "", *(column.detail for column in matrix.columns))
    nothing = Cell(0, 0, 0)
    for row in matrix.rows:
        counts = (sum(row.cells.get(column.key, nothing)) for column in matrix.columns)
        yield (row.claim.label, str(row.total), *map(str, counts))


# Programs read these columns: they are called the same in every language.
_LONG = ("claim", "by", "key", "name", "date", "supports", "disputes", "context", "total")


def _cells(matrix: Matrix) -> Iterator[tuple[str, ...]]:
    yield _LONG
    for row in matrix.rows:
        for column in matrix.columns:
            if cell := row.cells.get(column.key):
                said = (row.claim.name, matrix.by, column.key, column.label, column.detail)
                yield (*said, *map(str, cell), str(sum(cell)))
