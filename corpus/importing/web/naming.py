"""The feed that a web page names: who gives the address of a site is told that of its feed."""

from urllib.parse import urljoin

from corpus.importing.charsets import encoding_named
from corpus.importing.decoding import decoded
from corpus.importing.errors import ImportRefused
from corpus.importing.pages.elements import tree_of
from corpus.importing.read import is_page
from corpus.importing.web.hosts import place_of

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


def feed_named_by(raw: bytes, url: str) -> str:
    """Return the address of the first feed that the page at `url` names, "" for none."""
    if not is_page(raw):
        return ""
    try:
        text, _encoding = decoded(raw, url, encoding_named(raw))
        tree = tree_of(text, url)
        for link in tree.iter("link"):
            is_other = "alternate" in link.get("rel", "").lower().split()
            if is_other and link.get("type", "").strip().lower() in _FEEDS:
                return place_of(urljoin(url, link.get("href", ""))).url
    except (ImportRefused, ValueError):
        return ""
    return ""
