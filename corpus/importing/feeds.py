"""Feeds (RSS 0.9 to 2.0, RSS 1.0 as RDF, Atom): what each entry says, read from their XML."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

from lxml import etree, html

from corpus.importing.decoding import decoded
from corpus.importing.errors import EmptySource, ImportRefused, NotText, SourceTooLarge
from corpus.importing.facts import MOST_AUTHORS
from corpus.importing.marked_up import inside, parsed
from corpus.importing.read import MAX_SOURCE_BYTES

MAX_ENTRIES = 5_000
_MOST_TOPICS = 24
# Comments are not tried again in other lengths: many of them would take for ever.
_BEFORE = r"\ufeff?(?>\s+|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->)*+"
_ROOT = re.compile(_BEFORE + r"<(?:rss|(?:\w{1,20}:)?RDF|(?:\w{1,20}:)?feed)[\s>]", re.DOTALL)
# A page has a document type too, which is none of its own.
_TYPED = re.compile(_BEFORE + r"<!DOCTYPE\s+(?!html\b)", re.DOTALL | re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,150}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
_HEAD = 8192
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_MAIL = re.compile(r"\S+@\S+\s*\(([^()]+)\)\s*$")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DAMAGED = "%(name)s is a feed that is damaged; nothing was imported."
_DOCTYPE = "%(name)s is XML with a document type or entities of its own; nothing was imported."
_BARE = "%(name)s has neither a text nor a summary; it was not imported."


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `text` is mark-up of HTML, "" for none.

    With `is_summary` the text is only what the feed says about an article that stands elsewhere.
    `id` is what the feed calls the entry, else its `url`; `published` the words of its date,
    `language` those of its or the feed's language, `topics` what it is filed under.
    """

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    outlet: str
    published: str
    text: str
    is_summary: bool
    language: str = ""
    topics: tuple[str, ...] = ()

    def as_source(self) -> bytes:
        """Return the entry as a record of JSON, the same bytes each time it comes unchanged."""
        said = {
            "title": self.title,
            "authors": "; ".join(self.authors),
            "publication": self.outlet,
            "date_published": self.published,
            "url": self.url,
            "language": self.language,
            "tags": "; ".join(self.topics),
            "summary" if self.is_summary else "content_html": f"<div>{self.text}</div>",
        }
        given = {name: words for name, words in said.items() if words}
        return json.dumps(given, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    def refusal(self, name: str) -> ImportRefused | None:
        """Return why the entry, called `name`, cannot be imported, None when it can."""
        return None if self.text else EmptySource(_BARE, name=name)


@dataclass(frozen=True)
class Feed:
    """A feed: its title, the page that it belongs to ("" if it does not say), its entries."""

    title: str
    home: str
    entries: tuple[Entry, ...]


def is_feed(raw: bytes) -> bool:
    """Say whether the bytes are a feed, as their beginning tells it."""
    try:
        head, _encoding = decoded(raw[:_HEAD], "")
    except ImportRefused:
        head = raw[:_HEAD].decode("utf-8", "replace")
    return _ROOT.match(head) is not None or _TYPED.match(head) is not None


def entries_of(raw: bytes, name: str = "") -> Feed:
    """Return the feed that the bytes are, its entries in their order; `name` is for refusals.

    Raises NotText for what is damaged or no feed, and for one that declares entities or a
    document type; SourceTooLarge for one of too many bytes or entries.
    """
    if len(raw) > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // (1024 * 1024)
        raise SourceTooLarge(
            "%(name)s is larger than %(limit)d MB; split it and import the parts.",
            name=name,
            limit=limit,
        )
    named = _ENCODING.search(raw, 0, _HEAD)
    text, _encoding = decoded(raw, name, named[1].decode() if named else "")
    if not _ROOT.match(text[:_HEAD]):
        raise NotText(_DOCTYPE if _TYPED.match(text[:_HEAD]) else _DAMAGED, name=name)
    root = parsed(text)
    if root is None:
        raise NotText(_DAMAGED, name=name)
    channel = next((one for one in root if _name(one) == "channel"), root)
    found = [one for one in (*root, *channel) if _name(one) in ("item", "entry")]
    entries = list(dict.fromkeys(found))
    if len(entries) > MAX_ENTRIES:
        raise SourceTooLarge(
            "%(name)s holds more than %(limit)s articles; split it and import the parts.",
            name=name,
            limit=f"{MAX_ENTRIES:,}",
        )
    title, home = _title(channel), _link(channel, root.get(_XML_BASE, ""))
    makers = _authors(channel)
    spoken = _said(channel, "language") or channel.get(_XML_LANG) or root.get(_XML_LANG, "")
    made = (_entry(one, title, home, makers, spoken) for one in entries)
    return Feed(title, home, tuple(made))


def _name(element: etree._Element) -> str:
    """Return the name of an element, with a prefix where names of two sorts would be one."""
    place, _brace, name = str(element.tag).removeprefix("{").rpartition("}")
    if place.endswith("/content/"):
        return f"content:{name}"
    if "search.yahoo.com" in place or "itunes.com" in place:
        return f"media:{name}"
    return name


def _said(element: etree._Element, *names: str) -> str:
    """Return the words of the first child of one of these names that has any, "" for none."""
    for name in names:
        for child in element:
            if _name(child) == name and (words := "".join(child.itertext()).strip()):
                return words
    return ""


def _entry(
    element: etree._Element, feed: str, home: str, makers: tuple[str, ...], spoken: str
) -> Entry:
    source = next((child for child in element if _name(child) == "source"), None)
    known_as = _said(element, "guid", "id")
    url = _link(element, home) or (known_as if known_as.startswith(("http://", "https://")) else "")
    full = _markup(element, "content:encoded", "content")
    text = full or _markup(element, "description", "summary")
    return Entry(
        id=known_as or url,
        url=url,
        title=_title(element),
        authors=_authors(element) or makers,
        outlet=(_title(source) if source is not None and len(source) else "") or feed,
        published=_said(element, "pubDate", "published", "issued", "date"),
        text=text,
        is_summary=not full,
        topics=tuple(dict.fromkeys(_topics(element)))[:_MOST_TOPICS],
        language=_said(element, "language") or element.get(_XML_LANG) or spoken,
    )


def _title(element: etree._Element) -> str:
    """Return the title as plain words, whichever way its mark-up is written."""
    words = _said(element, "title")
    if _TAG.search(words):
        words = html.fromstring(f"<div>{words}</div>").text_content()
    return " ".join(unescape(words).split())


def _link(element: etree._Element, base: str) -> str:
    """Return where the element says that it stands on the web, "" if it does not."""
    own = _said(element, "origLink")
    for child in element:
        if not own and _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            own = (child.get("href") or child.text or "").strip()
    try:
        url = urljoin(element.get(_XML_BASE) or base, own) if own else ""
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""


def _topics(element: etree._Element) -> Iterator[str]:
    """Yield what the element is filed under: categories, subjects."""
    for child in element:
        if _name(child) in ("category", "subject"):
            words = child.get("label") or child.text or child.get("term") or ""
            if words.strip():
                yield " ".join(unescape(words).replace(";", ",").split())


def _authors(element: etree._Element) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_author_names(element)))[:MOST_AUTHORS]


def _author_names(element: etree._Element) -> Iterator[str]:
    for child in element:
        if _name(child) in ("author", "creator"):
            words = _said(child, "name") if len(child) else (child.text or "").strip()
            mail = _MAIL.match(words)
            words = mail[1] if mail else words
            if words and "@" not in words:
                yield " ".join(words.split())


def _markup(element: etree._Element, *names: str) -> str:
    """Return the mark-up that the first such child with words holds, "" for none."""
    for name in names:
        for child in element:
            # What stands elsewhere is no text.
            if _name(child) == name and not child.get("src") and (words := _inner(child)):
                return words
    return ""


def _inner(element: etree._Element) -> str:
    if len(element):
        return inside(element)
    words = (element.text or "").strip()
    is_plain = element.get("type", "html") in ("text", "text/plain") or not (
        _TAG.search(words) or unescape(words) != words
    )
    if not is_plain or not words:
        return words
    parts = re.split(r"\n\s*\n", words)
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
