"""The material between reading and proposing: lines, chunks of lines, passages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Literal

from corpus.importing.proposal import Repair, Role
from corpus.text.blocks import Mark
from corpus.text.spans import BLANKS, is_blank

Shape = Literal["prose", "quoted", "list_item", "verse", "preformatted", "heading"]

_LINE = re.compile(r"[^\n\f]+")


@dataclass(frozen=True)
class Line:
    """source[start:end] is `text`, without its line end."""

    start: int
    end: int
    text: str


Chunk = Sequence[Line]


@dataclass(frozen=True)
class Fragment:
    """What becomes of source[start:end]: `words` enter the text ("" for none)."""

    start: int
    end: int
    role: Role
    words: str


@dataclass(frozen=True)
class LinkedWords:
    """Words of a passage, by offsets in its text, and the address they point to."""

    start: int
    end: int
    url: str


@dataclass(frozen=True)
class Passage:
    """One future block: fragments in source order that cover source[start:end] without a gap.

    Passages that were joined are one with a gap, where lines beside the text may stand.
    """

    fragments: tuple[Fragment, ...]
    shape: Shape = "prose"
    level: int = 0
    links: tuple[LinkedWords, ...] = ()
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[str, ...] = ()
    stress: tuple[Mark, ...] = ()

    @property
    def start(self) -> int:
        """Where the passage begins in the source."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the passage ends in the source."""
        return self.fragments[-1].end

    @property
    def first_shown(self) -> int:
        """Where the first character that is no blank stands in the source."""
        words = self.fragments[0].words
        return self.start + len(words) - len(words.lstrip(BLANKS))

    @property
    def text(self) -> str:
        """The words that enter the article's text."""
        return "".join(fragment.words for fragment in self.fragments)

    def source_offset(self, offset: int) -> int:
        """Return the place in the source of text[offset]."""
        index = bisect_right(self._ends, offset)
        if index == len(self.fragments):
            return self.end
        fragment = self.fragments[index]
        within = offset - (self._ends[index] - len(fragment.words))
        return fragment.start + (within if fragment.role == "text" else 0)

    @cached_property
    def _ends(self) -> list[int]:
        """Where the words of each fragment end in the text."""
        return list(accumulate(len(fragment.words) for fragment in self.fragments))

    def reshaped(self, shape: Shape) -> "Passage":
        """Return the same passage in another shape."""
        return replace(self, shape=shape)


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of source[start:end]; line feeds and form feeds end a line."""
    return [Line(m.start(), m.end(), m.group()) for m in _LINE.finditer(text, start, end)]


def chunks_of(
    lines: Iterable[Line], text: str, apart: Mapping[int, int] | None = None
) -> list[list[Line]]:
    """Return runs of shown lines that no blank line, form feed or left-out line parts.

    `apart` maps the starts of lines that stand by themselves to the start of their run.
    """
    own = apart or {}
    chunks: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if is_blank(line.text):
            continue
        joined = (
            previous is not None
            and text[previous.end : line.start] == "\n"
            and own.get(previous.start) == own.get(line.start)
        )
        if joined:
            chunks[-1].append(line)
        else:
            chunks.append([line])
        previous = line
    return chunks


def whole_line(line: Line) -> Line:
    """Return the line without the blanks at its ends."""
    text = line.text.strip(BLANKS)
    start = line.start + len(line.text) - len(line.text.lstrip(BLANKS))
    return Line(start, start + len(text), text)
