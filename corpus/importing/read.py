"""Stage one: bytes to text, saying which encoding was found and whether it was a guess."""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.importing.charsets import encoding_named
from corpus.importing.decoding import GUESSED, decoded
from corpus.importing.errors import EmptySource, NotText, SourceTooLarge
from corpus.importing.known import NOTHING_KNOWN, Known
from corpus.importing.proposal import Flag
from corpus.text.patterns import when_used
from corpus.text.spans import is_blank, normalise

if TYPE_CHECKING:
    from corpus.importing.pages.reading import Page
    from corpus.importing.pdf import Document
    from corpus.importing.records import Record

    Form = Page | Record | Document

MAX_SOURCE_BYTES = 20 * 1024 * 1024

ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf")
"""How the names of files that can be read end; the content alone tells what each is."""

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_IMAGE = "%(name)s is an image, not plain text; nothing was imported."
_OTHER_FORMATS = (
    (b"PK\x03\x04", "%(name)s is an archive, not a text; nothing was imported."),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (
        b"\xd0\xcf\x11\xe0",
        "%(name)s is an old office document, not plain text; nothing was imported.",
    ),
    (b"\x1f\x8b", "%(name)s is a compressed file, not plain text; nothing was imported."),
)
PDF_BYTES = b"%PDF-"
"""How a PDF document begins."""
_EMPTY_COLUMN = (
    "%(name)s holds nothing in “%(column)s”, the column of its text; it was not imported."
)
_SUMMARY = "This is only a summary: the whole article stands elsewhere."
# Control characters but those that plain text files use: tab, line feeds, form feed.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# No script sets so many marks on one letter; putting them in order would take very long.
_piled_up = when_used(r"\p{M}{500}")
# A page begins so, behind blanks and comments, or has the parts of one near its beginning.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*>|<!--.{0,2000}?-->)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = re.compile(
    rb"(?:[\w-]+:(?s:.(?!\n\r?\n))*?^)?content-type:\s*multipart/related",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_BYTES = 8192
# Escape sequences of a terminal log stay under this share of the characters, binaries do not.
_MAX_CONTROL_SHARE = 0.01


@dataclass(frozen=True)
class Source:
    """A source file as text: NFC, line feeds, no byte order mark. Source offsets count in `text`.

    `guessed` is true when the bytes do not prove the encoding. `origin_url` is the address that
    was given with the source or that it was fetched from, "" for none. `form` is the web page
    or the record that `text` shows, None for a plain text. `doubts` are what a curator should
    look at in all of it.
    """

    name: str
    text: str
    encoding: str
    guessed: bool
    origin_url: str = ""
    form: "Form | None" = None
    doubts: tuple[Flag, ...] = ()

    @cached_property
    def known(self) -> Known:
        """What the format tells of the lines; nothing in a plain text."""
        return self.form.known if self.form else NOTHING_KNOWN


def read_source(raw: bytes, name: str, *, origin_url: str = "", as_format: str = "") -> Source:
    """Return the text of the bytes: strict UTF-8, else by byte order mark, else Windows-1252.

    UTF-8 that few bytes damage stays UTF-8, with DAMAGED in their places.

    UTF-16 without a mark is known by its zeros, as far as the script is Latin.

    Of a web page (HTML, or an archive of one as MHTML) it is the text that it shows, a line for
    each of its blocks, and the page is asked for its encoding; of a PDF document it is its
    lines, page by page. With `as_format` ("text", "html", "markdown", or the mapping of its
    columns as `columns.written` gives it) it is read as that, whatever its content tells.
    Raises EmptySource, NotText or SourceTooLarge.
    """
    if len(raw) > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // (1024 * 1024)
        raise SourceTooLarge(
            "%(name)s is larger than %(limit)d MB; split it and import the parts.",
            name=name,
            limit=limit,
        )
    for magic, sentence in _OTHER_FORMATS:
        if raw.startswith(magic):
            raise NotText(sentence, name=name)
    if raw.startswith(PDF_BYTES) and not as_format:
        from corpus.importing.pdf import document_of

        document = document_of(raw, name)
        doubts = document.doubts
        return Source(name, document.text, "", False, origin_url, document, doubts)
    if as_format == "html" or (is_page(raw) and not as_format):
        return _page(raw, name, origin_url)
    text, encoding = decoded(raw, name)
    _refuse_binary(text, name)
    record = _record(text, name, as_format)
    if record is not None:
        guessed = encoding in GUESSED
        form, doubts = record
        return Source(name, form.text, encoding, guessed, origin_url, form, doubts)
    text = normalise(text.removeprefix("\ufeff"))
    if is_blank(text):
        raise EmptySource("%(name)s holds no words; nothing was imported.", name=name)
    return Source(name, text, encoding, guessed=encoding in GUESSED, origin_url=origin_url)


