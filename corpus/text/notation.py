"""Links and stress in a plain field: [words](https://…), *emphasis* and **strong**.

A backslash before a bracket, an asterisk or a backslash makes it a plain sign. What opens and
closes nothing stands for itself, so that most texts are written as they are. Offsets of
marks are code points, half-open, in the words without the notation.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from corpus.text.blocks import Mark, MarkKind
from corpus.text.markup import is_safe_url
from corpus.text.spans import is_blank, normalise

LONGEST_ADDRESS = 2000
"""Characters of the longest address that can be linked."""

# Parentheses in an address come in pairs, as in those of encyclopaedias.
_ADDRESS = rf"(?:[^\s()]|\([^\s()]{{0,200}}\)){{0,{LONGEST_ADDRESS}}}"
_BRACKETS = rf"(\[)|\](?:\(({_ADDRESS})\))?"
_SIGN = re.compile(rf"\\([\\*\[\]])|(\*+)|{_BRACKETS}")
# In texts that came from elsewhere other backslashes are rather parts of paths and names.
_FOREIGN_SIGN = re.compile(rf"\\([*\[\]])|(\*+|_+)|{_BRACKETS}")
_ESCAPED = re.compile(r"[\\*\[\]]")
_STARS: dict[MarkKind, str] = {"emphasis": "*", "strong": "**"}
# Both at once.
_MOST_STARS = 3
# The outermost first, where several begin together.
_ORDER: tuple[MarkKind, ...] = ("link", "strong", "emphasis")


@dataclass(frozen=True)
class Inline:
    """The words of a block and their marks.

    `refused` are addresses that cannot be linked, or that no words stand before.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    refused: tuple[str, ...] = ()


class Edge(NamedTuple):
    """typed[start:end], which opens or closes a mark, or is an escaped sign when `kind` is ""."""

    start: int
    end: int
    kind: MarkKind | Literal[""]
    url: str = ""
    is_closing: bool = False


def read(typed: str) -> Inline:
    """Return the words that `typed` stands for, with their marks."""
    edges, refused = _edges(typed)
    inline = _without(typed, edges)
    if normalise(inline.text) != inline.text:
        # Signs that are taken out may leave letters side by side that make one.
        return Inline(typed, (), tuple(refused))
    return Inline(inline.text, inline.marks, tuple(refused))


def edges_in(typed: str) -> list[Edge]:
    """Return what is notation in `typed`, in order, as `read` has it: nothing else is meant."""
    edges, _refused = _edges(typed)
    words = _without(typed, edges).text
    return edges if normalise(words) == words else []


def foreign_edges(typed: str) -> list[Edge]:
    """Return what is notation in a text from elsewhere, in order; nothing where it may be none.

    There underscores may stress as asterisks do. Marks nest: each edge that closes one belongs
    to the last that is still open.
    """
    edges, _refused = _edges(typed, _FOREIGN_SIGN)
    words = _without(typed, edges).text
    return edges if normalise(words) == words else []


def written(text: str, marks: Iterable[Mark]) -> str:
    """Return what stands for `text` with those of `marks` that can be written.

    Marks that cross, or that begin or end within a word, cannot.
    """
    kept = _nested(text, marks)
    for escape in (_as_it_is, _escaped):
        typed = _with_signs(text, kept, escape)
        if read(typed) == Inline(text, _sorted(kept)):
            return typed
    return text if read(text) == Inline(text) else _escaped(text)


class _Open:
    """What was opened and not closed yet, the last on top.

    `links` are the places of the brackets that may still begin a link: those outside of a
    link do so no more, and are left in the pile until they come to its top.
    """

    def __init__(self) -> None:
        self.pile: list[Edge] = []
        self.links: list[int] = []

    def bracket(self, edge: Edge) -> None:
        self.links.append(len(self.pile))
        self.pile.append(edge)

    def stress(self) -> Edge | None:
        """Return the asterisks on top, or None when something else is."""
        while self.pile and self.pile[-1].kind == "link":
            if self.links and self.links[-1] == len(self.pile) - 1:
                return None
            self.pile.pop()
        return self.pile[-1] if self.pile else None

    def last_bracket(self) -> Edge | None:
        """Take off the last bracket; what was opened after it stands for itself."""
        if not self.links:
            return None
        place = self.links.pop()
        edge = self.pile[place]
        del self.pile[place:]
        return edge


