"""Keeping the addresses that versions cite."""

from collections.abc import Iterable, Iterator

from corpus.models import ArticleVersion, OutboundLink
from corpus.services.stubs import resolve
from corpus.text.blocks import marks_from_data

_MOST_WORDS = 500
# What is longer is no address that a browser opens, and the column does not take it.
_LONGEST_URL = 2000


def keep_outbound_links(versions: Iterable[ArticleVersion]) -> None:
    """Store the addresses that the marks of the new `versions` cite, with their articles."""
    links = [link for version in versions for link in _links(version)]
    if links:
        resolve(links)
        OutboundLink.objects.bulk_create(links)


def _links(version: ArticleVersion) -> Iterator[OutboundLink]:
    for mark in marks_from_data(version.marks):
        if mark.kind == "link" and len(mark.url) <= _LONGEST_URL:
            yield OutboundLink(
                version=version,
                url=mark.url,
                text=version.text[mark.start : mark.end][:_MOST_WORDS],
                start=mark.start,
                end=mark.end,
            )
