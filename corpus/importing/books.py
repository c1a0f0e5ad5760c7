"""Books (EPUB): each chapter with words becomes a record, in the order in which they are read."""

import json
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus.importing.archives import MAX_UNPACKED_BYTES, Member, content_of
from corpus.importing.charsets import encoding_named
from corpus.importing.decoding import decoded
from corpus.importing.errors import ImportRefused, NotText, SourceTooLarge
from corpus.importing.facts import MOST_AUTHORS
from corpus.importing.marked_up import inside, parsed

MAX_CHAPTERS = 5_000
_CONTAINER = "META-INF/container.xml"
_LOCK = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NO_CHAPTER = frozenset({"cover", "toc", "nav"})
_DAMAGED = "%(name)s is a book that is damaged; nothing was imported."
_LOCKED = "%(name)s is a book that is locked; nothing was imported."


def is_book(archive: zipfile.ZipFile) -> bool:
    """Say whether the archive is a book."""
    return _CONTAINER in archive.namelist()


def chapters_of(archive: zipfile.ZipFile, name: str) -> Iterator[Member]:
    """Yield the chapters of a book; the cover and the contents are none.

    Raises NotText for a book that is damaged or locked, SourceTooLarge for one of too many
    chapters.
    """
    book = _Book(archive, name)
    number = 0
    for path in book.order():
        called = f"{name}, {number + 1}"
        try:
            content = book.chapter(path, called)
        except ImportRefused as refusal:
            number += 1
            yield Member(called, b"", refusal)
            continue
        if content:
            number += 1
            yield Member(called, content)


class _Book:
    """The files of a book, and what its package says of them."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name, self.left = archive, name, MAX_UNPACKED_BYTES
        container = self._tree(_CONTAINER)
        roots = [one.get("full-path", "") for one in _all(container, "rootfile")]
        if not roots:
            raise NotText(_DAMAGED, name=name)
        self.folder = posixpath.dirname(roots[0])
        self.package = self._tree(roots[0])
        self.items = {one.get("id", ""): one for one in _all(self.package, "item")}
        self.labels = self._labels()

    def order(self) -> list[str]:
        """Return the paths of the chapters in the order in which they are read."""
        covers = {
            self._path(one.get("href", ""))
            for one in _all(self.package, "reference")
            if one.get("type") in _NO_CHAPTER
        }
        paths = []
        for reference in _all(self.package, "itemref"):
            item = self.items.get(reference.get("idref", ""))
            if item is None or item.get("media-type") not in _PAGES:
                continue
            path = self._path(item.get("href", ""))
            is_contents = "nav" in item.get("properties", "").split()
            if not is_contents and path not in covers and item.get("id") not in _NO_CHAPTER:
                paths.append(path)
        if len(paths) > MAX_CHAPTERS:
            raise SourceTooLarge(
                "%(name)s holds more than %(limit)s articles; split it and import the parts.",
                name=self.name,
                limit=f"{MAX_CHAPTERS:,}",
            )
        if self._locked().intersection(paths):
            raise NotText(_LOCKED, name=self.name)
        return list(dict.fromkeys(paths))

    def chapter(self, path: str, called: str) -> bytes:
        """Return a chapter as a record of JSON, b"" for one without words."""
        tree = self._tree(path, called)
        bodies = _all(tree, "body")
        if not bodies or not "".join(bodies[0].itertext()).strip():
            return b""
        heads = [one for tag in ("h1", "h2", "h3") for one in _all(bodies[0], tag)]
        title = self.labels.get(path, "") or (_words(heads[0]) if heads else "")
        said = {
            "title": title,
            "authors": "; ".join(self._told("creator")),
            "publication": next(iter(self._told("title")), ""),
            "date_published": self._day(),
            "language": next(iter(self._told("language")), ""),
            "tags": "; ".join(self._told("subject")),
            "content_html": f"<div>{inside(bodies[0])}</div>",
        }
        given = {name: words for name, words in said.items() if words}
        return json.dumps(given, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    def _told(self, name: str) -> list[str]:
        told = [_words(one) for one in _all(self.package, name) if "dc/elements" in str(one.tag)]
        return list(dict.fromkeys(filter(None, told)))[:MOST_AUTHORS]

    def _day(self) -> str:
        """Return when the book was published, not when its file was changed."""
        days = [
            _words(one)
            for one in _all(self.package, "date")
            if all(event == "publication" for event in one.attrib.values())
        ]
        return next(iter(days), "")

    def _labels(self) -> Mapping[str, str]:
        """Return what the contents call each file."""
        labels: dict[str, str] = {}
        for item in self.items.values():
            is_nav = "nav" in item.get("properties", "").split()
            if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
                continue
            path = self._path(item.get("href", ""))
            try:
                tree = self._tree(path)
            except ImportRefused:
                continue
            beside = posixpath.dirname(path)
            for link in [*_all(tree, "a"), *_all(tree, "navPoint")]:
                to = next(iter(_all(link, "content")), link)
                target = urlsplit(to.get("href") or to.get("src") or "")
                words = _words(next(iter(_all(link, "text")), link))
                # A link into a file names a part of it.
                if words and not target.fragment:
                    labels.setdefault(_joined(beside, target.path), words)
        return labels

    def _locked(self) -> frozenset[str]:
        if _LOCK not in self.archive.namelist():
            return frozenset()
        references = _all(self._tree(_LOCK), "CipherReference")
        return frozenset(unquote(one.get("URI", "")) for one in references)

    def _path(self, href: str) -> str:
        return _joined(self.folder, urlsplit(href).path)

    def _tree(self, path: str, called: str = "") -> etree._Element:
        called = called or self.name
        try:
            entry = self.archive.getinfo(path)
        except KeyError:
            raise NotText(_DAMAGED, name=called) from None
        content = content_of(self.archive, entry, called, self.left)
        self.left -= len(content)
        tree = parsed(decoded(content, called, encoding_named(content))[0])
        if tree is None:
            raise NotText(_DAMAGED, name=called)
        return tree


def _all(tree: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements of this name, whatever stands before it."""
    return [one for one in tree.iter(etree.Element) if etree.QName(one).localname == name]


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(path)))
