"""Activity as feeds tell it: entries with lasting ids, whole addresses and clean HTML."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.markdown import render
from annotations.models import Annotation, Claim, Link
from annotations.queries.items import Did, Item
from corpus.text.blocks import BLOCK_SEPARATOR

# Source: XML 1.0, 2.2. Notes and articles may hold what no XML document can.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r'(<a href=")([^"]*)(")')
# A feed without entries never changed; both formats want a date nevertheless.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One item in a feed; `author` is "" where nobody is named, `html` is clean."""

    id: str
    title: str
    url: str
    html: str
    author: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Channel:
    """What a feed is of: its title, the page that shows the same, and its own address.

    The addresses are whole. `key` tells private feeds of the same page apart.
    """

    title: str
    home: str
    address: str
    key: UUID = NAMESPACE_URL


@dataclass(frozen=True)
class Feed:
    """A channel with its entries, the latest first."""

    channel: Channel
    entries: Sequence[Entry]

    @property
    def id(self) -> str:
        """Return the lasting id of the feed, whatever its own address is by now."""
        return uuid5(self.channel.key, self.channel.home).urn

    @property
    def updated(self) -> datetime:
        """Return when the latest change of an entry was."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def feed_of(items: Sequence[Item], channel: Channel) -> Feed:
    """Return `items`, which are the latest first, as a feed."""
    named = replace(channel, title=_in_xml(channel.title))
    return Feed(named, [_entry(item, channel.home) for item in items])


def _entry(item: Item, home: str) -> Entry:
    url = urljoin(home, item.url)
    edited = getattr(item.thing, "edited_at", None) or item.at
    return Entry(
        id=item.key.urn,
        title=_in_xml(_TITLES[item.did]() % _names(item)),
        url=url,
        html=_in_xml(_absolute(_html(item), url)),
        author=_in_xml(item.by.display_name) if item.by else "",
        published=item.at,
        updated=max(item.at, edited),
    )


def _names(item: Item) -> dict[str, str]:
    """Return what a title may name; of an account that is gone nobody is named."""
    thing = item.thing.label if isinstance(item.thing, Claim) else str(item.thing)
    return {
        "name": item.by.display_name if item.by else _("Somebody"),
        "article": item.article.title if item.article else "",
        "thing": thing,
    }


def _html(item: Item) -> SafeString:
    thing = item.thing
    if isinstance(thing, Annotation):
        return _annotation(thing, item)
    if isinstance(thing, Link):
        return format_html(
            '<p>{}: <a href="{}">{}</a></p>{}',
            thing.get_relation_display(),
            thing.to_article.get_absolute_url(),
            thing.to_article.title,
            render(thing.note),
        )
    words = thing.statement if isinstance(thing, Claim) else ""
    return format_html('<p><a href="{}">{}</a></p>{}', item.url, _names(item)["thing"], words)


def _annotation(thing: Annotation, item: Item) -> SafeString:
    words = SafeString("")
    for paragraph in thing.exact.split(BLOCK_SEPARATOR) if thing.exact else []:
        words += format_html("<p>{}</p>", paragraph)
    quote = format_html("<blockquote>{}</blockquote>", words) if words else words
    claims = SafeString("")
    for row in item.tagged:
        claims += format_html(
            '<li><a href="{}">{}</a> ({})</li>',
            reverse("claim", args=[row.slug]),
            row.label,
            row.stance,
        )
    listed = format_html("<ul>{}</ul>", claims) if claims else claims
    return conditional_escape(quote + render(thing.note) + listed)


def _absolute(html: str, base: str) -> str:
    """Return clean `html` whose links lead to whole addresses, seen from `base`."""

    def whole(link: re.Match[str]) -> str:
        try:
            address = urljoin(base, unescape(link[2]))
        except ValueError:
            address = base
        return f"{link[1]}{escape(address)}{link[3]}"

    return _ADDRESS.sub(whole, html)


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


_TITLES: Mapping[Did, Callable[[], str]] = {
    "marked": lambda: _("%(name)s marked a passage in “%(article)s”"),
    "noted": lambda: _("%(name)s wrote a note on “%(article)s”"),
    "replied": lambda: _("%(name)s replied in “%(article)s”"),
    "tagged": lambda: _("%(name)s tagged a claim in “%(article)s”"),
    "resolved": lambda: _("%(name)s resolved a thread in “%(article)s”"),
    "linked": lambda: _("%(name)s made a link from “%(article)s”"),
    "made_claim": lambda: _("%(name)s made the claim “%(thing)s”"),
    "renamed_claim": lambda: _("%(name)s renamed the claim “%(thing)s”"),
    "judged_claim": lambda: _("%(name)s reviewed the claim “%(thing)s”"),
    "merged_claim": lambda: _("%(name)s merged a claim into “%(thing)s”"),
    "added": lambda: _("New article: “%(article)s”"),
    "changed": lambda: _("New text of “%(article)s”"),
    "collected": lambda: _("New collection: “%(thing)s”"),
    "joined": lambda: _("%(name)s joined “%(thing)s”"),
}
