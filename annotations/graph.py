"""The graph of links: where articles stand on an axis of dates, and the curves between them.

Pure geometry, in pixels. An article is a box whose left edge stands at the day it appeared.
Boxes never overlap; of the rows that are free an article takes one near those that it shares
claims or links with. What has no date at all stands in columns of its own behind the axis.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from annotations.axis import Label, YearAxis
from annotations.curves import BOX_HEIGHT, BOX_WIDTH, GAP, ROW, Box, Curve, Tie, curves

MARGIN = 16
# The years above the rows, and room for the curves that rise over the first one.
HEAD = 56
# The width of the whole while few articles are dated; more of them make the axis longer.
WIDTH = 1224
MOST_IN_A_ROW = 10
ROOM_IN_A_ROW = 230
# How much nearness to kindred articles counts against a row that is fuller by one.
CROWDING = 0.6


@dataclass(frozen=True)
class Entry:
    """An article to place: the days it can have appeared on, and the claims tagged in it.

    `first` and `last` are None where nothing bounds them.
    """

    key: str
    first: date | None
    last: date | None
    claims: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drawing:
    """All that is drawn; `boxes` by key, `curves` in the order of the ties.

    `undated_x` is where the columns without a date begin, None when there are none.
    """

    width: float
    height: float
    labels: tuple[Label, ...]
    boxes: Mapping[str, Box]
    curves: tuple[Curve, ...]
    undated_x: float | None


def drawing(entries: Sequence[Entry], ties: Sequence[Tie]) -> Drawing:
    """Return where everything stands; the same for the same entries, in whatever order."""
    ordered = sorted(entries, key=lambda entry: (_day(entry) or date.max, entry.key))
    dated = [entry for entry in ordered if _day(entry)]
    undated = [entry for entry in ordered if not _day(entry)]
    near = _nearness(ordered, ties)
    rows = max(ceil(sqrt(len(dated))), min(len(undated), 3), 1)
    columns = ceil(len(undated) / max(rows, 6))
    band = columns * (BOX_WIDTH + GAP)
    left = WIDTH - (band + MARGIN if band else 0)
    room = max(left, ROOM_IN_A_ROW * ceil(len(dated) / MOST_IN_A_ROW)) if dated else 0
    boxes, labels, taken = _on_the_axis(dated, near, rows=rows, room=room)
    boxes |= _without_a_date(undated, near, boxes, start=room + MARGIN, columns=columns)
    deepest = max([box.y for box in boxes.values()], default=0.0)
    return Drawing(
        width=room + band + MARGIN if band else room,
        height=max(deepest + BOX_HEIGHT, HEAD + taken * ROW) + MARGIN,
        labels=labels,
        boxes=boxes,
        curves=curves(boxes, ties),
        undated_x=room + MARGIN if undated else None,
    )


def _day(entry: Entry) -> date | None:
    return entry.first or entry.last


def _nearness(entries: Sequence[Entry], ties: Sequence[Tie]) -> dict[str, Counter[str]]:
    """Return how much each article has to do with each other: shared claims, and links."""
    near: dict[str, Counter[str]] = defaultdict(Counter)
    holding: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for claim in entry.claims:
            holding[claim].append(entry.key)
    for keys in holding.values():
        for key in keys:
            near[key].update(other for other in keys if other != key)
    for tie in ties:
        near[tie.start][tie.end] += 1
        near[tie.end][tie.start] += 1
    return near


def _on_the_axis(
    dated: Sequence[Entry], near: Mapping[str, Counter[str]], *, rows: int, room: float
) -> tuple[dict[str, Box], tuple[Label, ...], int]:
    """Return the boxes of what has a date, the years, and how many rows there are."""
    if not dated:
        return {}, (), 0
    days = [day for entry in dated for day in (entry.first, entry.last) if day]
    axis = YearAxis(days, start=MARGIN, end=room - BOX_WIDTH - MARGIN)
    ends: list[list[tuple[float, float]]] = [[] for _row in range(rows)]
    at: dict[str, int] = {}
    boxes: dict[str, Box] = {}
    for entry in dated:
        x = axis.x(_day(entry) or date.max)
        free = [row for row, taken in enumerate(ends) if _is_free(taken, x)]
        if not free:
            ends.append([])
            free = [len(ends) - 1]
        row = _best(free, [len(taken) for taken in ends], _kindred(near[entry.key], at))
        ends[row].append((x, x + BOX_WIDTH))
        at[entry.key] = row
        boxes[entry.key] = _box(entry, axis, x, HEAD + row * ROW + GAP / 2)
    return boxes, axis.labels(), len(ends)


def _is_free(taken: Sequence[tuple[float, float]], x: float) -> bool:
    return all(x >= end + GAP or x + BOX_WIDTH + GAP <= start for start, end in taken)


def _kindred(near: Counter[str], at: Mapping[str, int]) -> float | None:
    """Return the row, a fraction, about which the kin of an article stand; None without any."""
    known = {key: weight for key, weight in near.items() if key in at}
    total = sum(known.values())
    return sum(at[key] * weight for key, weight in known.items()) / total if total else None


def _best(free: Sequence[int], filled: Sequence[int], wanted: float | None) -> int:
    def cost(row: int) -> tuple[float, int]:
        away = abs(row - wanted) if wanted is not None else 0
        return away + CROWDING * filled[row], row

    return min(free, key=cost)


def _box(entry: Entry, axis: YearAxis, x: float, y: float) -> Box:
    foot = f"{y + BOX_HEIGHT + 6:g}"
    if entry.first is None:
        return Box(x, y, f"M{x:g} {foot}H{max(x - BOX_WIDTH / 2, 0):g}", is_open=True)
    if entry.last is None:
        return Box(x, y, f"M{x:g} {foot}H{x + BOX_WIDTH:g}", is_open=True)
    if entry.first == entry.last:
        return Box(x, y)
    return Box(x, y, f"M{x:g} {foot}H{max(axis.x(entry.last), x + 2):g}")


def _without_a_date(
    undated: Sequence[Entry],
    near: Mapping[str, Counter[str]],
    boxes: Mapping[str, Box],
    *,
    start: float,
    columns: int,
) -> dict[str, Box]:
    """Return the boxes of what has no date, those about the same height as their kin."""
    heights = {key: int(box.y) for key, box in boxes.items()}
    ordered = sorted(
        undated, key=lambda entry: (_kindred(near[entry.key], heights) or 0, entry.key)
    )
    return {
        entry.key: Box(
            start + GAP / 2 + (place % columns) * (BOX_WIDTH + GAP),
            HEAD + (place // columns) * ROW + GAP / 2,
        )
        for place, entry in enumerate(ordered)
    }
