"""What stands where on a page of a document: columns side by side, and the largest words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from corpus.importing.labels import label_of
from corpus.importing.passages import Line
from corpus.importing.proposal import Flag
from corpus.importing.signs import BULLET, NUMBER
from corpus.text.blocks import BlockKind
from corpus.text.folding import fold

# A column begins so far from the left margin, in points, and so many rows begin at it.
_COLUMN_APART = 90
_FEWEST_ROWS = 8
_SHARE_OF_ROWS = 0.35
# Letters that are drawn one by one begin nearer to each other.
_LETTER_APART = 12
# Places so near each other are one.
_SAME = 3
# So often the drawing goes from one column to the other and back where it goes row by row.
_MOST_TURNS = 4
_LARGER = 1.2
_MOST_ABOVE = 4
_LONGEST_ABOVE = 120
_MOST_TOLD = 10
_FEWEST_LINES = 3
_FULL = 0.6
_LAID_OUT = (
    "This comes from a PDF document: compare it where there were columns, tables or notes, and"
    " words parted at the ends of lines."
)
_WITHOUT = "Pages without words that could be read: %(count)d."
_COLUMNS = (
    "There are columns or tables on these pages: %(pages)s. Check there that lines follow each"
    " other as they should."
)
_FEWEST_LETTERS = 3
_LONGEST_TITLE = 200
_MOST_TITLE_LINES = 4


@dataclass(frozen=True)
class Piece:
    """Words that are drawn at one place, with the line ends in them; `size` is in points."""

    x: float
    y: float
    size: float
    words: str


@dataclass
class Drawn:
    """What the drawing of a page tells while it is read."""

    pieces: list[Piece] = field(default_factory=list)
    starts: set[tuple[int, int]] = field(default_factory=set)

    def shows(self, operator: bytes, cm: Sequence[float], tm: Sequence[float]) -> None:
        """Keep where words begin, when an operator draws some."""
        if operator in (b"Tj", b"TJ", b"'", b'"'):
            x, y = _place(cm, tm)
            self.starts.add((round(x), round(y)))

    def says(
        self, words: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float
    ) -> None:
        """Keep words with their place."""
        if words.strip():
            x, y = _place(cm, tm)
            self.pieces.append(Piece(x, y, abs(size * tm[3] * cm[3]), words))

    @property
    def column(self) -> int | None:
        """Where a second column begins, None for a page without one."""
        if not self.starts:
            return None
        left = min(x for x, _y in self.starts)
        rows = Counter(x // _SAME for x in self._starts_apart() if x - left > _COLUMN_APART)
        place, count = max(rows.items(), key=lambda row: (row[1], -row[0]), default=(0, 0))
        fewest = max(_FEWEST_ROWS, _SHARE_OF_ROWS * len({y for _x, y in self.starts}))
        return place * _SAME if count >= fewest else None

    def _starts_apart(self) -> Iterator[int]:
        """Yield where words begin that are not drawn letter by letter, row by row."""
        row, before = None, 0
        for x, y in sorted(self.starts, key=lambda start: (start[1], start[0])):
            if y != row or x - before > _LETTER_APART:
                yield x
            row, before = y, x

    def in_order(self) -> str | None:
        """Return the words column after column where they are drawn row by row, else None."""
        if self.column is None:
            return None
        edge = self.column - _SAME
        sides = [piece.x >= edge for piece in self.pieces]
        turns = sum(one != other for one, other in pairwise(sides))
        if turns < _MOST_TURNS:
            return None
        right = [piece for piece, is_right in zip(self.pieces, sides, strict=True) if is_right]
        top = max(piece.y for piece in right) + _SAME
        low = min(piece.y for piece in right) - _SAME
        left = [piece for piece, is_right in zip(self.pieces, sides, strict=True) if not is_right]
        above = [piece for piece in left if piece.y > top]
        beside = [piece for piece in left if low <= piece.y <= top]
        below = [piece for piece in left if piece.y < low]
        return "\n".join(_text(pieces) for pieces in (above, beside, right, below))

    def largest(self) -> list[str]:
        """Return the lines in the largest letters, [] where none are larger than the others."""
        letters = Counter[float]()
        for piece in self.pieces:
            letters[round(piece.size, 1)] += len(piece.words)
        if not letters:
            return []
        usual = letters.most_common(1)[0][0]
        shown = [piece for piece in self.pieces if _letters(piece.words) >= _FEWEST_LETTERS]
        largest = max((round(piece.size, 1) for piece in shown), default=usual)
        if largest < _LARGER * usual or letters[largest] > _LONGEST_TITLE:
            return []
        title = _text([piece for piece in shown if round(piece.size, 1) == largest])
        lines = [line.strip() for line in title.split("\n") if line.strip()]
        return lines if len(lines) <= _MOST_TITLE_LINES else []


def lines_of_title(page: Sequence[str], largest: Sequence[str]) -> frozenset[int]:
    """Return which lines of a first page are those in the `largest` letters, if they head it.

    They stand below each other, and below a few short lines at most.
    """
    wanted = [fold(line) for line in largest]
    folded = [fold(line) for line in page[: _MOST_ABOVE + len(wanted)]]
    for first in range(max(0, len(folded) - len(wanted) + 1) if wanted else 0):
        if folded[first : first + len(wanted)] == wanted:
            is_head = all(len(line) <= _LONGEST_ABOVE for line in page[:first])
            return frozenset(range(first, first + len(wanted))) if is_head else frozenset()
    return frozenset()


def paragraphs_in(runs: Mapping[int, Sequence[str]]) -> dict[int, BlockKind]:
    """Return where lines that follow each other make a paragraph, however narrow it is.

    `runs` are lines by where they begin; by-lines above a text are none of it.
    """
    found: dict[int, BlockKind] = {}
    for first, run in runs.items():
        start, lines = first, run
        while lines and label_of(Line(0, len(lines[0]), lines[0]), in_head=True):
            start, lines = start + len(lines[0]) + 1, lines[1:]
        is_item = bool(lines) and (BULLET.match(lines[0]) or NUMBER.match(lines[0])) is not None
        if _flows(lines) and not is_item:
            found[start] = "paragraph"
    return found


def _flows(lines: Sequence[str]) -> bool:
    """Say whether lines are full but for the last, and most of them begin small."""
    widest = max(map(len, lines), default=0)
    are_full = all(len(line) >= _FULL * widest for line in lines[:-1])
    small = sum(line[:1].islower() for line in lines[1:])
    return len(lines) >= _FEWEST_LINES and are_full and 2 * small >= len(lines) - 1


def doubts_about(columns: Sequence[int], without: int) -> Iterator[Flag]:
    """Yield what to look at in a document with columns on some pages, and pages without words."""
    yield Flag("laid_out", 0, 0, _LAID_OUT)
    if columns:
        pages = ", ".join(map(str, columns[:_MOST_TOLD]))
        more = ", …" if len(columns) > _MOST_TOLD else ""
        yield Flag("columns", 0, 0, _COLUMNS, {"pages": f"{pages}{more}"})
    if without:
        yield Flag("pages_without_words", 0, 0, _WITHOUT, {"count": without})


def _place(cm: Sequence[float], tm: Sequence[float]) -> tuple[float, float]:
    """Return where the two matrices put what is drawn, in points from the lower left corner."""
    return (
        tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
        tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
    )


def _text(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces, those of one row behind each other."""
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        if index and abs(piece.y - pieces[index - 1].y) > _SAME and not parts[-1].endswith("\n"):
            parts.append("\n")
        parts.append(piece.words)
    return "".join(parts)


def _letters(words: str) -> int:
    return sum(char.isalpha() for char in words)
