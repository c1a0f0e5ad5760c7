"""The lines that a page shows: paragraphs, headings, list items, quotations, captions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urljoin

from lxml import html

from corpus.importing.pages.elements import (
    holds_blocks,
    is_comment,
    is_furniture,
    is_row,
    is_silent,
)
from corpus.text.blocks import Mark, MarkKind
from corpus.text.notation import written
from corpus.text.spans import normalise

Place = Literal["body", "caption"]

LONGEST_ADDRESS = 2000

_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rt", "rp"),
        *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        *("wbr"),
    )
)
_CELLS = frozenset({"td", "th"})
_BETWEEN_CELLS = "\u2003"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRESS: dict[str, MarkKind] = {
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "b": "strong",
}
# What HTML takes for white space; a no-break space is none.
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class PageLine:
    """One shown block of a page: its words in the notation of `corpus.text.notation`.

    `sign` is what stands before the words in the source ("## ", "> ", "- "); `plain` are the
    words alone, `linked` the share of them that is linked, 0 to 1; `tag` is the element's name.
    `path` numbers the elements around it, the outermost first, and `asides` are those of them
    that look as if they stood around an article: its navigation, its foot, its side. What a
    reader wrote below it `is_comment`.
    """

    words: str
    plain: str
    tag: str
    sign: str = ""
    place: Place = "body"
    linked: float = 0.0
    path: tuple[int, ...] = ()
    asides: frozenset[int] = frozenset()
    is_comment: bool = False


@dataclass
class _Inside:
    """Where the walk is: what the elements around say of the words."""

    tag: str = "p"
    sign: str = ""
    place: Place = "body"
    is_kept: bool = False
    is_linked: bool = False
    is_cell: bool = False
    path: tuple[int, ...] = ()
    asides: frozenset[int] = frozenset()
    is_comment: bool = False


@dataclass
class _Words:
    """The words of one block that grows, with their marks."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, words: str, *, is_kept: bool) -> None:
        """Add words as a page shows them: white space folds unless it is kept."""
        if not is_kept:
            words = _SPACES.sub(" ", words)
            if not self.text or self.text[-1] in " \n":
                words = words.lstrip(" ")
        self.text += words


def lines_of_page(tree: html.HtmlElement, address: str) -> list[PageLine]:
    """Return the lines that the page shows, in order; `address` is what its links start from."""
    body = tree.find("body")
    return list(_Walk(address).lines(tree if body is None else body))


class _Walk:
    """One walk over a page, block by block."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.words = _Words()
        self.count = 0

    def lines(self, element: html.HtmlElement) -> Iterator[PageLine]:
        yield from self._block(element, _Inside())

    def _block(self, element: html.HtmlElement, around: _Inside) -> Iterator[PageLine]:
        self.count += 1
        inside = _inside(element, around, self.count)
        yield from self._ended(around)
        yield from self._contents(element, inside)
        yield from self._ended(inside)

    def _contents(self, element: html.HtmlElement, inside: _Inside) -> Iterator[PageLine]:
        """Walk through the words and elements within `element`."""
        self._say(element.text, inside)
        for child in element:
            tag = child.tag
            if tag == "br":
                self.words.text = self.words.text.rstrip(" ") + "\n"
            elif tag == "hr":
                yield from self._ended(inside)
            elif isinstance(tag, str) and not is_silent(child):
                if tag in _INLINE or inside.is_cell:
                    yield from self._inline(child, inside)
                elif tag in _CELLS and is_row(element):
                    self._part_cells()
                    yield from self._inline(child, replace(inside, is_cell=True))
                else:
                    yield from self._block(child, inside)
            self._say(child.tail, inside)

    def _inline(self, element: html.HtmlElement, inside: _Inside) -> Iterator[PageLine]:
        """Walk through an element within a line; a block inside of it ends the line."""
        url = self._absolute(element.get("href", "")) if element.tag == "a" else ""
        within = inside
        if url and holds_blocks(element):
            yield from self._ended(inside)
            within = replace(inside, is_linked=True)
        words, start = self.words, len(self.words.text)
        yield from self._contents(element, within)
        if self.words is not words:
            return
        first, end = _trimmed(words.text, start)
        if first >= end:
            return
        if url:
            words.marks.append(Mark("link", first, end, url))
        elif element.tag in _STRESS:
            words.marks.append(Mark(_STRESS[element.tag], first, end))

    def _part_cells(self) -> None:
        """Put a wide space between two cells of a row, which is one line."""
        if self.words.text.strip():
            self.words.text = f"{self.words.text.rstrip(' ')}{_BETWEEN_CELLS}"

    def _absolute(self, href: str) -> str:
        """Return where a link leads, "" for nowhere outside of the page."""
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        try:
            url = urljoin(self.address, href)
        except ValueError:
            return ""
        is_known = url.startswith(("http://", "https://", "mailto:"))
        return url if is_known and len(url) <= LONGEST_ADDRESS and not re.search(r"\s", url) else ""

    def _say(self, words: str | None, inside: _Inside) -> None:
        if words:
            self.words.add(words, is_kept=inside.is_kept)

    def _ended(self, inside: _Inside) -> Iterator[PageLine]:
        """Yield the line that ends here; two line breaks in it part paragraphs."""
        words, self.words = self.words, _Words()
        start = 0
        for part in re.split(r"(\n[ \n]*\n)", words.text) if not inside.is_kept else [words.text]:
            line = _line(words, start, start + len(part), inside)
            if line is not None:
                yield line
            start += len(part)


def _inside(element: html.HtmlElement, around: _Inside, number: int) -> _Inside:
    tag = str(element.tag)
    inside = replace(around, tag=tag, path=(*around.path, number))
    if tag in _HEADINGS:
        inside.sign = "#" * _HEADINGS[tag] + " "
    elif tag == "blockquote":
        inside.sign = "> "
    elif tag == "li" and not around.sign:
        inside.sign = "- "
    elif tag == "pre":
        inside.is_kept = True
    elif tag == "figcaption":
        inside.place = "caption"
    if is_furniture(element):
        inside.asides = around.asides | {number}
        inside.is_comment = around.is_comment or is_comment(element)
    return inside


def _line(words: _Words, start: int, end: int, inside: _Inside) -> PageLine | None:
    first, last = _trimmed(words.text, start, end)
    if first >= last:
        return None
    text = words.text[first:last]
    marks = [
        Mark(mark.kind, max(mark.start, first) - first, min(mark.end, last) - first, mark.url)
        for mark in words.marks
        if mark.start < last and mark.end > first
    ]
    if normalise(text) != text:
        text, marks = normalise(text), []
    linked = sum(mark.end - mark.start for mark in marks if mark.kind == "link")
    return PageLine(
        words="\n".join(
            _written_line(text, marks, begin, stop) for begin, stop in _line_spans(text)
        ),
        plain=text,
        tag=inside.tag,
        sign=inside.sign,
        place=inside.place,
        linked=1.0 if inside.is_linked else min(1.0, linked / len(text)),
        path=inside.path,
        asides=inside.asides,
        is_comment=inside.is_comment,
    )


def _written_line(text: str, marks: list[Mark], start: int, end: int) -> str:
    inner = [
        Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.url)
        for mark in marks
        if mark.start < end and mark.end > start
    ]
    return written(text[start:end], inner)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _trimmed(text: str, start: int, end: int | None = None) -> tuple[int, int]:
    """Return start..end without the white space of HTML at both ends."""
    end = len(text) if end is None else end
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(" \t\n\r\f"))
    return first, max(first, start + len(words.rstrip(" \t\n\r\f")))