def is_page(raw: bytes) -> bool:
    """Say whether the bytes are a web page: HTML, or an archive of one as MHTML."""
    head = _narrow(raw[:_HEAD_BYTES])
    return _PAGE.match(head) is not None or _ARCHIVE.match(head) is not None


def media_type_of(raw: bytes) -> str:
    """Return the media type of a file, as its first bytes tell it."""
    if raw.startswith(b"PK\x03\x04"):
        return "application/zip"
    if raw.startswith(PDF_BYTES):
        return "application/pdf"
    if is_page(raw):
        return "text/html"
    is_json = raw[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return "application/json" if is_json else "text/plain"


def _narrow(head: bytes) -> bytes:
    """Return the beginning of a file without the zeros of UTF-16."""
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head[2:].replace(b"\0", b"") if is_wide else head


def _page(raw: bytes, name: str, origin_url: str) -> Source:
    from corpus.importing.pages.reading import page_of, unpacked

    named, address = "", ""
    if _ARCHIVE.match(raw[:_HEAD_BYTES]):
        try:
            raw, named, address = unpacked(raw)
        except LookupError:
            raise NotText(
                "%(name)s is an archive without a page; nothing was imported.", name=name
            ) from None
    named = named or encoding_named(raw)
    text, encoding = decoded(raw, name, named)
    _refuse_binary(text, name)
    page = page_of(text.removeprefix("\ufeff"), name, origin_url or address)
    if not page.has_words:
        raise EmptySource("%(name)s holds no words; nothing was imported.", name=name)
    is_guessed = encoding in GUESSED and not named
    address = origin_url or address
    return Source(name, page.text, encoding, is_guessed, address, page, page.doubts)


def _record(text: str, name: str, as_format: str) -> "tuple[Form, tuple[Flag, ...]] | None":
    """Return the record of a data set that the text is, and what to look at; None for others."""
    if as_format == "text":
        return None
    from corpus.importing import columns, front, records
    from corpus.importing.pages.reading import part_of_page

    mapping = columns.mapping_in(as_format)
    parted = front.parted(text) if mapping is None else None
    if parted is None and as_format == "markdown":
        parted = {}, text.removeprefix("\ufeff")
    if parted is not None:
        known = records.told_by_columns(parted[0], "", "front_matter")
        return _shown(part_of_page(front.markup_of(parted[1], name), name, known), name), ()
    fields = records.fields_of_json(text)
    if fields is None:
        fields = records.fields_of_table(text)
    if fields is None:
        return None
    if mapping is not None:
        fields = columns.mapped(fields, mapping)
    column = records.text_column(fields) if mapping is None else "text" * ("text" in fields)
    is_summary = records.column_key(column) in records.SUMMARY_COLUMNS
    if empty := columns.empty_column(text, column, mapping):
        raise EmptySource(_EMPTY_COLUMN, name=name, column=empty)
    if not column:
        raise NotText(
            "No column of %(name)s holds the text of an article; nothing was imported.", name=name
        )
    known = records.told_by_columns(fields, column)
    words = fields[column]
    is_markup = records.is_markup(words)
    form = part_of_page(words, name, known) if is_markup else records.record_of(words, known)
    return _shown(form, name), ((Flag("summary_only", 0, 0, _SUMMARY),) if is_summary else ())


def _shown(form: "Form", name: str) -> "Form":
    if not form.has_words:
        raise EmptySource("%(name)s holds no words; nothing was imported.", name=name)
    return form


def encoding_of(raw: bytes) -> str:
    """Return the encoding that `read_source` would take the bytes to be in, "" for none."""
    if raw.startswith(PDF_BYTES):
        return ""
    try:
        return decoded(raw, "")[1]
    except NotText:
        return ""


def _refuse_binary(text: str, name: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > _MAX_CONTROL_SHARE * len(text) or _piled_up().search(text):
        raise NotText(
            "%(name)s looks like a binary file, not text; nothing was imported.", name=name
        )
