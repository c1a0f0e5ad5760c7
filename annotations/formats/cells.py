"""Lines of CSV that a spreadsheet takes for words.

Sources: RFC 4180; OWASP, "CSV Injection".
"""

import csv
from collections.abc import Iterable, Iterator

# A cell that begins with one of these may be run as a formula; so may one whose blanks before
# it are dropped, and the full-width forms are read like the plain ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r", "\n")

# By this Excel knows that the file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"


def lines_of(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield each of `rows` as a line of CSV, made harmless; the file is UTF-8 with its mark."""
    writer = csv.writer(_Returned())
    mark = BYTE_ORDER_MARK
    for row in rows:
        yield mark + writer.writerow([harmless(cell) for cell in row])
        mark = ""


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it: an apostrophe before what it could run."""
    is_risky = cell.startswith(_CONTROLS) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if is_risky else cell


class _Returned:
    """What a writer writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line
