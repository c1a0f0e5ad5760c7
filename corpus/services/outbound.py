"""Keeping the addresses that a version cites."""

from corpus.models import ArticleVersion, OutboundLink
from corpus.text.blocks import marks_from_data

_MOST_WORDS = 500


def keep_outbound_links(version: ArticleVersion) -> None:
    """Store the addresses that the marks of the new `version` cite."""
    OutboundLink.objects.bulk_create(
        OutboundLink(
            version=version,
            url=mark.url,
            text=version.text[mark.start : mark.end][:_MOST_WORDS],
            start=mark.start,
            end=mark.end,
        )
        for mark in marks_from_data(version.marks)
        if mark.kind == "link"
    )
