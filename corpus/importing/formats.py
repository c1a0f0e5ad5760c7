"""What a file is taken for: told by its content, unless somebody says what it is.

A file can be read as a plain text, as a web page or as Markdown whatever it looks like. Saying
another format only makes sure: a file that is none of that kind is refused.
"""

from typing import Literal

from corpus.importing.archives import opened
from corpus.importing.books import is_book
from corpus.importing.containers import ARCHIVE_BYTES
from corpus.importing.decoding import decoded
from corpus.importing.errors import ImportRefused, NotText
from corpus.importing.feeds import is_feed
from corpus.importing.front import parted
from corpus.importing.read import PDF_BYTES, is_page
from corpus.importing.records import delimiter_of
from corpus.importing.warcs import is_web_archive

Forced = Literal["", "text", "html", "markdown"]

FORMATS = ("text", "html", "markdown", "pdf", "json", "csv", "feed", "epub", "warc", "zip")
"""The formats that can be asked for by name."""

_FORCED: dict[str, Forced] = {"text": "text", "html": "html", "markdown": "markdown"}


def format_of(raw: bytes, name: str) -> str:
    """Return which of FORMATS the content is, as far as its beginning tells; never raises."""
    if raw.startswith(ARCHIVE_BYTES):
        try:
            return "epub" if is_book(opened(raw, name)) else "zip"
        except ImportRefused:
            return "zip"
    if is_web_archive(raw):
        return "warc"
    if raw.startswith(PDF_BYTES):
        return "pdf"
    if is_page(raw):
        return "html"
    if is_feed(raw):
        return "feed"
    try:
        text, _encoding = decoded(raw, name)
    except ImportRefused:
        return "text"
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    if delimiter_of(text, name):
        return "csv"
    return "markdown" if parted(text) else "text"


def forced_format(raw: bytes, name: str, asked: str) -> Forced:
    """Return what the file has to be read as so that it is taken for `asked`, one of FORMATS.

    "" where its content tells that, or nothing was `asked`. Raises NotText for a file that is
    none of the kind.
    """
    if not asked or asked == format_of(raw, name):
        return ""
    if asked in _FORCED:
        return _FORCED[asked]
    raise NotText(
        "%(name)s cannot be read as %(format)s; nothing was imported.", name=name, format=asked
    )