def _edges(typed: str, signs: re.Pattern[str] = _SIGN) -> tuple[list[Edge], list[str]]:
    """Return what is notation in `typed`, in order, and the addresses that were refused."""
    opened = _Open()
    found: list[Edge] = []
    refused: list[str] = []
    for match in signs.finditer(typed):
        start, end = match.span()
        escaped, stars, bracket, url = match.groups()
        if escaped:
            found.append(Edge(start, end, ""))
        elif stars:
            found += _starred(typed, start, end, opened)
        elif bracket:
            if _begins(typed, end):
                opened.bracket(Edge(start, end, "link"))
        else:
            closing = Edge(start, end, "link", url or "", True)
            found += _linked(typed, closing, opened, refused)
    return sorted(found), refused


def _starred(typed: str, start: int, end: int, opened: _Open) -> Iterator[Edge]:
    """Yield the pairs that the asterisks close, and keep what they may open."""
    before, after = typed[start - 1 : start] if start else "", typed[end : end + 1]
    if end - start > _MOST_STARS:
        return
    if before and not is_blank(before) and not after.isalnum() and not _joins(after):
        while start < end and (edge := opened.stress()):
            size = edge.end - edge.start
            if size > end - start or edge.end == start or typed[edge.start] != typed[start]:
                break
            opened.pile.pop()
            yield edge
            yield Edge(start, start + size, edge.kind, "", True)
            start += size
    if start < end and not before.isalnum() and _begins(typed, end):
        strong = start + len(_STARS["strong"])
        if strong <= end:
            opened.pile.append(Edge(start, strong, "strong"))
            start = strong
        if start < end:
            opened.pile.append(Edge(start, end, "emphasis"))


def _linked(typed: str, edge: Edge, opened: _Open, refused: list[str]) -> Iterator[Edge]:
    """Yield the pair that a closing bracket makes with the last open one, if it is a link."""
    bracket = opened.last_bracket()
    if not edge.url:
        return
    if bracket is None:
        # Its words are in another link or another block, or begin with a blank.
        refused += [edge.url] if _is_allowed(edge.url) else []
        return
    if bracket.end == edge.start or is_blank(typed[edge.start - 1]):
        return
    if _joins(typed[edge.end : edge.end + 1]):
        return
    if not _is_allowed(edge.url):
        refused.append(edge.url)
        return
    # Links do not nest.
    opened.links.clear()
    yield bracket
    yield edge


def _is_allowed(url: str) -> bool:
    return len(url) <= LONGEST_ADDRESS and url.isprintable() and is_safe_url(url)


def _begins(typed: str, at: int) -> bool:
    """Say whether words begin at `at`."""
    after = typed[at : at + 1]
    return bool(after) and not is_blank(after) and not _joins(after)


def _joins(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign).startswith("M")


def _without(typed: str, edges: Sequence[Edge]) -> Inline:
    parts: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[MarkKind, int]] = []
    at = length = 0
    for edge in edges:
        parts.append(typed[at : edge.start])
        length += edge.start - at
        at = edge.end
        if not edge.kind:
            parts.append(typed[edge.end - 1])
            length += 1
        elif edge.is_closing:
            kind, start = opened.pop()
            marks.append(Mark(kind, start, length, edge.url))
        else:
            opened.append((edge.kind, length))
    return Inline("".join([*parts, typed[at:]]), _sorted(marks))


def _sorted(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, _ORDER.index(mark.kind))))


def _nested(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """Return those of `marks` that can be written, the outer ones before those in them."""
    kept: list[Mark] = []
    within: list[Mark] = []
    order = sorted(marks, key=lambda mark: (mark.start, -mark.end, _ORDER.index(mark.kind)))
    for mark in order:
        words = text[mark.start : mark.end]
        if not words or is_blank(words[0]) or is_blank(words[-1]):
            continue
        if mark.kind == "link" and not _is_allowed(mark.url):
            continue
        within = [outer for outer in within if outer.end > mark.start]
        if any(outer.end < mark.end or outer.kind == mark.kind for outer in within):
            continue
        kept.append(mark)
        within.append(mark)
    return kept


def _with_signs(text: str, marks: Sequence[Mark], escape: Callable[[str], str]) -> str:
    parts: list[str] = []
    opened: list[Mark] = []
    at = 0
    for mark in [*marks, None]:
        while opened and (mark is None or opened[-1].end <= mark.start):
            inner = opened.pop()
            parts += [escape(text[at : inner.end]), _closing(inner)]
            at = inner.end
        if mark is not None:
            parts += [escape(text[at : mark.start]), _STARS.get(mark.kind, "[")]
            opened.append(mark)
            at = mark.start
    return "".join([*parts, escape(text[at:])])


def _closing(mark: Mark) -> str:
    return _STARS.get(mark.kind, f"]({mark.url})")


def _as_it_is(words: str) -> str:
    return words


def _escaped(words: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", words)
