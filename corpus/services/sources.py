"""Keeping the bytes of what is imported, each once."""

import hashlib
from dataclasses import dataclass

from corpus.importing.read import encoding_of
from corpus.models import SourceFile
from corpus.permissions import Viewer

_LONGEST_NAME = 255
# So much of a pasted text is its name.
_NAMED_BY = 60


@dataclass(frozen=True)
class SourceBytes:
    """A file to import: its name, its bytes, and where it was fetched from, if anywhere."""

    name: str
    content: bytes
    origin_url: str = ""


def pasted(text: str) -> SourceBytes:
    """Return a pasted text as a file that is called by its first words."""
    words = " ".join(text[: 10 * _NAMED_BY].split())
    name = words if len(words) <= _NAMED_BY else f"{words[:_NAMED_BY].rsplit(' ', 1)[0]}…"
    return SourceBytes(name or "Pasted text", text.encode("utf-8", "replace"))


def kept_source(viewer: Viewer, source: SourceBytes) -> SourceFile:
    """Return the stored file with these bytes, under the name that it first came with."""
    sha256 = hashlib.sha256(source.content).hexdigest()
    known = SourceFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    return SourceFile.objects.create(
        sha256=sha256,
        name=source.name[:_LONGEST_NAME],
        encoding=encoding_of(source.content),
        origin_url=source.origin_url,
        content=source.content,
        size=len(source.content),
        imported_by_id=viewer.user_id,
    )
