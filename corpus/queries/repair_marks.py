"""Showing in a source, and in the text made of it, where words were parted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.importing.proposal import Proposal
from corpus.queries.review_rows import Row, SourceLine

PARTED = "words_parted"
HYPHEN = "hyphen_removed"
_LETTERS, _LAST_LETTERS = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\Z")
_LONGEST_WORD = 40


@dataclass(frozen=True)
class RepairedSpan:
    """text[start:end] was made by the repair at `source_start`; code points."""

    start: int
    end: int
    source_start: int


class RepairOverlay:
    """Marks repaired words in the text of a proposal; see corpus.text.markup.Overlay."""

    def __init__(self, proposal: Proposal) -> None:
        self._spans = list(_spans(proposal))

    def edges(self, start: int, end: int) -> Iterable[int]:
        """Return where repaired words begin and end within start..end."""
        edges = (edge for span in self._spans for edge in (span.start, span.end))
        return [edge for edge in edges if start < edge < end]

    def wrap(self, start: int, end: int, html: str) -> str:
        """Return the words start..end, marked when they were repaired."""
        for span in self._spans:
            if span.start <= start and end <= span.end:
                return f'<span class="raw-repair" data-from="{span.source_start}">{html}</span>'
        return html

    def after(self, end: int) -> str:
        """Return nothing: no piece is followed by anything."""
        return ""


@dataclass(frozen=True)
class MarkedPiece:
    """Words of a source line in one role; `repair` is where the repair of them begins, or ""."""

    words: str
    role: str
    title: object
    repair: str


def marked_pieces(line: SourceLine, row: Row) -> Iterator[MarkedPiece]:
    """Yield the pieces of `line`, cut where words of `row` were parted."""
    parted = sorted(
        (int(repair.key.rpartition(":")[2]), len(repair.before))
        for repair in row.repairs
        if repair.kind == PARTED and not repair.is_undone
    )
    for piece in line.pieces:
        if piece.role != "text":
            repair = str(piece.start) if piece.role == "repair" else ""
            yield MarkedPiece(piece.words, piece.role, piece.title, repair)
            continue
        yield from _cut(piece.words, piece.start, parted)


def cut_word(proposal: Proposal, offset: int) -> tuple[str, str]:
    """Return the word whose hyphen at source[offset] was taken out, with it and without."""
    for piece in proposal.coverage:
        if piece.text_start is None or piece.end != offset:
            continue
        place = piece.text_start + piece.end - piece.start
        left = _LAST_LETTERS.search(proposal.text, max(0, place - _LONGEST_WORD), place)
        right = _LETTERS.match(proposal.text, place, place + _LONGEST_WORD)
        if left and right:
            return f"{left.group()}-{right.group()}", f"{left.group()}{right.group()}"
    return "-", ""


def _cut(words: str, start: int, parted: Sequence[tuple[int, int]]) -> Iterator[MarkedPiece]:
    """Yield `words`, which begin at `start`, with those that were parted apart."""
    reached = 0
    for offset, length in parted:
        begin, end = max(offset - start, reached), min(offset - start + length, len(words))
        if begin >= end:
            continue
        if reached < begin:
            yield MarkedPiece(words[reached:begin], "text", "", "")
        yield MarkedPiece(words[begin:end], "repair", "", str(offset))
        reached = end
    if reached < len(words):
        yield MarkedPiece(words[reached:], "text", "", "")


def _spans(proposal: Proposal) -> Iterator[RepairedSpan]:
    for repair in proposal.repairs:
        if repair.kind != PARTED:
            continue
        for piece in proposal.coverage:
            if piece.text_start is None or not piece.start <= repair.start < piece.end:
                continue
            start = piece.text_start + repair.start - piece.start
            end = start + len(repair.after)
            if proposal.text[start:end] == repair.after:
                yield RepairedSpan(start, end, repair.start)
