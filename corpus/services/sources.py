"""Keeping the bytes of what is imported, each once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from corpus.importing.aside import Asked
from corpus.importing.formats import forced_format
from corpus.importing.proposal import Proposal
from corpus.importing.read import encoding_of, media_type_of
from corpus.models import SourceFile
from corpus.permissions import Viewer

SAME = "%(name)s is the same as %(other)s, which is read once."
"""Why a file is not read, in English: its bytes came with another name."""

LONGEST_NOTE = 200
"""Characters of what an import is called."""

_LONGEST_NAME = 255
_STORED_AT_ONCE = 50
# So much of the first line of a pasted text is its name.
_NAMED_BY = 60
# What Markdown and quoted mail begin a line with.
_MARKS = " \t#>*_-"


@dataclass(frozen=True)
class SourceBytes:
    """A file to import: its name, its bytes, and where it was fetched from, if anywhere.

    `format` is what it has to be read as, "" for what its content tells: see `taken_as`, and
    `corpus.importing.columns` for records of a data set.
    """

    name: str
    content: bytes
    origin_url: str = ""
    format: str = ""

    def asked(self) -> Asked:
        """Return it as it is read."""
        return Asked(self.content, self.name, self.origin_url, self.format)


def taken_as(source: SourceBytes, asked: str) -> SourceBytes:
    """Return the file so that it is read as `asked`, one of `formats.FORMATS`, "" for none.

    Raises NotText for one that cannot be.
    """
    return replace(source, format=forced_format(source.content, source.name, asked))


def pasted(text: str) -> SourceBytes:
    """Return a pasted text as a file that is called by its first line."""
    return SourceBytes(name_of_pasted(text), text.encode("utf-8", "replace"))


def name_of_pasted(text: str) -> str:
    """Return the first words of `text`, none of a second line."""
    lines = text[: 10 * _NAMED_BY].splitlines()
    words = next((" ".join(line.split()) for line in lines if line.strip(_MARKS)), "").strip(_MARKS)
    if len(words) > _NAMED_BY:
        words = f"{words[:_NAMED_BY].rsplit(' ', 1)[0]}…"
    return words or "Pasted text"


def called_by_articles(proposals: Sequence[Proposal], name: str) -> str:
    """Return what the import of the file `name` is called by the articles in it."""
    first = proposals[0].title.value if proposals else ""
    return with_the_rest(first or name, len(proposals))


def with_the_rest(name: str, count: int) -> str:
    """Return what `count` things are called of which the first is `name`."""
    more = count - 1
    return _("%(name)s and %(count)d more") % {"name": name, "count": more} if more > 0 else name


def sum_of(source: SourceBytes) -> str:
    """Return the SHA-256 (hex) by which the bytes are known."""
    return hashlib.sha256(source.content).hexdigest()


def kept_source(viewer: Viewer, source: SourceBytes) -> SourceFile:
    """Return the stored file with these bytes, under the name that it first came with."""
    (file,) = kept_sources(viewer, [source])
    return file


def kept_sources(viewer: Viewer, sources: Sequence[SourceBytes]) -> list[SourceFile]:
    """Return for each of `sources` what `kept_source` does, in a few queries."""
    return kept_bytes(viewer.user_id, sources)


def kept_bytes(user_id: int | None, sources: Sequence[SourceBytes]) -> list[SourceFile]:
    """Return the stored files as `kept_sources` does, for the account that gave them."""
    keys = [(sum_of(source), source.format) for source in sources]
    rows = SourceFile.objects.defer("content").filter(sha256__in={sha256 for sha256, _ in keys})
    known = {(file.sha256, file.format): file for file in rows}
    fresh = {}
    for key, source in zip(keys, sources, strict=True):
        if key not in known and key not in fresh:
            fresh[key] = SourceFile(
                sha256=key[0],
                name=source.name[:_LONGEST_NAME],
                media_type=media_type_of(source.content),
                encoding=encoding_of(source.content),
                origin_url=source.origin_url,
                content=source.content,
                format=source.format,
                size=len(source.content),
                imported_by_id=user_id,
            )
    SourceFile.objects.bulk_create(fresh.values(), batch_size=_STORED_AT_ONCE)
    return [known.get(key) or fresh[key] for key in keys]
