"""The encodings that web pages and the servers they come from name."""

import re

_IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_IN_ANSWER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_OF_WORDS = ("text/html", "application/xhtml+xml", "text/plain")


def encoding_named(raw: bytes) -> str:
    """Return the encoding that a page names for itself, "" for none."""
    match = _IN_PAGE.search(raw, 0, _HEAD_BYTES)
    return match[1].decode("ascii") if match else ""


def in_utf8(content: bytes, kind: str) -> bytes:
    """Return a page or a text in UTF-8 if only `kind`, its content type, tells its encoding.

    What names its encoding itself, or is UTF-8 whatever its server says, stays byte for byte.
    """
    named = _IN_ANSWER.search(kind)
    if named is None or not kind.strip().lower().startswith(_OF_WORDS) or encoding_named(content):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        pass
    else:
        return content
    try:
        return content.decode(named[1]).encode()
    except (UnicodeError, LookupError):
        return content
