"""The curves of the graph of links: from a side of one box to a side of another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal, NamedTuple

BOX_WIDTH = 190
BOX_HEIGHT = 62
GAP = 26
ROW = BOX_HEIGHT + 34
ARROW_LENGTH = 9
ARROW_HALF = 4.5
# How far a curve goes straight on before it turns, at least and at most.
LEAST_REACH = 14
MOST_REACH = 160

Side = Literal["left", "right", "top", "bottom"]


@dataclass(frozen=True)
class Box:
    """Where an article stands: its upper left corner, and what tells of an inexact date.

    `days` is the path of a line below it over the days that it can be of, "" for one day;
    it `is_open` where nothing bounds them on one side.
    """

    x: float
    y: float
    days: str = ""
    is_open: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """Return its middle."""
        return self.x + BOX_WIDTH / 2, self.y + BOX_HEIGHT / 2


@dataclass(frozen=True)
class Tie:
    """A curve to draw between two articles, from the one that links to the one linked to.

    One that `is_mutual` has no direction, and no arrow head.
    """

    start: str
    end: str
    is_mutual: bool = False


@dataclass(frozen=True)
class Curve:
    """The path of a curve and of the arrow head at its end, "" without one."""

    path: str
    head: str


class _Point(NamedTuple):
    x: float
    y: float


def curves(boxes: Mapping[str, Box], ties: Sequence[Tie]) -> tuple[Curve, ...]:
    """Return the curves; where several meet a side of a box they are spread along it."""
    sides = [_sides(boxes[tie.start], boxes[tie.end]) for tie in ties]
    meeting: dict[tuple[str, Side], list[tuple[float, int, int]]] = defaultdict(list)
    for number, (tie, (one, other)) in enumerate(zip(ties, sides, strict=True)):
        for end, (key, side, far) in enumerate(
            ((tie.start, one, boxes[tie.end]), (tie.end, other, boxes[tie.start]))
        ):
            across = far.middle[1] if side in {"left", "right"} else far.middle[0]
            meeting[key, side].append((across, number, end))
    points: dict[tuple[int, int], _Point] = {}
    for (key, side), met in meeting.items():
        for place, (_across, number, end) in enumerate(sorted(met)):
            share = (place + 1) / (len(met) + 1)
            points[number, end] = _on_side(boxes[key], side, share)
    return tuple(
        _line(points[number, 0], points[number, 1], *sides[number])
        if tie.is_mutual
        else _arrow(points[number, 0], points[number, 1], *sides[number])
        for number, tie in enumerate(ties)
    )


def _sides(start: Box, end: Box) -> tuple[Side, Side]:
    """Return the sides at which a curve leaves the one box and meets the other."""
    if start.x + BOX_WIDTH + GAP / 2 <= end.x:
        is_over = start.y == end.y and end.x - start.x > BOX_WIDTH * 2
        return ("top", "top") if is_over else ("right", "left")
    if end.x + BOX_WIDTH + GAP / 2 <= start.x:
        is_over = start.y == end.y and start.x - end.x > BOX_WIDTH * 2
        return ("top", "top") if is_over else ("left", "right")
    if abs(start.y - end.y) <= ROW:
        return ("bottom", "top") if start.y < end.y else ("top", "bottom")
    return "left", "left"


def _on_side(box: Box, side: Side, share: float) -> _Point:
    across = box.x + BOX_WIDTH * share, box.y + BOX_HEIGHT * share
    match side:
        case "left":
            return _Point(box.x, across[1])
        case "right":
            return _Point(box.x + BOX_WIDTH, across[1])
        case "top":
            return _Point(across[0], box.y)
        case "bottom":
            return _Point(across[0], box.y + BOX_HEIGHT)


_OUTWARDS: Mapping[Side, tuple[int, int]] = {
    "left": (-1, 0),
    "right": (1, 0),
    "top": (0, -1),
    "bottom": (0, 1),
}


def _line(start: _Point, end: _Point, leaves: Side, meets: Side) -> Curve:
    return Curve(_path(start, end, leaves, meets), "")


def _arrow(start: _Point, tip: _Point, leaves: Side, meets: Side) -> Curve:
    base = _moved(tip, meets, ARROW_LENGTH)
    return Curve(_path(start, base, leaves, meets), _head(tip, base))


def _path(start: _Point, end: _Point, leaves: Side, meets: Side) -> str:
    """Return a curve that leaves and meets its boxes at right angles."""
    apart = hypot(end.x - start.x, end.y - start.y)
    reach = min(max(apart * 0.4, LEAST_REACH), MOST_REACH)
    if leaves == meets:
        reach = min(24 + apart / 8, ROW / 2)
    first, second = _moved(start, leaves, reach), _moved(end, meets, reach)
    return (
        f"M{start.x:.1f} {start.y:.1f}C{first.x:.1f} {first.y:.1f} "
        f"{second.x:.1f} {second.y:.1f} {end.x:.1f} {end.y:.1f}"
    )


def _moved(point: _Point, side: Side, far: float) -> _Point:
    right, down = _OUTWARDS[side]
    return _Point(point.x + right * far, point.y + down * far)


def _head(tip: _Point, base: _Point) -> str:
    along = hypot(tip.x - base.x, tip.y - base.y)
    right, down = (tip.x - base.x) / along, (tip.y - base.y) / along
    one = _Point(base.x - down * ARROW_HALF, base.y + right * ARROW_HALF)
    other = _Point(base.x + down * ARROW_HALF, base.y - right * ARROW_HALF)
    return f"M{tip.x:.1f} {tip.y:.1f}L{one.x:.1f} {one.y:.1f}L{other.x:.1f} {other.y:.1f}z"
