"""Files within ZIP archives, unpacked in bounded size."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from corpus.importing.errors import ImportRefused, NotText, SourceTooLarge
from corpus.importing.read import MAX_SOURCE_BYTES

MAX_UNPACKED_BYTES = 500 * 1024 * 1024
# A file that grows so much while it is unpacked was made to.
_MOST_GROWTH = 200
_HEAD_BYTES = 65_536
_DAMAGED = "%(name)s is a ZIP archive that is damaged; nothing was imported."
_LOCKED = "%(name)s is locked or damaged; it was not imported."
_GROWS = "%(name)s is too large when it is unpacked; it was not imported."


@dataclass(frozen=True)
class Member:
    """One source within a file: what it is called, and its bytes.

    `refusal` says why it cannot be read, None when it can; `origin_url` where it was fetched
    from, "" if the file does not say.
    """

    name: str
    content: bytes
    refusal: ImportRefused | None = None
    origin_url: str = ""


def opened(raw: bytes, name: str) -> zipfile.ZipFile:
    """Return the archive that the bytes are; raises NotText for one that is damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError):
        raise NotText(_DAMAGED, name=name) from None


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """Return the bytes of a file in an archive, at most `left` and what one source may have."""
    most = min(MAX_SOURCE_BYTES, left, max(_MOST_GROWTH * entry.compress_size, _HEAD_BYTES))
    try:
        with archive.open(entry) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise NotText(_LOCKED, name=name) from None
    if len(content) > most:
        raise SourceTooLarge(_GROWS, name=name)
    return content
