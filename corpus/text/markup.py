"""The HTML of a block's words: one segmenter for the text and whatever lies over it.

A block is cut wherever a link, a stress or an overlay begins or ends; the pieces are
flat, so that overlapping highlights never nest. Source: the markup contract, design
brief 11.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Protocol
from urllib.parse import urlsplit

from corpus.text.blocks import Block, Mark

_SAFE_SCHEMES = frozenset({"http", "https"})
_TAGS = {"emphasis": "em", "strong": "strong"}


class Overlay(Protocol):
    """What lies over the text; asked for the pieces of a block in their order."""

    def edges(self, start: int, end: int) -> Iterable[int]:
        """Return the offsets within start..end at which a piece has to begin or end."""

    def wrap(self, start: int, end: int, html: str) -> str:
        """Return the HTML of the piece start..end, whose words are `html`."""

    def after(self, end: int) -> str:
        """Return what stands behind the piece that ends at `end`; no article text."""


def block_html(
    text: str, block: Block, marks: Sequence[Mark], overlay: Overlay | None = None
) -> str:
    """Return the escaped HTML of the words of `block`; offsets are code points in `text`.

    Links are the outermost elements; what an overlay puts behind a piece waits until
    the link round it has ended, since links do not nest. Of links that overlap the first
    is kept.
    """
    inside = [mark for mark in marks if mark.start < block.end and block.start < mark.end]
    links = _apart(mark for mark in inside if mark.kind == "link" and is_safe_url(mark.url))
    parts: list[str] = []
    waiting: list[str] = []
    for start, end in _pieces(block, inside, overlay):
        link = next((mark for mark in links if mark.start <= start < mark.end), None)
        if link is not None and start == max(link.start, block.start):
            parts.append(f'<a class="cited" href="{escape(link.url)}" rel="nofollow noreferrer">')
        html = _stressed(escape(text[start:end], quote=False), start, inside)
        if overlay is not None:
            html = overlay.wrap(start, end, html)
            waiting.append(overlay.after(end))
        parts.append(html)
        if link is not None and end < min(link.end, block.end):
            continue
        if link is not None:
            parts.append("</a>")
        parts.extend(waiting)
        waiting.clear()
    return "".join(parts)


def is_safe_url(url: str) -> bool:
    """Say whether `url` may stand in a link: http or https with a host, or a mail address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        name, _at, host = parts.path.partition("@")
        return bool(name and host)
    return parts.scheme in _SAFE_SCHEMES and bool(parts.netloc)


def _pieces(
    block: Block, marks: Sequence[Mark], overlay: Overlay | None
) -> Iterator[tuple[int, int]]:
    cuts = {block.start, block.end}
    for mark in marks:
        cuts.update((mark.start, mark.end))
    if overlay is not None:
        cuts.update(overlay.edges(block.start, block.end))
    return pairwise(sorted(cut for cut in cuts if block.start <= cut <= block.end))


def _apart(links: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for link in sorted(links, key=lambda mark: (mark.start, -mark.end)):
        if not kept or kept[-1].end <= link.start:
            kept.append(link)
    return kept


def _stressed(html: str, start: int, marks: Sequence[Mark]) -> str:
    for mark in marks:
        tag = _TAGS.get(mark.kind)
        if tag and mark.start <= start < mark.end:
            html = f"<{tag}>{html}</{tag}>"
    return html
