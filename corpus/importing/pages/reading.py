"""From the bytes of a web page to a text in lines, headed by what the page says of its article."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from functools import cached_property

from lxml import html

from corpus.importing.known import Known
from corpus.importing.labels import Label, label_of
from corpus.importing.pages.article import lines_not_apart, lines_of_article
from corpus.importing.pages.beside import asks_to_pay, labels_beside
from corpus.importing.pages.elements import tree_of
from corpus.importing.pages.facts import told_by
from corpus.importing.pages.shown import PageLine, lines_of_page
from corpus.importing.passages import Line
from corpus.importing.proposal import Flag
from corpus.importing.told import Name, Told, head_lines
from corpus.text.blocks import BlockKind, ParatextKind
from corpus.text.folding import fold

_AROUND = "it belongs to the web page around the article"
_NAMED = ("author", "outlet")
# Who wrote an article, and when, stands no further below it.
_NEAR = 4
_IS_TITLE = "it is the title"
_BEGINNING = "The page offers the rest to those who pay or sign in: this may be only the beginning."


@dataclass(frozen=True)
class Page:
    """A web page as a source: `text` is what offsets count in; `html` is its own mark-up.

    One that `is_part` is all article, as a feed or a data set holds it.
    """

    html: str
    text: str
    _lines: Sequence[tuple[int, PageLine]] = field(repr=False)
    _heads: Sequence[Label] = field(repr=False)
    is_part: bool = False

    @property
    def has_words(self) -> bool:
        """Whether the page shows any words."""
        return bool(self._lines)

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """What a curator should look at in all of it."""
        asks = not self.is_part and any(asks_to_pay(line) for _start, line in self._lines)
        return (Flag("beginning_only", 0, 0, _BEGINNING),) if asks else ()

    @cached_property
    def known(self) -> Known:
        """What the page tells of its lines: facts, title, what stands around the article."""
        titles = {fold(title) for label in self._heads if (title := label.value("title"))}
        lines = [line for _start, line in self._lines]
        kept = lines_not_apart(lines) if self.is_part else lines_of_article(self.html, lines)
        at_title = [start for start, line in self._lines if _is_heading(line, titles)]
        shown = {start: line for i, (start, line) in enumerate(self._lines) if i in kept}
        names = [value for label in self._heads for field, value in label.says if field in _NAMED]
        names += [part for name in names for part in name.split(", ")]
        beside = {} if self.is_part else dict(labels_beside(shown, at_title, names))
        last = max(kept, default=len(lines))
        labels = [*self._heads, *beside.values()]
        kinds: dict[int, BlockKind] = {}
        for index, (start, line) in enumerate(self._lines):
            if start in beside:
                continue
            if start in at_title:
                labels.append(_label(start, line, "title", _IS_TITLE))
            elif index not in kept and (index > last + _NEAR or not _tells(line)):
                labels += _around(start, line)
            elif line.place == "caption":
                kinds[start] = "caption"
            elif line.tag == "pre":
                kinds[start] = "preformatted"
        return Known(tuple(labels), kinds, are_whole=not self.is_part, is_written=True)


def page_of(markup: str, name: str, address: str, known: Mapping[Name, Told] | None = None) -> Page:
    """Return the page that the mark-up describes; links start from `address` unless it says else.

    What is `known` already takes the place of what it tells. Raises NotText for what is nested
    too deeply.
    """
    tree = tree_of(markup, name)
    told = {**told_by(tree, address), **(known or {})}
    lines = lines_of_page(tree, _base_of(tree, address, told))
    return _page(markup, lines, told)


def part_of_page(markup: str, name: str, known: Mapping[Name, Told]) -> Page:
    """Return the piece of a page that a feed or a data set holds, all of it article.

    Raises NotText as `page_of` does.
    """
    address = known["url"].value if "url" in known else ""
    lines = lines_of_page(tree_of(f"<html><body>{markup}</body></html>", name), address)
    return replace(_page(markup, lines, known), is_part=True)


def _page(markup: str, lines: Sequence[PageLine], told: Mapping[Name, Told]) -> Page:
    """Put the lines below each other: first what is told, then what is shown."""
    head, labels = head_lines(told.values())
    parts, size, shown = [head], len(head), []
    for line in lines:
        written = "\n".join(f"{line.sign}{part}" for part in line.words.split("\n"))
        parts.append(f"\n{written}\n")
        shown.append((size + 1, line))
        size += len(parts[-1])
    return Page(markup, "".join(parts), shown, labels)


def _is_heading(line: PageLine, titles: Collection[str]) -> bool:
    return line.tag.startswith("h") and fold(line.plain) in titles


def _around(start: int, line: PageLine) -> Iterator[Label]:
    for part in line.words.split("\n"):
        text = line.sign + part
        if text.strip():
            yield Label(
                Line(start, start + len(text), text), "boilerplate", "around_article", _AROUND
            )
        start += len(text) + 1


def _tells(line: PageLine) -> bool:
    """Say whether the line tells who wrote the article, or when; the rules for texts read it."""
    label = label_of(Line(0, len(line.words), line.words), in_head=True)
    return label is not None and label.kind in ("by_line", "source_line")


def _label(start: int, line: PageLine, kind: ParatextKind, why: str) -> Label:
    text = line.sign + line.words.split("\n")[0]
    return Label(Line(start, start + len(text), text), kind, "heading_is_title", why)


def _base_of(tree: html.HtmlElement, address: str, told: Mapping[Name, Told]) -> str:
    base = tree.find(".//base")
    own = told["url"].value if "url" in told else ""
    return (base.get("href") if base is not None else None) or address or own


def unpacked(raw: bytes) -> tuple[bytes, str, str]:
    """Return the page in an MHTML archive, the encoding that is named for it, and its address.

    Raises LookupError when it holds none.
    """
    message = message_from_bytes(raw, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            address = str(part["Content-Location"] or message["Snapshot-Content-Location"] or "")
            return bytes(content or b""), part.get_content_charset() or "", address
    raise LookupError
