"""Files that hold many sources: data sets (JSON, JSON lines, CSV, TSV), feeds, books, archives.

Each source in them becomes a file of its own, of exactly its bytes; a row of a table comes with
the line that names its columns, an entry of a feed becomes a record with the name of the feed.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.importing.archives import MAX_UNPACKED_BYTES, Member, content_of, opened
from corpus.importing.books import chapters_of, is_book
from corpus.importing.decoding import decoded
from corpus.importing.errors import ImportRefused, NotText, SourceTooLarge
from corpus.importing.feeds import entries_of, is_feed
from corpus.importing.read import ENDINGS, is_page
from corpus.importing.records import delimiter_of
from corpus.importing.streams import objects_of, rows_of
from corpus.importing.warcs import is_web_archive, pages_of

MAX_MEMBERS = 20_000
MOST_WITHIN = 2
"""So many archives may lie within one another below the first."""

_LISTS = ("items", "articles", "entries", "data", "results", "docs", "documents", "posts", "hits")
_GUESSED = "cp1252"
_BYTES = "surrogateescape"
ARCHIVE_BYTES = b"PK\x03\x04"
"""How a ZIP archive begins."""
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
_DATA = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
READABLE = frozenset({"", *ENDINGS, *_DATA, *_FEEDS, ".zip", ".epub", ".warc", ".gz"})
"""How the names of files in an archive end that are tried."""
# What is saved beside a page, to show it.
_OF_PAGES = frozenset(
    (
        *(".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".avif"),
        *(".woff", ".woff2", ".ttf", ".mp4", ".mp3"),
    )
)
# Ways out of the archive: nothing is unpacked to disk, and no name leads anywhere.
_NO_FOLDERS = ("/", "..", ".")
_UNKNOWN = "%(name)s is of a kind that is not read; it was not imported."
_NESTED = "%(name)s is an archive within %(depth)d others; it was not imported."
_TOO_MANY = "%(name)s holds more than %(limit)s articles; split it and import the parts."


@dataclass
class _Room:
    """What may still come out of an archive and those within it; `depth` is how deep it lies."""

    bytes: int = MAX_UNPACKED_BYTES
    files: int = MAX_MEMBERS
    depth: int = 0


def members_of(raw: bytes, name: str) -> Iterator[Member] | None:
    """Return the sources that the file holds, in order, or None when it is one itself.

    Raises NotText or SourceTooLarge for a file that cannot be opened, also while they are asked
    for one by one.
    """
    if raw.startswith(ARCHIVE_BYTES):
        return _in_archive(raw, name, _Room())
    if is_web_archive(raw):
        return pages_of(raw, name)
    if is_page(raw):
        return None
    if is_feed(raw):
        return _of_feed(raw, name)
    try:
        text, encoding = decoded(raw, name)
    except ImportRefused:
        return None
    if encoding == _GUESSED:
        # So each record keeps its bytes, and says itself what its encoding was taken to be.
        text = raw.decode(errors=_BYTES)
    text = text.removeprefix("\ufeff")
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return _of_json(text, name)
    delimiter = delimiter_of(text, name)
    return rows_of(io.StringIO(text, newline=""), name, delimiter) if delimiter else None


def _of_feed(raw: bytes, name: str) -> Iterator[Member]:
    for number, entry in enumerate(entries_of(raw, name).entries, start=1):
        called = f"{name}, {number}"
        yield Member(called, entry.as_source(), entry.refusal(called))


def _of_json(text: str, name: str) -> Iterator[Member] | None:
    """Return the objects of JSON lines, of a list, or of a list in an object; else None."""
    start = len(text) - len(text.lstrip())
    try:
        first, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    if text[end:].lstrip().startswith("{"):
        return objects_of((line.encode(errors=_BYTES) for line in text.split("\n")), name)
    if isinstance(first, list):
        is_of_objects = first and all(isinstance(one, dict) for one in first)
        return _of_list(text, start, name) if is_of_objects else None
    inner = _list_within(text, start)
    return _of_list(text, inner, name) if inner is not None else None


def _of_list(text: str, start: int, name: str) -> Iterator[Member]:
    """Yield the objects of the list that begins at `start`, each as it is written."""
    decoder, number, at = json.JSONDecoder(strict=False), 0, start + 1
    while (at := _next_shown(text, at)) < len(text) and text[at] == "{":
        _value, end = decoder.raw_decode(text, at)
        number += 1
        yield Member(f"{name}, {number}", text[at:end].encode(errors=_BYTES))
        at = _next_shown(text, end) + 1


def _list_within(text: str, start: int) -> int | None:
    """Return where a list of objects begins in the object at `start`, under a name for such."""
    decoder, at = json.JSONDecoder(strict=False), start + 1
    while (at := _next_shown(text, at)) < len(text) and text[at] == '"':
        key, at = decoder.raw_decode(text, at)
        at = _next_shown(text, _next_shown(text, at) + 1)
        value, end = decoder.raw_decode(text, at)
        if key in _LISTS and isinstance(value, list) and value:
            return at if all(isinstance(one, dict) for one in value) else None
        at = _next_shown(text, end) + 1
    return None


def _next_shown(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _in_archive(raw: bytes, name: str, room: _Room) -> Iterator[Member]:
    archive = opened(raw, name)
    if is_book(archive):
        return chapters_of(archive, name)
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename in _OFFICE for entry in entries):
        raise NotText(
            "%(name)s is an office document, not plain text; nothing was imported.",
            name=name,
        )
    room.files -= len(entries)
    if room.files < 0:
        raise SourceTooLarge(_TOO_MANY, name=name, limit=f"{MAX_MEMBERS:,}")
    return _unpacked(archive, entries, name, room)


def _unpacked(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, room: _Room
) -> Iterator[Member]:
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.parts[:1] == ("__MACOSX",) or path.name.startswith("."):
            continue
        if path.suffix.lower() in _OF_PAGES:
            continue
        called = f"{name}: {'/'.join(part for part in path.parts if part not in _NO_FOLDERS)}"
        if path.suffix.lower() not in READABLE:
            yield Member(called, b"", NotText(_UNKNOWN, name=called))
            continue
        try:
            content = content_of(archive, entry, called, room.bytes)
            room.bytes -= len(content)
            inner = _inside(content, called, room)
            if inner is None:
                yield Member(called, content)
            else:
                yield from inner
        except ImportRefused as refusal:
            yield Member(called, b"", refusal)


def _inside(content: bytes, name: str, room: _Room) -> Iterator[Member] | None:
    """Return the sources in a file of an archive, or None when it is one itself."""
    if not content.startswith(ARCHIVE_BYTES):
        return members_of(content, name)
    return _nested(content, name, room)


def _nested(content: bytes, name: str, room: _Room) -> Iterator[Member]:
    if room.depth == MOST_WITHIN:
        raise NotText(_NESTED, name=name, depth=MOST_WITHIN + 1)
    room.depth += 1
    try:
        yield from _in_archive(content, name, room)
    finally:
        room.depth -= 1
