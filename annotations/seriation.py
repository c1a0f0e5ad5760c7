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
    left = len(rows) - 1
    for first, second in _pairs(rows):
        if len(neighbours[first]) == MOST_NEIGHBOURS or len(neighbours[second]) == MOST_NEIGHBOURS:
            continue
        here, there = _path(paths, first), _path(paths, second)
        if here == there:
            continue
        neighbours[first].append(second)
        neighbours[second].append(first)
        paths[here] = there
        left -= 1
        if not left:
            break
    return list(_walked(neighbours))


def alike(first: int, second: int) -> float:
    """Return the share of the columns of both that both have, 0 to 1."""
    either = (first | second).bit_count()
    return (first & second).bit_count() / either if either else 0.0


def _pairs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows that share a column, the likest first.

    A table of 200 rows has 20,000 pairs: what a row has is counted once, and the order of those
    that are alike as much is the one in which they are met, for sorting keeps it.
    """
    counts = [row.bit_count() for row in rows]
    pairs, unlike = [], []
    for first, row in enumerate(rows):
        for second in range(first + 1, len(rows)):
            both = (row & rows[second]).bit_count()
            if both:
                pairs.append((first, second))
                unlike.append(-both / (counts[first] + counts[second] - both))
    for place in sorted(range(len(pairs)), key=unlike.__getitem__):
        yield pairs[place]


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
