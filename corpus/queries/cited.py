"""Pages that texts cite: links to our own copy of them, and where a page is cited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from corpus.access import readable_q, visible_articles
from corpus.models import Article, ArticleVersion, OutboundLink
from corpus.permissions import Viewer, allowed
from corpus.text.addresses import shown_address
from corpus.text.blocks import block_at, blocks_from_data
from corpus.text.markup import Overlay

CITATIONS_A_PAGE = 20
# Characters of its block that are shown before and after a citation.
_AROUND = 160


@dataclass(frozen=True)
class Citation:
    """Words of an article that link to a page, with those around them; `url` is their place."""

    article: Article
    before: str
    words: str
    after: str
    url: str


class CopiesOverlay:
    """Links to our own copies of cited pages, behind the words that cite them.

    `copies` maps where such words end to the HTML of the link; `below` is another overlay,
    which comes first.
    """

    def __init__(self, below: Overlay | None, copies: Mapping[int, str]) -> None:
        self._below = below
        self._copies = copies

    def edges(self, start: int, end: int) -> Iterable[int]:
        """Return those of the overlay below, and where a citation in start..end ends."""
        below = self._below.edges(start, end) if self._below else ()
        return [*below, *(place for place in self._copies if start < place <= end)]

    def wrap(self, start: int, end: int, html: str) -> str:
        """Return the piece as the overlay below has it."""
        return self._below.wrap(start, end, html) if self._below else html

    def after(self, end: int) -> str:
        """Return what stands below, then the link to the page that was cited up to `end`."""
        below = self._below.after(end) if self._below else ""
        return below + self._copies.get(end, "")


def with_copies(viewer: Viewer, version: ArticleVersion, overlay: Overlay | None) -> Overlay | None:
    """Return `overlay` with links to the articles, cited in `version`, that the viewer may read.

    One query where the version cites anything.
    """
    if not any(mark["kind"] == "link" for mark in version.marks):
        return overlay
    links = OutboundLink.objects.filter(version=version, resolves_to__in=visible_articles(viewer))
    here = links.exclude(resolves_to=version.article_id).select_related("resolves_to")
    copies = {link.end: _copy_link(link.resolves_to) for link in here if link.resolves_to}
    return CopiesOverlay(overlay, copies) if copies else overlay


def stub_context(viewer: Viewer, stub: Article, page: str) -> dict[str, Any]:
    """Return what the page of `stub` shows: where it is cited, as far as `viewer` may read."""
    links = OutboundLink.objects.filter(
        readable_q(viewer, "version__article__"),
        resolves_to=stub,
        version=F("version__article__current_version"),
    ).select_related("version__article__outlet")
    newest_first = F("version__article__published_on").desc(nulls_last=True)
    ordered = links.order_by(newest_first, "version__article__title", "start", "pk")
    shown: Page[OutboundLink] = Paginator(ordered, CITATIONS_A_PAGE).get_page(page)
    return {
        "stub": stub,
        "shown_address": shown_address(stub.canonical_url),
        "page": shown,
        "citations": [_citation(link) for link in shown],
        "can_import": allowed(viewer, "article.import"),
    }


def _copy_link(article: Article) -> str:
    label = escape(_("Read “%(title)s” here") % {"title": article.title})
    address = escape(article.get_absolute_url())
    return (
        f'<a class="our-copy" href="{address}" title="{label}" aria-label="{label}" data-skip></a>'
    )


def _citation(link: OutboundLink) -> Citation:
    version = link.version
    blocks = blocks_from_data(version.blocks)
    index = block_at(blocks, link.start)
    block = blocks[index]
    end = min(link.end, block.end)
    before = version.text[max(block.start, link.start - _AROUND) : link.start]
    after = version.text[end : min(block.end, end + _AROUND)]
    if link.start - _AROUND > block.start:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < block.end:
        after = f"{after.rpartition(' ')[0]} …"
    address = version.article.get_absolute_url()
    return Citation(
        article=version.article,
        before=before,
        words=version.text[link.start : end],
        after=after,
        url=f"{address}?t={link.start},{end}#p{index + 1}",
    )
