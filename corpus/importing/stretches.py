"""The source of an article cut into stretches: one for each block and each line beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.importing.passages import Line, whole_line
from corpus.importing.proposal import Piece, Proposal
from corpus.text.blocks import block_at
from corpus.text.spans import is_blank


@dataclass(frozen=True)
class LinePieces:
    """A line of the source without its end, in pieces of start, end and role."""

    first_shown: int
    is_shown: bool
    pieces: tuple[tuple[int, int, str], ...]


@dataclass
class Stretch:
    """source[start:end]: either block number `block` of the text, or paratext of `kind`.

    `first_shown` is where its first character that is no blank stands.
    """

    pieces: list[Piece]
    block: int | None
    kind: str = ""
    words: str = ""
    first_shown: int = 0

    @property
    def start(self) -> int:
        """Where the stretch begins in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the stretch ends in the source."""
        return self.pieces[-1].end

    def lines(self, source: str) -> list[LinePieces]:
        """Return the lines of the stretch with what became of their pieces."""
        return list(_lines(source, self.pieces))


@dataclass
class _Cutting:
    stretches: list[Stretch] = field(default_factory=list)
    waiting: list[Piece] = field(default_factory=list)

    def go_on(self, piece: Piece) -> None:
        """Take a piece, and what waits, into the stretch at hand."""
        self.stretches[-1].pieces += [*self.waiting, piece]
        self.waiting = []

    def begin(self, piece: Piece, stretch: Stretch) -> None:
        """Begin a stretch with `piece`: white space before it belongs to the one before.

        Signs that were taken off belong to what they stand before.
        """
        signs = [index for index, one in enumerate(self.waiting) if one.role == "repair"]
        cut = signs[0] if signs else len(self.waiting)
        while cut and self.waiting[cut - 1].role == "quote_sign":
            cut -= 1
        if self.stretches:
            self.stretches[-1].pieces += self.waiting[:cut]
            stretch.pieces = [*self.waiting[cut:], piece]
        else:
            stretch.pieces = [*self.waiting, piece]
        self.waiting = []
        self.stretches.append(stretch)


def stretches_of(source: str, proposal: Proposal) -> list[Stretch]:
    """Return the stretches of the proposal's part of `source`, in order and without a gap."""
    cutting = _Cutting()
    paratext = {piece.start: piece for piece in proposal.paratext}
    for piece in proposal.coverage:
        if piece.role == "paratext":
            kept = paratext[piece.start]
            cutting.begin(piece, Stretch([], None, kept.kind, kept.text))
        elif piece.text_start is not None:
            block = block_at(proposal.blocks, piece.text_start)
            if cutting.stretches and cutting.stretches[-1].block == block:
                cutting.go_on(piece)
            else:
                cutting.begin(piece, Stretch([], block))
        else:
            cutting.waiting.append(piece)
    if cutting.waiting:
        cutting.stretches[-1].pieces += cutting.waiting
    for stretch in cutting.stretches:
        shown = next((p for p in stretch.pieces if _shows(source, p)), None)
        begin = (shown or stretch.pieces[0]).start
        stretch.first_shown = _first_shown(source, begin, stretch.end)
    return cutting.stretches


def _lines(source: str, pieces: Sequence[Piece]) -> Iterator[LinePieces]:
    current: list[tuple[int, int, str]] = []
    for piece in pieces:
        start = piece.start
        if start == piece.end:
            current.append((start, start, piece.role))
        while start < piece.end:
            feeds = [source.find(sign, start, piece.end) for sign in "\n\f"]
            end = min((feed for feed in feeds if feed >= 0), default=piece.end)
            if start < end:
                current.append((start, end, piece.role))
            if end == piece.end:
                break
            yield _line(source, current, end)
            current = []
            start = end + 1
    if current:
        yield _line(source, current, pieces[-1].end)


def _line(source: str, pieces: list[tuple[int, int, str]], end: int) -> LinePieces:
    start = next((piece[0] for piece in pieces if piece[2] != "quote_sign"), end)
    shown = _first_shown(source, start, end)
    return LinePieces(shown, shown < end, tuple(pieces))


def _shows(source: str, piece: Piece) -> bool:
    """Say whether words of the article stand in the piece."""
    return piece.role != "quote_sign" and not is_blank(source[piece.start : piece.end])


def _first_shown(source: str, start: int, end: int) -> int:
    """Return where the first character of source[start:end] that is no blank stands, or `end`."""
    return whole_line(Line(start, end, source[start:end])).start
