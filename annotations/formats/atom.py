"""Feeds as Atom. Source: RFC 4287."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language

from annotations.formats.feeds import Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


class _Atom(Atom1Feed):
    """Atom with the whole content of entries, and dated by them even where there is none."""

    def latest_post_date(self) -> Any:
        """Return when an entry changed last, which is told by the feed."""
        return self.feed["updated"]

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the elements of an entry; an entry by nobody takes the author of the feed."""
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate"})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        if item["author_name"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", item["author_name"])
            handler.endElement("author")
        handler.addQuickElement("content", item["description"], {"type": "html"})


def as_atom(feed: Feed) -> bytes:
    """Return `feed` as an Atom document in UTF-8."""
    channel = feed.channel
    document = _Atom(
        title=channel.title,
        link=channel.home,
        description="",
        language=get_language(),
        author_name="Postil",
        feed_url=channel.address,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        document.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.html,
            unique_id=entry.id,
            author_name=entry.author or None,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return document.writeString("utf-8").encode()
