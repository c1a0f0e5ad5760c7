"""From the bytes of a web page to a text in lines, headed by what the page says of its article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cached_property

from lxml import html

from corpus.importing.known import Known
from corpus.importing.labels import Label, label_of
from corpus.importing.pages.article import lines_of_article
from corpus.importing.pages.elements import tree_of
from corpus.importing.pages.facts import Name, Told, told_by
from corpus.importing.pages.shown import PageLine, lines_of_page
from corpus.importing.passages import Line
from corpus.text.blocks import BlockKind, ParatextKind
from corpus.text.folding import fold

_HEADED: dict[Name, str] = {
    "title": "Title",
    "author": "Author",
    "outlet": "Outlet",
    "date": "Date",
    "url": "URL",
}
_KINDS: dict[str, ParatextKind] = {"title": "title", "author": "by_line"}
_SAID = "it tells a fact, from the head of the page"
_AROUND = "it belongs to the web page around the article"
_IS_TITLE = "it is the title"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Page:
    """A web page as a source: `text` is what offsets count in; `html` is its own mark-up."""

    html: str
    text: str
    _lines: Sequence[tuple[int, PageLine]] = field(repr=False)
    _told: Sequence[tuple[int, Told]] = field(repr=False)

    @property
    def has_words(self) -> bool:
        """Whether the page shows any words."""
        return bool(self._lines)

    @cached_property
    def known(self) -> Known:
        """What the page tells of its lines: facts, title, what stands around the article."""
        titles = {fold(told.value) for _start, told in self._told if told.name == "title"}
        kept = lines_of_article(self.html, [line for _start, line in self._lines])
        labels = [_said(start, told) for start, told in self._told]
        kinds: dict[int, BlockKind] = {}
        for index, (start, line) in enumerate(self._lines):
            if line.tag.startswith("h") and fold(line.plain) in titles:
                labels.append(_label(start, line, "title", _IS_TITLE))
            elif index not in kept and not _tells(line):
                labels += _around(start, line)
            elif line.place == "caption":
                kinds[start] = "caption"
            elif line.tag == "pre":
                kinds[start] = "preformatted"
        return Known(tuple(labels), kinds)


def page_of(markup: str, name: str, address: str) -> Page:
    """Return the page that the mark-up describes; links start from `address` unless it says else.

    Raises NotText for what is nested too deeply.
    """
    tree = tree_of(markup, name)
    told = told_by(tree)
    lines = lines_of_page(tree, _base_of(tree, address, told))
    return _page(markup, lines, told)


def _page(markup: str, lines: Sequence[PageLine], told: dict[Name, Told]) -> Page:
    """Put the lines below each other: first what is told, then what is shown."""
    parts: list[str] = []
    size = 0
    heads, shown = [], []
    for name, head in _HEADED.items():
        if name in told:
            heads.append((size, told[name]))
            parts.append(f"{head}: {told[name].words}\n")
            size += len(parts[-1])
    for line in lines:
        written = "\n".join(f"{line.sign}{part}" for part in line.words.split("\n"))
        parts.append(f"\n{written}\n")
        shown.append((size + 1, line))
        size += len(parts[-1])
    return Page(markup, "".join(parts), shown, heads)


def _said(start: int, told: Told) -> Label:
    text = f"{_HEADED[told.name]}: {told.words}"
    line = Line(start, start + len(text), text)
    says = ((told.name, told.value),)
    return Label(line, _KINDS.get(told.name, "source_line"), told.rule, _SAID, says)


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


def _base_of(tree: html.HtmlElement, address: str, told: dict[Name, Told]) -> str:
    base = tree.find(".//base")
    own = told["url"].value if "url" in told else ""
    return (base.get("href") if base is not None else None) or address or own


def encoding_named(raw: bytes) -> str:
    """Return the encoding that a page names for itself, "" for none."""
    match = _CHARSET.search(raw, 0, _HEAD_BYTES)
    return match[1].decode("ascii") if match else ""


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
