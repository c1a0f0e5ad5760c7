"""Taking in files and pasted texts for curators to look at; they are read in proposing.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.models import ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.permissions import Viewer, allowed
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.jobs import enqueue
from corpus.services.reviewing import set_fact
from corpus.services.sources import (
    LONGEST_NOTE,
    SAME,
    SourceBytes,
    kept_sources,
    with_the_rest,
)
from corpus.text.addresses import address_key

MAX_FILES = 2_000
MAX_BATCH_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Received:
    """An import of files; `is_new` is false when these very bytes are an import already.

    `address` says what became of one that was given with them then: "kept" where it was
    decided to be that of the text, "unused" where that could not be, else "".
    """

    batch: ImportBatch
    is_new: bool
    address: Literal["", "kept", "unused"] = ""


def check_sizes(files: Sequence[tuple[str, int]]) -> None:
    """Raise Invalid, naming what is wrong, unless files of these names and sizes can be taken.

    Sizes are in bytes; nothing has to be read for it.
    """
    if not files:
        raise _unfit(_("Paste a text or choose a file first."))
    if len(files) > MAX_FILES:
        raise _unfit(
            _("%(count)d files are too many at once; the most are %(limit)d.")
            % {"count": len(files), "limit": MAX_FILES}
        )
    for name, size in files:
        if size > MAX_SOURCE_BYTES:
            raise _unfit(
                _("%(name)s is larger than %(limit)d MB; split it and import the parts.")
                % {"name": name, "limit": MAX_SOURCE_BYTES // _MEGABYTE}
            )
    if sum(size for _name, size in files) > MAX_BATCH_BYTES:
        raise _unfit(
            _("These files are larger than %(limit)d MB together; import them in parts.")
            % {"limit": MAX_BATCH_BYTES // _MEGABYTE}
        )


def create_batch(viewer: Viewer, sources: Sequence[SourceBytes], note: str = "") -> Received:
    """Keep the files and have them read in the background; return their import.

    What these bytes are an import of already is returned instead, and nothing is stored but
    the address that came with them, as a decision about their text. Raises NotAllowed, and
    Invalid for too many or too large files.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    check_sizes([(source.name, len(source.content)) for source in sources])
    with transaction.atomic():
        one_text_at_a_time()
        files = kept_sources(viewer, sources)
        said = _said_anew(sources, files)
        before = _import_of(files)
        if before is None:
            called = note or with_the_rest(sources[0].name, len(sources))
            batch = ImportBatch.objects.create(
                created_by_id=viewer.user_id, note=called[:LONGEST_NOTE]
            )
            ImportFile.objects.bulk_create(_arrivals(batch, sources, files))
            _have_read(viewer, batch, {"address": said} if said else {})
            return Received(batch, is_new=True)
    return Received(before, is_new=False, address=_decided(viewer, before, said))


def _have_read(viewer: Viewer, batch: ImportBatch, told: dict[str, str]) -> None:
    enqueue(viewer, "import.read", told, subject=batch.id, fingerprint=f"read:{batch.id}")
    after = {"note": batch.note, "files": batch.files.count()}
    record(viewer.user_id, "import.received", batch, after=after)


def _unfit(sentence: str) -> Invalid:
    return Invalid(sentence, files=sentence)


def _import_of(files: Sequence[SourceFile]) -> ImportBatch | None:
    """Return the newest import of exactly these files, or None."""
    wanted = {file.id for file in files}
    batches = ImportBatch.objects.filter(files__source=files[0]).distinct()
    for batch in batches.order_by("-created_at"):
        given = batch.files.filter(within__isnull=True)
        if set(given.values_list("source_id", flat=True)) == wanted:
            return batch
    return None


def _said_anew(sources: Sequence[SourceBytes], files: Sequence[SourceFile]) -> str:
    """Return the address that came with one file when its bytes were kept with another, or ""."""
    if len(sources) != 1 or sources[0].origin_url == files[0].origin_url:
        return ""
    return sources[0].origin_url


def _decided(viewer: Viewer, batch: ImportBatch, address: str) -> Literal["", "kept", "unused"]:
    """Let `address` be that of the one text of an earlier import, while it waits."""
    if not address:
        return ""
    few = list(ImportCandidate.objects.filter(batch=batch)[:2])
    if [candidate.state for candidate in few] != [ImportCandidate.State.PENDING]:
        known = few[0].article if len(few) == 1 else None
        return (
            "" if known and address_key(known.canonical_url) == address_key(address) else "unused"
        )
    set_fact(viewer, few[0], "url", address, counter=few[0].counter)
    return "kept"


def _arrivals(
    batch: ImportBatch, sources: Sequence[SourceBytes], files: Sequence[SourceFile]
) -> Iterator[ImportFile]:
    """Yield a row for each file; bytes that came before in the same import are read once."""
    first: dict[object, str] = {}
    for position, (source, file) in enumerate(zip(sources, files, strict=True), start=1):
        row = ImportFile(
            batch=batch, source=file, name=source.name[:_LONGEST_NAME], position=position
        )
        if file.id in first:
            row.state = ImportFile.State.REFUSED
            row.problem = SAME
            row.problem_values = {"name": row.name, "other": first[file.id]}
        first.setdefault(file.id, row.name)
        yield row
