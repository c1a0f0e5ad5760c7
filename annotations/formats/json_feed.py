"""Feeds as JSON. Source: JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date
from django.utils.translation import get_language

from annotations.formats.feeds import Entry, Feed

MEDIA_TYPE = "application/feed+json; charset=utf-8"


def as_json_feed(feed: Feed) -> bytes:
    """Return `feed` as a JSON Feed document in UTF-8."""
    channel = feed.channel
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "language": get_language(),
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    members: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
    }
    return members | ({"authors": [{"name": entry.author}]} if entry.author else {})
