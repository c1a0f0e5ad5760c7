"""Highlights as flat marks over a block's words.

Source: the markup contract, design brief 11, and its rules of overlap in part 6.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

# Three shades of depth are told apart; deeper piles look like three.
_DEEPEST = 3


class Highlight(NamedTuple):
    """One highlight as it is painted: start and end are code points in the version's text.

    `slot` is its first claim's colour, 0 without a claim; `person` its reader's, 0 once deleted;
    `label` is what a screen reader says of it; `has_note` says whether its note is on
    the page; `states` are words for data-state.
    """

    number: int
    start: int
    end: int
    slot: int
    person: int
    label: str
    stance: str = ""
    has_note: bool = True
    is_linked: bool = False
    states: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what it is called in the page and its address."""
        return f"h{self.number}"


class HighlightOverlay:
    """The highlights over a text, asked for block by block and piece by piece in order."""

    def __init__(self, highlights: Iterable[Highlight]) -> None:
        self._waiting = sorted(highlights, key=lambda item: item.start, reverse=True)
        # Those over the words at hand, the top one first.
        self._open: list[Highlight] = []

    def edges(self, start: int, end: int) -> list[int]:
        """Return where highlights begin and end within start..end, a block's span."""
        self._open = [item for item in self._open if item.end > start]
        here = list(self._open)
        for item in reversed(self._waiting):
            if item.start >= end:
                break
            here.append(item)
        return [edge for item in here for edge in (item.start, item.end) if start <= edge <= end]

    def wrap(self, start: int, end: int, html: str) -> str:
        """Return the piece start..end in a mark, or as it is where nothing covers it."""
        while self._waiting and self._waiting[-1].start <= start:
            item = self._waiting.pop()
            if item.end > start:
                insort(self._open, item, key=self.depth)
        return self.mark(self._open, start, end, html) if self._open else html

    def after(self, end: int) -> str:
        """Return the refs of the highlights that end at `end`, and forget those highlights."""
        ended = [item for item in self._open if item.end <= end]
        if not ended:
            return ""
        self._open = [item for item in self._open if item.end > end]
        ended.sort(key=lambda item: item.start)
        return "".join(_ref(item) for item in ended if item.has_note)

    def depth(self, item: Highlight) -> tuple[int, int]:
        """Return the rank of `item` among those that cover the same words; the least is on top."""
        return item.end - item.start, -item.number

    def mark(self, covering: Sequence[Highlight], start: int, end: int, html: str) -> str:
        """Return the piece start..end, which `covering` cover, the top one first."""
        return _mark(covering, start, end, html)


class QuotedOverlay(HighlightOverlay):
    """The highlights of an article that is shown beside another, the linked ones on top.

    They have no anchors, since both articles number theirs from 1.
    """

    def depth(self, item: Highlight) -> tuple[int, int]:
        """Return the rank of `item`: linked before others, then as in the article itself."""
        length, number = super().depth(item)
        return (-1, number) if "linked" in item.states else (length, number)

    def mark(self, covering: Sequence[Highlight], start: int, end: int, html: str) -> str:
        """Return the piece in a mark without id."""
        states = " ".join(covering[0].states)
        attribute = f' data-state="{states}"' if states else ""
        return f'<mark class="{_classes_of(covering, start, end)}"{attribute}>{html}</mark>'


def _mark(covering: Sequence[Highlight], start: int, end: int, html: str) -> str:
    top = covering[0]
    targets = [item.number for item in covering if item.start == start]
    anchors = "".join([f'<span id="h{number}" data-skip></span>' for number in targets[1:]])
    # One id: assistive technology follows no list of them here, data-h has them all.
    noted = next((item.number for item in covering if item.has_note), None)
    states = _states_of(top, end)
    return (
        f"{anchors}<mark"
        + (f' id="h{targets[0]}"' if targets else "")
        + f' class="{_classes_of(covering, start, end)}"'
        + f' data-h="{" ".join([item.name for item in covering])}"'
        + (f' data-stance="{escape(top.stance)}"' if top.stance else "")
        + (f' data-state="{escape(states)}"' if states else "")
        + ("" if noted is None else f' aria-details="n{noted}"')
        + f">{html}</mark>"
    )


def _classes_of(covering: Sequence[Highlight], start: int, end: int) -> str:
    top, depth = covering[0], len(covering)
    below = covering[1].slot if depth > 1 else 0
    return _classes(top.slot, top.person, top.start == start, top.end == end, depth, below)


# Few different ones make up a text with thousands of marks.
@lru_cache(maxsize=4096)
def _classes(slot: int, person: int, begins: bool, ends: bool, depth: int, below: int) -> str:
    names = [f"k{slot}", f"p{person}"]
    if begins:
        names.append("b0")
    if ends:
        names.append("b1")
    if depth > 1:
        names += [f"x{min(depth, _DEEPEST)}", f"s{below}"]
    return " ".join(names)


def _states_of(top: Highlight, end: int) -> str:
    is_arrow = top.is_linked and top.end == end
    return " ".join((*top.states, "linked") if is_arrow else top.states)


def _ref(item: Highlight) -> str:
    label = escape(item.label)
    return f'<a class="ref" href="#n{item.number}" data-skip aria-label="{label}"></a>'
