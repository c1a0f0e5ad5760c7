"""PDF documents with words in them: their lines page by page, parted from what pages repeat."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import quantiles
from time import monotonic
from typing import Any

from corpus.importing.errors import NotText, SourceTooLarge
from corpus.importing.known import Known
from corpus.importing.labels import Label
from corpus.importing.passages import Line
from corpus.importing.pdf_places import Drawn, doubts_about, lines_of_title, paragraphs_in
from corpus.importing.proposal import Flag
from corpus.importing.signs import BULLET
from corpus.importing.told import Told, head_lines, told
from corpus.text.blocks import ParatextKind
from corpus.text.folding import fold
from corpus.text.spans import normalise

MAX_PAGES = 1_000
MAX_SECONDS = 60
_MOST_STEPS = 3_000_000
_MOST_DRAWN_BYTES = 5_000_000
# What is drawn by name within a page: behind so many the library leaves words out.
_MOST_DRAWN = 4_000
# Lines at the head and at the foot of a page that may be its furniture.
_AT_EDGE = 2
_FEWEST_TIMES = 3
_HEADS = 2
_LONGEST_FURNITURE = 120
_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–—] ?)?(?:\d{1,4}|[ivxl]{1,6})(?: ?[-–—]| ?(?:/|of) ?\d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][\"”’)\]]*$")
# A line that ends so much before the others ends its paragraph.
_SHORT = 0.9
_VERY_SHORT = 0.6
_FILE_NAME = re.compile(r"^(?:microsoft word|untitled)|\.(?:docx?|pdf|indd|qxd|rtf|odt|tex)$", re.I)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_REPEATED = "it is repeated on the pages of the document"
_IS_TITLE = "it is the title"
_DAMAGED = "%(name)s is a PDF document that is damaged; nothing was imported."
_LOCKED = "%(name)s is a PDF document that is locked; nothing was imported."
_NO_WORDS = (
    "%(name)s is a PDF document of pictures, without words that can be read; nothing was imported."
)
_TOO_LONG = "%(name)s is a PDF document that takes too long to read; nothing was imported."
_ABOVE = "it stands above the title, as the name of a site does"


class _Enough(BaseException):
    """Reading takes too long. The library goes on after any other exception."""


@dataclass(frozen=True)
class Document:
    """A document as a source: `text` is what offsets count in."""

    text: str
    known: Known
    doubts: tuple[Flag, ...]

    @property
    def has_words(self) -> bool:
        """Whether there is any text in the document; one without is refused before."""
        return bool(self.text)


@dataclass(frozen=True)
class _Pages:
    """The lines of each page, and what the document's head tells.

    `largest` are the lines of the first page in the largest letters, `columns` the numbers of
    the pages that have several.
    """

    lines: tuple[tuple[str, ...], ...]
    title: str
    author: str
    largest: tuple[str, ...]
    columns: tuple[int, ...]


def document_of(raw: bytes, name: str) -> Document:
    """Return the document that the bytes are.

    Raises NotText for one that is damaged, locked or without words, SourceTooLarge for one of
    too many pages or of pages that take too long.
    """
    pages = _pages(raw, name)
    if not any(pages.lines):
        raise NotText(_NO_WORDS, name=name)
    return _Layout(pages).document()


@lru_cache(maxsize=4)
def _pages(raw: bytes, name: str) -> _Pages:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotText(_LOCKED, name=name)
        if len(reader.pages) > MAX_PAGES:
            raise SourceTooLarge(
                "%(name)s has more than %(limit)s pages; split it and import the parts.",
                name=name,
                limit=f"{MAX_PAGES:,}",
            )
        read = tuple(_read(reader.pages))
        lines = tuple(lines for lines, _drawn in read)
        head = reader.metadata
        title, author = (head.title, head.author) if head else ("", "")
    except (NotText, SourceTooLarge):
        raise
    except DependencyError:
        raise NotText(_LOCKED, name=name) from None
    except (_Enough, LimitReachedError, MemoryError):
        raise SourceTooLarge(_TOO_LONG, name=name) from None
    # Whatever is wrong with the document may show as any exception of the library.
    except Exception:  # noqa: BLE001
        raise NotText(_DAMAGED, name=name) from None
    columns = tuple(
        number for number, (_lines, drawn) in enumerate(read, start=1) if drawn.column is not None
    )
    largest = tuple(read[0][1].largest()) if read else ()
    return _Pages(lines, str(title or ""), str(author or ""), largest, columns)


def _read(pages: Sequence[Any]) -> Iterator[tuple[tuple[str, ...], Drawn]]:
    """Yield the lines of each page and what stands where on it.

    Raises _Enough for what was made to keep the reader busy.
    """
    end, steps, drawn_by_name, places = monotonic() + MAX_SECONDS, 0, 0, Drawn()

    def step(operator: bytes, _with: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        nonlocal steps, drawn_by_name
        places.shows(operator, cm, tm)
        steps += 1
        drawn_by_name += operator == b"Do"
        if steps > _MOST_STEPS or drawn_by_name > _MOST_DRAWN or monotonic() > end:
            raise _Enough

    for page in pages:
        drawn_by_name, places = 0, Drawn()
        step(b"", None, (), ())
        drawn = page.get_contents()
        if drawn is not None and len(drawn.get_data()) > _MOST_DRAWN_BYTES:
            raise _Enough
        text = page.extract_text(visitor_operand_before=step, visitor_text=places.says)
        text = normalise((places.in_order() or text).translate(_LIGATURES))
        yield tuple(line.strip() for line in text.split("\n") if line.strip()), places


class _Layout:
    """The pages below each other: facts, lines, and which of them are no text."""

    def __init__(self, pages: _Pages) -> None:
        self.pages = pages

    def document(self) -> Document:
        """Return the document; paragraphs are parted by blank lines, furniture is labelled."""
        head, labels = head_lines(self._told())
        titles = {fold(label.value("title")) for label in labels if label.value("title")}
        parts, size, before, above, is_broken = [head], len(head), "", 0, False
        joins, runs = dict[int, int](), dict[int, list[str]]()
        for page in self.pages.lines:
            for index, words in enumerate(page):
                why = self._why_no_text(page, index, titles)
                if why:
                    is_broken = True
                    line = Line(size, size + len(words), words)
                    kind: ParatextKind = "title" if why == _IS_TITLE else "boilerplate"
                    labels.append(Label(line, kind, "page_furniture", why))
                else:
                    if not before or self._ends(before, words, is_broken=is_broken):
                        parts.append("\n")
                        size += 1
                        above = size
                    elif is_broken:
                        joins[size] = above
                    if is_broken or size == above:
                        runs[size] = run = []
                    run.append(words)
                    before, is_broken = words, False
                parts.append(f"{words}\n")
                size += len(words) + 1
        known = Known(tuple(labels), paragraphs_in(runs), joins)
        doubts = doubts_about(self.pages.columns, sum(not page for page in self.pages.lines))
        return Document("".join(parts), known, tuple(doubts))

    def _why_no_text(self, page: Sequence[str], index: int, titles: set[str]) -> str:
        """Return why a line is no text, "" if it is; `titles` are those not shown yet."""
        if self._is_furniture(page, index):
            return _REPEATED
        if page is self.pages.lines[0] and index in self._title_lines:
            return _IS_TITLE
        if page is self.pages.lines[0] and index < min(self._title_lines, default=0):
            return _ABOVE
        folded = fold(page[index])
        if folded in titles:
            titles.discard(folded)
            return _IS_TITLE
        return ""

    def _told(self) -> Iterator[Told]:
        author, large = self.pages.author, self._large_title
        if self._title_lines and fold(self.pages.title) != fold(large):
            yield from told("title", large, "largest_words")
        elif self._is_title_shown:
            yield from told("title", self.pages.title, "document_head")
        if author.strip() and fold(author) in self._shown:
            yield from told("author", author, "document_head")

    @cached_property
    def _title_lines(self) -> frozenset[int]:
        """Which lines of the first page are the title, by their large letters; none if unsure."""
        page = next(iter(self.pages.lines), ())
        lines = lines_of_title(page, self.pages.largest)
        times = [self._repeated[_DIGITS.sub("0", fold(page[line]))] for line in lines]
        # What later pages repeat below another line is a head too.
        is_head = 0 not in lines and max(times, default=0) > 1
        title = fold(self.pages.title)
        is_another = title != fold(" ".join(self.pages.largest)) and self._is_title_shown
        is_told = is_another and self._repeated[title] < _HEADS
        return frozenset() if is_head or is_told else lines

    @cached_property
    def _large_title(self) -> str:
        return " ".join(self.pages.lines[0][index] for index in sorted(self._title_lines))

    @cached_property
    def _shown(self) -> str:
        return fold(" ".join(line for page in self.pages.lines[:2] for line in page))

    @cached_property
    def _is_title_shown(self) -> bool:
        """Whether the head's title is none of a draft, or of another document."""
        title = self.pages.title.strip()
        return bool(title and not _FILE_NAME.search(title) and fold(title) in self._shown)

    @cached_property
    def _repeated(self) -> Counter[str]:
        """How many pages have a line at their edges, whatever numbers are in it."""
        edges = Counter[str]()
        for page in self.pages.lines:
            edges.update({_DIGITS.sub("0", fold(line)) for line in _edges(page)})
        return edges

    @cached_property
    def _first(self) -> str:
        """The first line of all, which later pages may begin with too."""
        return next((fold(page[0]) for page in self.pages.lines[:1] if page), "")

    @cached_property
    def _width(self) -> float:
        """How many characters the long lines have."""
        sizes = [len(line) for page in self.pages.lines for line in page]
        return quantiles(sizes, n=10)[-2] if len(sizes) > 1 else sizes[0]

    def _is_furniture(self, page: Sequence[str], index: int) -> bool:
        words = page[index]
        if _AT_EDGE <= index < len(page) - _AT_EDGE or len(words) > _LONGEST_FURNITURE:
            return False
        is_outermost = index in (0, len(page) - 1)
        if is_outermost and _NUMBER.fullmatch(words):
            return True
        # What stands first of all, and above the later pages too, may be the title.
        may_be_title = index in self._title_lines or not self._title_lines
        is_first = page is self.pages.lines[0] and index < _AT_EDGE
        if is_first and may_be_title and not _DIGITS.search(words):
            return False
        if is_outermost and fold(words) == self._first:
            return True
        times = self._repeated[_DIGITS.sub("0", fold(words))]
        return times >= max(_FEWEST_TIMES, len(self.pages.lines) / 3)

    def _ends(self, line: str, following: str, *, is_broken: bool) -> bool:
        """Say whether a paragraph ends with `line`; `is_broken` where a page may end too."""
        if BULLET.match(following) or (is_broken and _ENDS.search(line)):
            return True
        if len(line) < _VERY_SHORT * self._width:
            return not following[0].islower() and not line.endswith(("-", ","))
        return len(line) < _SHORT * self._width and _ENDS.search(line) is not None


def _edges(page: Sequence[str]) -> Sequence[str]:
    return [*page[:_AT_EDGE], *page[max(_AT_EDGE, len(page) - _AT_EDGE) :]]
