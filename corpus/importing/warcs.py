"""Web archives (WARC), plain or gzipped record by record: the pages in them, with address and day.

Of each answer that was kept the page is unpacked as it was sent: in chunks, gzipped.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.importing.archives import Member
from corpus.importing.charsets import in_utf8
from corpus.importing.errors import NotText, SourceTooLarge
from corpus.importing.read import MAX_SOURCE_BYTES

MAX_PAGES = 20_000
MAX_UNPACKED = 200 * 1024 * 1024
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_GZIP = b"\x1f\x8b"
_AT_ONCE = 65_536
_LONGEST_HEAD = 65_536
_FIRST = re.compile(rb"WARC/\d\.\d+\r?\n")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,1000}\r?\n")
_PAGES = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/[\d.]+ (\d{3})[^\r\n]{0,1000}\r?\n")
_SIZE = re.compile(r"\d{1,12}")
_BETWEEN = re.compile(rb"[\r\n]*")
_DAMAGED = "%(name)s is a web archive that is damaged; the rest of it was not imported."
_GROWS = "%(name)s is too large when it is unpacked; it was not imported."
_UNPACKED = "%(name)s cannot be unpacked; it was not imported."
_NO_PAGE = "%(name)s is a web archive without a page; nothing was imported."


@dataclass(frozen=True)
class _Record:
    """One record of an archive: its fields by their names in small letters, and its bytes."""

    fields: Mapping[str, str]
    block: bytes


def is_web_archive(raw: bytes) -> bool:
    """Say whether the bytes are a web archive, plain or gzipped."""
    if not raw.startswith(_GZIP):
        return _FIRST.match(raw) is not None
    try:
        head = zlib.decompressobj(_GZIP_WINDOW).decompress(raw[:_AT_ONCE], 64)
    except zlib.error:
        return False
    return _FIRST.match(head) is not None


def pages_of(raw: bytes, name: str) -> Iterator[Member]:
    """Yield the pages that the archive holds, in order.

    Raises NotText or SourceTooLarge, also while they are asked for one by one.
    """
    number = 0
    for record in _records(_whole(raw, name), name):
        answer = _answer(record)
        if answer is None:
            continue
        number += 1
        if number > MAX_PAGES:
            raise SourceTooLarge(
                "%(name)s holds more than %(limit)s articles; split it and import the parts.",
                name=name,
                limit=f"{MAX_PAGES:,}",
            )
        called = f"{name}, {number}"
        url = record.fields.get("warc-target-uri", "").strip("<>")
        try:
            page = in_utf8(_unpacked(*answer, called), answer[0].get("content-type", ""))
        except (NotText, SourceTooLarge) as refusal:
            yield Member(called, b"", refusal)
            continue
        yield Member(called, page, origin_url=url if url.startswith("http") else "")
    if not number:
        raise NotText(_NO_PAGE, name=name)


def _whole(raw: bytes, name: str) -> bytes:
    """Return the archive unpacked: one gzipped member after the other, cut off or not."""
    if not raw.startswith(_GZIP):
        return raw
    whole, at = bytearray(), 0
    while raw.startswith(_GZIP, at):
        unpacking = zlib.decompressobj(_GZIP_WINDOW)
        while not unpacking.eof:
            given = raw[at : at + _AT_ONCE]
            at += len(given)
            try:
                whole += unpacking.decompress(given, MAX_UNPACKED - len(whole) + 1)
            except zlib.error:
                return bytes(whole)
            if len(whole) > MAX_UNPACKED:
                raise SourceTooLarge(_GROWS, name=name)
            if not given:
                return bytes(whole)
        at -= len(unpacking.unused_data)
    return bytes(whole)


def _records(whole: bytes, name: str) -> Iterator[_Record]:
    """Yield the records in order; where one is cut off or none begins, the archive is damaged."""
    at = 0
    while (first := _FIRST.match(whole, at)) is not None:
        end = _HEAD_ENDS.search(whole, first.end(), first.end() + _LONGEST_HEAD)
        fields = _fields(whole[first.end() : end.start()]) if end else {}
        size = fields.get("content-length", "")
        if end is None or not _SIZE.fullmatch(size) or end.end() + int(size) > len(whole):
            break
        at = end.end() + int(size)
        yield _Record(fields, whole[end.end() : at])
        at = _BETWEEN.match(whole, at).end()  # type: ignore[union-attr]  # it matches nothing too
    if at < len(whole) or not at:
        raise NotText(_DAMAGED, name=name)


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): words.strip() for name, _colon, words in lines}


def _answer(record: _Record) -> tuple[Mapping[str, str], bytes] | None:
    """Return the fields and the bytes of a page that was kept, None for anything else."""
    kind = record.fields.get("warc-type")
    if kind == "resource":
        fields, body = {"content-type": record.fields.get("content-type", "")}, record.block
    elif kind == "response" and (status := _STATUS.match(record.block)) is not None:
        end = _HEAD_ENDS.search(record.block, 0, _LONGEST_HEAD)
        if end is None or status[1] != b"200":
            return None
        fields, body = _fields(record.block[status.end() : end.start()]), record.block[end.end() :]
    else:
        return None
    return (fields, body) if fields.get("content-type", "").lower().startswith(_PAGES) else None


def _unpacked(fields: Mapping[str, str], body: bytes, name: str) -> bytes:
    """Return the page without its chunks and its packing.

    An archive may say how the page came though it keeps it unpacked: then it is what it is.
    """
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    packing = fields.get("content-encoding", "").lower()
    if packing == "br" and not body.lstrip().startswith(b"<"):
        raise NotText(_UNPACKED, name=name)
    if body.startswith(_GZIP) or (packing == "deflate" and not body.lstrip().startswith(b"<")):
        window = _GZIP_WINDOW if body.startswith(_GZIP) else zlib.MAX_WBITS
        try:
            body = zlib.decompressobj(window).decompress(body, MAX_SOURCE_BYTES + 1)
        except zlib.error:
            raise NotText(_UNPACKED, name=name) from None
    if len(body) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(_GROWS, name=name)
    return body


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body put together; a body without them is itself."""
    parts: list[bytes] = []
    at = 0
    while (chunk := _CHUNK.match(body, at)) is not None:
        size = int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[chunk.end() : chunk.end() + size])
        at = chunk.end() + size
    return b"".join(parts) or body
