"""Putting settled passages together: text, blocks, marks, and the pieces that prove coverage."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from corpus.importing.blocks import Settled, lacks_its_end
from corpus.importing.findings import Findings
from corpus.importing.labels import Label
from corpus.importing.proposal import DroppedLine, Flag, Piece
from corpus.text.blocks import BLOCK_SEPARATOR, Block, BlockKind, Mark, Paratext, ParatextKind

_NO_BREAK_SPACE = "\u00a0"
_DROPPED_KINDS = frozenset(["boilerplate", "credit"])
_DROPPED_RULES = frozenset(["doubled_by_line"])


@dataclass
class Assembly:
    """One article while it is put together; offsets as in Proposal."""

    source: str
    cursor: int
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    paratext: list[Paratext] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        """The article's text so far."""
        return "".join(self._words)

    def add_text(self, settled: Settled, between: Sequence[Label | Settled] = ()) -> None:
        """Append a passage as the next block of the text; `between` stands in its gaps."""
        passage, waiting = settled.passage, deque(between)
        self._skip_to(passage.start)
        if self.blocks:
            self._write(BLOCK_SEPARATOR)
        start = self._length
        for fragment in passage.fragments:
            while waiting and _span(waiting[0])[0] < fragment.start:
                self.add_paratext(waiting.popleft())
            self._skip_to(fragment.start)
            place = self._length if fragment.role == "text" else None
            self._cover(Piece(fragment.start, fragment.end, fragment.role, place))
            self._write(fragment.words)
        self.blocks.append(Block(cast(BlockKind, settled.kind), start, self._length, settled.level))
        self.marks += [
            Mark("link", start + link.start, start + link.end, link.url) for link in passage.links
        ]
        self.marks += [
            Mark(mark.kind, start + mark.start, start + mark.end) for mark in passage.stress
        ]
        self.flags += _flags(settled, start, self._length)

    def add_paratext(self, item: Label | Settled) -> None:
        """Keep the words of a label or passage beside the text."""
        start, end = _span(item)
        kind = cast(ParatextKind, item.kind)
        self._skip_to(start)
        self._cover(Piece(start, end, "paratext"))
        self.paratext.append(Paratext(kind, " ".join(self.source[start:end].split()), start, end))

    def finish(self, end: int) -> None:
        """Account for the white space up to the end of the article's part of the source."""
        self._skip_to(end)

    def _write(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)

    def _skip_to(self, start: int) -> None:
        if start > self.cursor:
            self._cover(Piece(self.cursor, start, "white_space"))

    def _cover(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.cursor = piece.end


def assemble(source: str, start: int, end: int, findings: Findings) -> Assembly:
    """Return the article that the findings of source[start:end] make."""
    assembly = Assembly(source, start)
    waiting = deque(_in_order(findings))
    while waiting:
        item = waiting.popleft()
        between = []
        while waiting and _span(waiting[0])[0] < _span(item)[1]:
            between.append(waiting.popleft())
        if isinstance(item, Settled) and item.is_text:
            assembly.add_text(item, between)
        else:
            assembly.add_paratext(item)
    assembly.finish(end)
    text = assembly.text
    first = text.find(_NO_BREAK_SPACE)
    if first >= 0:
        count = text.count(_NO_BREAK_SPACE)
        note = "No-break spaces kept as they came: %(count)d."
        assembly.flags.append(Flag("no_break_spaces", first, first + 1, note, {"count": count}))
    return assembly


def dropped_lines(source: str, findings: Findings) -> Iterator[DroppedLine]:
    """Yield what the text leaves out as no part of the article, and why."""
    for item in _in_order(findings):
        start, end = _span(item)
        if item.kind in _DROPPED_KINDS or item.rule in _DROPPED_RULES:
            yield DroppedLine(start, end, " ".join(source[start:end].split()), item.why)


def _in_order(findings: Findings) -> list[Label | Settled]:
    items: list[Label | Settled] = [*findings.labels, *findings.settled]
    return sorted(items, key=lambda item: _span(item)[0])


def _span(item: Label | Settled) -> tuple[int, int]:
    """Return where the item stands in the source."""
    place = item.line if isinstance(item, Label) else item.passage
    return place.start, place.end


def _flags(settled: Settled, start: int, end: int) -> Iterator[Flag]:
    """Yield what a curator should look at in the block text[start:end]."""
    text = settled.passage.text
    if settled.kind == "standfirst" and lacks_its_end(text):
        yield Flag("truncated", start, end, "The standfirst is cut off in the source.")
    for url in settled.passage.doubts:
        note = "Which words link to %(url)s could not be told."
        yield Flag("link_words_unknown", start, end, note, {"url": url})
