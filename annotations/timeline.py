"""The time line of a claim: where its passages stand on an axis of article dates.

Pure geometry, in the units of an SVG view box WIDTH wide. Days known exactly are points.
Months, years and bounds are bars below the axis, open on the side where nothing is known.
What has no date at all stays off the axis.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from annotations.axis import Label, YearAxis

Stance = Literal["supports", "disputes", "context"]
STANCES: tuple[Stance, ...] = ("supports", "disputes", "context")
_RANKS = {stance: rank for rank, stance in enumerate(STANCES)}

WIDTH = 1000
MARGIN = 30
# Room of a mark to be pressed in, in pixels; nearer ones are stacked. Source: WCAG 2.2, 2.5.8.
STEP = 24
# As many marks are stacked one by one; the rest is a number.
HIGHEST = 7
BAR_ROW = 24
BAR_HALF = 9
# A mark in a bar with its number.
MARK_ROOM = 38
# From the foot of the grid down to the years, and to the middle of the first bar.
YEARS_BELOW = 18
BARS_BELOW = 42
LABEL_ROOM = 320
LABEL_SIZE = 44


# A passage in its article: its first character, None for a note on the whole, and its number;
# what follows is for others.
Place = tuple[int | None, int, *tuple[object, ...]]


class DatedPassages(NamedTuple):
    """The passages of one stance in one article, with what is known of its date.

    `first` and `last` are the earliest and the latest day it can have appeared, None where
    nothing bounds them. `url` is the address of the article; `places`, in any order, are those
    of its passages, at least one.
    """

    article: str
    title: str
    stance: Stance
    first: date | None
    last: date | None
    url: str
    places: Sequence[Place]

    @property
    def passages(self) -> int:
        """Return how many there are."""
        return len(self.places)

    @property
    def first_url(self) -> str:
        """Return the address of the first passage."""
        return self.urls(1)[0]

    def urls(self, most: int) -> list[str]:
        """Return the addresses of the first `most` passages."""
        return [f"{self.url}#h{place[1]}" for place in sorted(self.places, key=in_article)[:most]]

    @property
    def is_dated(self) -> bool:
        """Say whether the day is known exactly."""
        return self.first is not None and self.first == self.last

    @property
    def is_undated(self) -> bool:
        """Say whether nothing at all is known of the day."""
        return self.first is None and self.last is None


class Point(NamedTuple):
    """One mark, a link; it stands for `more` further passages. `text` is written beside it."""

    x: float
    y: float
    stance: Stance
    url: str
    title: str
    more: int = 0
    text: str = ""

    @property
    def shape(self) -> str:
        """Return the path of ▲, ▼ or ◆ round its centre."""
        if self.stance == "supports":
            return f"M{self.x:g} {self.y - 5:g}l6 10h-12z"
        if self.stance == "disputes":
            return f"M{self.x:g} {self.y + 5:g}l6 -10h-12z"
        return f"M{self.x:g} {self.y - 6:g}l6 6l-6 6l-6 -6z"


@dataclass(frozen=True)
class Bar:
    """The days on which an article can have appeared, with its passages at its known end."""

    start: float
    end: float
    y: float
    opens_left: bool
    opens_right: bool
    title: str
    label: str
    label_x: float
    label_is_left: bool
    points: tuple[Point, ...]

    @property
    def shape(self) -> str:
        """Return the path of a frame without the side on which nothing is known."""
        top, bottom = f"{self.y - BAR_HALF:g}", f"{self.y + BAR_HALF:g}"
        if self.opens_right:
            return f"M{self.end:g} {top}H{self.start:g}V{bottom}H{self.end:g}"
        frame = f"M{self.start:g} {top}H{self.end:g}V{bottom}H{self.start:g}"
        return frame if self.opens_left else f"{frame}z"


@dataclass(frozen=True)
class TimeLine:
    """All there is to draw. Without any date `labels` is empty and `height` is 0.

    `undated` are the passages that nothing places, those of an article together; they are
    named beside the picture.
    """

    height: float
    axis: float
    foot: float
    labels: tuple[Label, ...]
    points: tuple[Point, ...]
    bars: tuple[Bar, ...]
    undated: tuple[tuple[DatedPassages, ...], ...]


def in_article(place: Place) -> tuple[int, int]:
    """Return what the passages of an article are ordered by."""
    return place[0] or 0, place[1]


def time_line(
    passages: Iterable[DatedPassages], *, beside: Sequence[DatedPassages] = (), least: int = 2
) -> TimeLine:
    """Return the drawing of `passages`, which hold one entry for an article and stance.

    Its axis holds the days of `beside` as well, so that lanes under one another agree. There is
    room for `least` marks above and below the axis, and for as many as there are.
    """
    ordered = sorted(passages, key=_order)
    undated = _by_article(entry for entry in ordered if entry.is_undated)
    placed = [entry for entry in ordered if not entry.is_undated]
    if not placed:
        return TimeLine(0, 0, 0, (), (), (), undated)
    scale = _axis([*placed, *(entry for entry in beside if not entry.is_undated)])
    dated = [entry for entry in placed if entry.is_dated]
    stacks = {stance: _stacks(scale, dated, stance) for stance in STANCES}
    above = max((len(stack) for stack in stacks["supports"]), default=0)
    below = max((len(stack) for stack in stacks["disputes"]), default=0)
    axis = 20 + STEP * max(above, least)
    foot = axis + STEP * max(below, least) + 12
    bars = _bars(scale, [entry for entry in placed if not entry.is_dated], foot + BARS_BELOW)
    points = (
        *_placed(stacks["supports"], axis, -STEP),
        *_placed(stacks["disputes"], axis, STEP),
        *_placed(stacks["context"], axis, 0),
    )
    height = bars[-1].y + BAR_HALF + 2 if bars else foot + YEARS_BELOW + 6
    return TimeLine(height, axis, foot, scale.labels(), points, bars, undated)


class _Mark(NamedTuple):
    """One mark before its height is known; it stands for `more` further passages."""

    x: float
    entry: DatedPassages
    url: str
    more: int = 0


def _axis(placed: Sequence[DatedPassages]) -> YearAxis:
    days = [day for entry in placed for day in (entry.first, entry.last) if day is not None]
    return YearAxis(days, start=MARGIN, end=WIDTH - MARGIN)


def _order(entry: DatedPassages) -> tuple[date, str, int]:
    return entry.first or entry.last or date.max, entry.title, _RANKS[entry.stance]


def _stacks(scale: YearAxis, dated: list[DatedPassages], stance: Stance) -> list[list[_Mark]]:
    """Return the marks of `stance`, those that would cover each other in one stack.

    ◆ stands on the line, so that only the marks of one article make a stack there: a single
    mark with a number. Where there are more than have room, those of a stack are one as well.
    """
    placed = [
        (scale.x(entry.first), entry) for entry in dated if entry.stance == stance and entry.first
    ]
    is_on_line = stance == "context"
    if is_on_line and len(placed) <= WIDTH // STEP:
        return [_stack([each], 1) for each in placed]
    groups: list[list[tuple[float, DatedPassages]]] = []
    for x, entry in placed:
        if groups and x - groups[-1][0][0] < STEP:
            groups[-1].append((x, entry))
        else:
            groups.append([(x, entry)])
    return [_stack(group, 1 if is_on_line else HIGHEST) for group in groups]


def _stack(group: Sequence[tuple[float, DatedPassages]], most: int) -> list[_Mark]:
    """Return at most `most` marks; the last one carries the number of all that follow."""
    marks: list[_Mark] = []
    left = 0
    for x, entry in group:
        room = most - len(marks)
        if room:
            marks += [_Mark(x, entry, url) for url in entry.urls(room)]
        left += max(entry.passages - room, 0)
    marks[-1] = marks[-1]._replace(more=left)
    return marks


def _placed(stacks: list[list[_Mark]], axis: float, step: int) -> list[Point]:
    """Return the marks at their heights, `step` apart from the axis outwards."""
    return [
        Point(
            mark.x,
            axis + step * (level + 1) if step else axis,
            mark.entry.stance,
            mark.url,
            mark.entry.title,
            mark.more,
            f"+{mark.more}" if mark.more else "",
        )
        for stack in stacks
        for level, mark in enumerate(stack)
    ]


def _by_article(entries: Iterable[DatedPassages]) -> tuple[tuple[DatedPassages, ...], ...]:
    articles: dict[str, list[DatedPassages]] = {}
    for entry in entries:
        articles.setdefault(entry.article, []).append(entry)
    return tuple(tuple(group) for group in articles.values())


def _bars(scale: YearAxis, entries: list[DatedPassages], top: float) -> tuple[Bar, ...]:
    """Return one bar an article, in the order of its earliest day."""
    groups = _by_article(entries)
    return tuple(_bar(scale, group, top + BAR_ROW * row) for row, group in enumerate(groups))


def _bar(scale: YearAxis, group: Sequence[DatedPassages], y: float) -> Bar:
    first, last, title = group[0].first, group[0].last, group[0].title
    start = scale.x(first) if first else 0.0
    end = scale.x(last) if last else float(WIDTH)
    is_left = start > LABEL_ROOM
    points = _in_bar(group, start if first else end, y, inward=1 if first else -1)
    right_of = max(end if last else 0, max(point.x for point in points) + MARK_ROOM)
    return Bar(
        start=start,
        end=end,
        y=y,
        opens_left=first is None,
        opens_right=last is None,
        title=title,
        label=title if len(title) <= LABEL_SIZE else title[: LABEL_SIZE - 1].rstrip() + "…",
        label_x=start - 10 if is_left else right_of,
        label_is_left=is_left,
        points=points,
    )


def _in_bar(
    group: Sequence[DatedPassages], known: float, y: float, *, inward: Literal[1, -1]
) -> tuple[Point, ...]:
    """Return one mark a stance with its number, from the known end of a bar inwards."""
    entries = group if inward > 0 else group[::-1]
    return tuple(
        Point(
            known + inward * (MARK_ROOM * place + 14) - (0 if inward > 0 else MARK_ROOM / 2),
            y,
            entry.stance,
            entry.first_url,
            entry.title,
            entry.passages - 1,
            str(entry.passages),
        )
        for place, entry in enumerate(entries)
    )
