"""Putting rows in an order in which likes stand together.

Each row is a set of columns, held as the bits of a number: two rows are alike by the share of
their columns that both have (Jaccard's index). The order is built from the likest pair to the
least like, as a path in which every row has at most two neighbours: the greedy way through the
travelling salesman's problem. Ties go by the order in which the rows come, so that the same
rows always give the same order.

Sources: Jaccard 1912; Bentley 1992, "Fast algorithms for geometric traveling salesman problems"
(greedy edges).
"""

from collections.abc import Iterator, Sequence

# Of a row inside a path.
MOST_NEIGHBOURS = 2


def likes_together(rows: Sequence[int]) -> list[int]:
    """Return the places of `rows`, bits of their columns, so that likes stand together.

    A path begins at the end that comes first in `rows`, and so do the paths between which
    nothing is alike.
    """
    neighbours: list[list[int]] = [[] for _row in rows]
    paths = list(range(len(rows)))
    for first, second in _pairs(rows):
        are_ends = all(len(neighbours[row]) < MOST_NEIGHBOURS for row in (first, second))
        if are_ends and _path(paths, first) != _path(paths, second):
            neighbours[first].append(second)
            neighbours[second].append(first)
            paths[_path(paths, first)] = _path(paths, second)
    return list(_walked(neighbours))


def alike(first: int, second: int) -> float:
    """Return the share of the columns of both that both have, 0 to 1."""
    either = (first | second).bit_count()
    return (first & second).bit_count() / either if either else 0.0


def _pairs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of rows that share a column, the likest first."""
    found = [
        (-alike(row, rows[second]), first, second)
        for first, row in enumerate(rows)
        for second in range(first + 1, len(rows))
        if row & rows[second]
    ]
    return [(first, second) for _alike, first, second in sorted(found)]


def _path(paths: list[int], row: int) -> int:
    """Return the name of the path that `row` stands in, and make the way to it shorter."""
    while paths[row] != row:
        paths[row] = paths[paths[row]]
        row = paths[row]
    return row


def _walked(neighbours: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield the rows path by path, each from its first end."""
    seen: set[int] = set()
    for start, near in enumerate(neighbours):
        if start in seen or len(near) > 1:
            continue
        row: int | None = start
        while row is not None:
            seen.add(row)
            yield row
            row = next((other for other in neighbours[row] if other not in seen), None)
