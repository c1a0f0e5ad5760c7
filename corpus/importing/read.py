"""Stage one: bytes to text, saying which encoding was found and whether it was a guess."""

import codecs
import re
from dataclasses import dataclass

from corpus.importing.errors import EmptySource, NotText, SourceTooLarge
from corpus.text.patterns import when_used
from corpus.text.spans import is_blank, normalise

MAX_SOURCE_BYTES = 20 * 1024 * 1024

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IMAGE = "%(name)s is an image, not plain text; nothing was imported."
_OTHER_FORMATS = (
    (b"%PDF", "%(name)s is a PDF document, not plain text; nothing was imported."),
    (
        b"PK\x03\x04",
        "%(name)s is a ZIP archive or an office document, not plain text; nothing was imported.",
    ),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (
        b"\xd0\xcf\x11\xe0",
        "%(name)s is an old office document, not plain text; nothing was imported.",
    ),
    (b"\x1f\x8b", "%(name)s is a compressed file, not plain text; nothing was imported."),
)
# Control characters but those that plain text files use: tab, line feeds, form feed.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# No script sets so many marks on one letter; putting them in order would take very long.
_piled_up = when_used(r"\p{M}{500}")
# Escape sequences of a terminal log stay under this share of the characters, binaries do not.
_MAX_CONTROL_SHARE = 0.01


@dataclass(frozen=True)
class Source:
    """A source file as text: NFC, line feeds, no byte order mark. Source offsets count in `text`.

    `guessed` is true when the bytes do not prove the encoding. `origin_url` is the address that
    was given with the source or that it was fetched from, "" for none.
    """

    name: str
    text: str
    encoding: str
    guessed: bool
    origin_url: str = ""


def read_source(raw: bytes, name: str, *, origin_url: str = "") -> Source:
    """Return the text of the bytes: strict UTF-8, else by byte order mark, else Windows-1252.

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
    text, encoding = _decode(raw, name)
    _refuse_binary(text, name)
    text = normalise(text.removeprefix("\ufeff"))
    if is_blank(text):
        raise EmptySource("%(name)s holds no words; nothing was imported.", name=name)
    return Source(name, text, encoding, guessed=encoding == "cp1252", origin_url=origin_url)


def encoding_of(raw: bytes) -> str:
    """Return the encoding that `read_source` would take the bytes to be in, "" for none."""
    try:
        return _decode(raw, "")[1]
    except NotText:
        return ""


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)]
    encoding = marked[0] if marked else "cp1252"
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        raise NotText(
            "%(name)s is no text in a known encoding; nothing was imported.", name=name
        ) from None


def _refuse_binary(text: str, name: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > _MAX_CONTROL_SHARE * len(text) or _piled_up().search(text):
        raise NotText(
            "%(name)s looks like a binary file, not text; nothing was imported.", name=name
        )
