"""Links and stress that a text is written with: *so*, **so**, _so_, [words](https://…).

The notation is that of the editor (corpus.text.notation). A text from elsewhere may mean its
asterisks and underscores as they stand: what may be none of the notation stays as it is.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.importing.decisions import Decisions
from corpus.importing.proposal import Repair
from corpus.text.blocks import Mark, MarkKind
from corpus.text.notation import Edge, edges_in, foreign_edges
from corpus.text.spans import is_blank

READ: dict[MarkKind, str] = {
    "link": "link_read",
    "emphasis": "stress_read",
    "strong": "stress_read",
}
"""The kinds of repair that the marks are, each at its opening sign."""
ESCAPE = "mark_removed"
"""The kind of repair that takes off a backslash."""

# More in one passage are no stress but rows of signs.
_MOST_EDGES = 2_000
_LONGEST_QUOTE = 120
_MAY_BE = re.compile(r"[*_\\]|\]\(")
_SIGNS = re.compile(r"(?<![\\*_])(?:\*{1,3}(?!\*)|_{1,3}(?!_))")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<>\"“”]*")
_TARGET = re.compile(r"<(?:https?://|www\.|mailto:)")
_NO_ADDRESS = re.compile(r"[<>\"]")
_BEFORE = frozenset("“‘\"'([«„–—-/*_")
_BEHIND = frozenset(".,;:!?…”’\"')]»–—-/*_")


@dataclass(frozen=True)
class InlineMark:
    """source[start:end] with its signs; without them source[inner_start:inner_end] is left."""

    kind: MarkKind
    start: int
    inner_start: int
    inner_end: int
    end: int
    url: str = ""

    @property
    def url_start(self) -> int:
        """Where the address of a link begins: behind "](" in its closing sign."""
        return self.inner_end + 2

    def repair(self, source: str) -> Repair:
        """Return what reading the mark changed; long words are cut."""
        before = _cut(source, self.start, self.end)
        after = _cut(source, self.inner_start, self.inner_end)
        return Repair(READ[self.kind], self.start, self.end, before, after, "")

    def moved(self, by: int) -> "InlineMark":
        """Return the mark `by` characters further on."""
        return replace(
            self,
            start=self.start + by,
            inner_start=self.inner_start + by,
            inner_end=self.inner_end + by,
            end=self.end + by,
        )


@dataclass(frozen=True)
class Sign:
    """source[start:end] is no word: it opens or closes `mark`, or is a backslash for None."""

    start: int
    end: int
    mark: InlineMark | None

    @property
    def opens(self) -> bool:
        """Whether the mark begins behind the sign."""
        return self.mark is not None and self.start == self.mark.start


@dataclass
class Stress:
    """The stressed words of a text that grows, as `marks`; offsets are code points in it."""

    marks: list[Mark] = field(default_factory=list)
    _opened: list[int] = field(default_factory=list)

    def open(self, at: int) -> None:
        """Let a mark begin."""
        self._opened.append(at)

    def close(self, kind: MarkKind, at: int) -> int:
        """Let the last mark that is open end, and return where it began; links are not kept."""
        start = self._opened.pop()
        if kind != "link":
            self.marks.append(Mark(kind, start, at))
        return start

    def space_put(self, offset: int) -> None:
        """Let what stands from `offset` on be one further on; it is near the end."""
        for index in reversed(range(len(self.marks))):
            mark = self.marks[index]
            if mark.end <= offset:
                break
            start = mark.start + (mark.start >= offset)
            self.marks[index] = replace(mark, start=start, end=mark.end + 1)
        for index in reversed(range(len(self._opened))):
            if self._opened[index] < offset:
                break
            self._opened[index] += 1


def signs_in(
    source: str, start: int, end: int, decisions: Decisions, *, is_ours: bool = False
) -> list[Sign]:
    """Return the signs of the notation within source[start:end], in order.

    Those are missing that a curator wants as they were, and stress where one of the same signs
    stands alone beside it; unless the text `is_ours`, written line by line in the notation.
    """
    if not _MAY_BE.search(source, start, end):
        return []
    typed = source[start:end]
    edges = list(_line_edges(typed)) if is_ours else foreign_edges(typed)
    if len(edges) > _MOST_EDGES and not is_ours:
        return []
    signs = [
        Sign(start + edge.start, start + edge.start + 1, None) for edge in edges if not edge.kind
    ]
    signs = [sign for sign in signs if not decisions.is_undone(ESCAPE, sign.start)]
    marks = list(_marks(edges))
    for mark in marks if is_ours else _sure(typed, marks):
        if not decisions.is_undone(READ[mark.kind], start + mark.start):
            moved = mark.moved(start)
            signs.append(Sign(moved.start, moved.inner_start, moved))
            signs.append(Sign(moved.inner_end, moved.end, moved))
    return sorted(signs, key=lambda sign: sign.start)


def _line_edges(typed: str) -> Iterator[Edge]:
    start = 0
    for line in typed.split("\n"):
        for edge in edges_in(line):
            yield edge._replace(start=start + edge.start, end=start + edge.end)
        start += len(line) + 1


def _marks(edges: Sequence[Edge]) -> Iterator[InlineMark]:
    opened: list[Edge] = []
    for edge in edges:
        if edge.is_closing:
            first = opened.pop()
            places = (first.start, first.end, edge.start, edge.end)
            yield InlineMark(first.kind or "link", *places, edge.url)
        elif edge.kind:
            opened.append(edge)


def _sure(typed: str, marks: Sequence[InlineMark]) -> Iterator[InlineMark]:
    """Yield the marks that can hardly be anything else."""
    addresses = [match.span() for match in _ADDRESS.finditer(typed)]
    stress = {mark for mark in marks if mark.kind != "link" and _stresses(typed, mark, addresses)}
    paired = {place for mark in stress for place in (mark.start, mark.inner_end)}
    paired |= {mark.inner_start for mark in stress}
    alone = {
        match.group()[0]
        for match in _SIGNS.finditer(typed)
        if match.start() not in paired
        and not _holds(addresses, match.start())
        and (_may_open(typed, *match.span()) or _may_close(typed, *match.span()))
    }
    for mark in marks:
        is_stress = mark in stress and typed[mark.start] not in alone
        if is_stress or (mark.kind == "link" and _links(typed, mark)):
            yield mark


def _stresses(typed: str, mark: InlineMark, addresses: Sequence[tuple[int, int]]) -> bool:
    words = typed[mark.inner_start : mark.inner_end]
    if typed.startswith("__", mark.start) and mark.kind == "strong" and " " not in words:
        # The name of something in a program.
        return False
    return (
        _may_open(typed, mark.start, mark.inner_start)
        and _may_close(typed, mark.inner_end, mark.end)
        and not _holds(addresses, mark.start)
        and not _holds(addresses, mark.inner_end)
    )


def _links(typed: str, mark: InlineMark) -> bool:
    """Say whether the words are linked: no picture stands there, and no other way of linking."""
    is_picture = typed[max(0, mark.start - 1) : mark.start] == "!"
    has_target = _TARGET.search(typed, mark.inner_start, mark.inner_end) is not None
    return not is_picture and not has_target and not _NO_ADDRESS.search(mark.url)


def _may_open(typed: str, start: int, end: int) -> bool:
    before, after = typed[max(0, start - 1) : start], typed[end : end + 1]
    is_apart = not before or is_blank(before) or before in _BEFORE
    return is_apart and (after.isalnum() or (bool(after) and after in _BEFORE))


def _may_close(typed: str, start: int, end: int) -> bool:
    before, after = typed[max(0, start - 1) : start], typed[end : end + 1]
    is_apart = not after or is_blank(after) or after in _BEHIND
    return is_apart and (before.isalnum() or (bool(before) and before in _BEHIND))


def _holds(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Say whether one of the spans, which are in order and apart, holds the offset."""
    index = bisect_right(spans, offset, key=lambda span: span[0])
    return index > 0 and offset < spans[index - 1][1]


def _cut(source: str, start: int, end: int) -> str:
    words = source[start : min(end, start + _LONGEST_QUOTE)]
    return words if end - start <= _LONGEST_QUOTE else words.rstrip() + "…"
