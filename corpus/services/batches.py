"""Taking in files and pasted texts for curators to look at, and reading them in the background."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.errors import Invalid, NotAllowed
from corpus.importing.decisions import NOTHING_DECIDED, Decisions
from corpus.importing.errors import ImportRefused
from corpus.importing.facts import checked_fact
from corpus.importing.limits import check_parts, check_source
from corpus.importing.pipeline import articles_in, interpret
from corpus.importing.proposal import Proposal, digest
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.models import ImportBatch, ImportCandidate, ImportFile, Job, SourceFile
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.recognition import (
    BY_TEXT,
    Incoming,
    articles_that_had,
    articles_with_texts,
)
from corpus.services.candidates import note_doubts, note_likeness
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.faults import faults_told
from corpus.services.jobs import enqueue
from corpus.services.newcomers import Newcomers
from corpus.services.opening import opened
from corpus.services.reviewing import set_fact
from corpus.services.sources import (
    SAME,
    SourceBytes,
    called_by_articles,
    kept_sources,
    name_of_pasted,
    with_the_rest,
)
from corpus.services.work import Progress, work
from corpus.text.addresses import address_key
from corpus.text.cut import CutText

MAX_FILES = 2_000
MAX_BATCH_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 255
# Bytes of a text that tell if it was pasted: it is called by its first line then.
_READ_FOR_NAME = 4096
_LONGEST_NOTE = 200

# So many files are stored together, fewer when they take so long to read.
_AT_ONCE = 20
_SECONDS_AT_ONCE = 0.5

# What a part of a file proposes, and what was decided about it as it came.
_Found = tuple[Proposal, Decisions]


@dataclass(frozen=True)
class _Read:
    """A file, in the state that it has once it is read, and what was found in it."""

    file: ImportFile
    found: Sequence[_Found]


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
                created_by_id=viewer.user_id, note=called[:_LONGEST_NOTE]
            )
            ImportFile.objects.bulk_create(_arrivals(batch, sources, files))
            _have_read(viewer, batch, {"address": said} if said else {})
            return Received(batch, is_new=True)
    return Received(before, is_new=False, address=_decided(viewer, before, said))


@work("import.read", label=gettext_lazy("Reading an import"))
def read_batch(job: Job, progress: Progress) -> str:
    """Read each file that still waits; a crash in between loses and doubles none."""
    files = ImportFile.objects.filter(batch_id=job.subject).select_related("source", "batch")
    waiting = files.filter(state=ImportFile.State.WAITING)
    progress.of(waiting.count())
    read = 0
    while some := _read_some(waiting, progress, job.arguments.get("address", "")):
        _store(some, progress)
        progress.step(len(some))
        read += len(some)
        progress.of(read + waiting.count())
    found = ImportCandidate.objects.filter(batch_id=job.subject).count()
    refused = files.filter(state=ImportFile.State.REFUSED).count()
    told = ngettext("%(count)d article was found.", "%(count)d articles were found.", found)
    if not refused:
        return told % {"count": found}
    also = ngettext(
        "%(count)d file could not be read.", "%(count)d files could not be read.", refused
    )
    return f"{told % {'count': found}} {also % {'count': refused}}"


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


def _read_some(waiting: QuerySet[ImportFile], progress: Progress, address: str) -> list[_Read]:
    """Read the next of the files that are `waiting`, as many as are stored together.

    One by one: a file that is opened lets others wait behind it. `address` is that of the text
    of a file that came by itself, "" unless a curator says so.
    """
    some: list[_Read] = []
    began = time.monotonic()
    while len(some) < _AT_ONCE and time.monotonic() - began < _SECONDS_AT_ONCE:
        last = some[-1].file.position if some else 0
        file = waiting.filter(position__gt=last).order_by("position").first()
        if file is None:
            break
        progress.step(0, told=file.name)
        some.append(_read(file, progress, "" if file.within_id else address))
    return some


def _read(file: ImportFile, progress: Progress, address: str) -> _Read:
    """Return the file with what it proposes, or why it was refused: in the state it has then."""
    file.state = ImportFile.State.READ
    found: list[_Found] = []
    try:
        with faults_told(file.name):
            if opened(file, progress):
                file.state = ImportFile.State.OPENED
            else:
                found = list(_proposals(file, progress, address))
    except ImportRefused as refusal:
        file.state = ImportFile.State.REFUSED
        file.problem, file.problem_values = refusal.sentence, dict(refusal.values)
    return _Read(file, found)


def _store(some: Sequence[_Read], progress: Progress) -> None:
    """Store what the files propose, or why they were refused; nothing of what was done already."""
    proposed = _candidates(some)
    with transaction.atomic():
        progress.hold()
        locked = ImportFile.objects.select_for_update().filter(
            pk__in=[read.file.pk for read in some], state=ImportFile.State.WAITING
        )
        still = set(locked.order_by("position").values_list("pk", flat=True))
        fresh = [read for read in some if read.file.pk in still]
        for read in fresh:
            read.file.save(update_fields=["state", "problem", "problem_values"])
            _call_by_articles(read.file, [proposal for proposal, _said in read.found])
        ImportCandidate.objects.bulk_create(
            candidate for read in fresh for candidate in proposed[read.file.pk]
        )


def _call_by_articles(file: ImportFile, proposals: Sequence[Proposal]) -> None:
    """Let an import that nobody named, and that was pasted, be called by what is in it."""
    head = bytes(file.source.content)[:_READ_FOR_NAME].decode(errors="replace")
    if proposals and file.batch.note == file.name == name_of_pasted(head):
        called = called_by_articles(proposals, file.name)
        ImportBatch.objects.filter(pk=file.batch_id).update(note=called[:_LONGEST_NOTE])


def _proposals(file: ImportFile, progress: Progress, address: str) -> Iterator[_Found]:
    source = file.source.read(file.name)
    check_source(source)
    parts = articles_in(source)
    check_parts(source, parts)
    is_said = bool(address) and len(parts) == 1
    said = Decisions(facts={"url": checked_fact("url", address)}) if is_said else NOTHING_DECIDED
    for part in parts:
        progress.step(0)
        yield interpret(source, part, said), said


def _candidates(some: Sequence[_Read]) -> dict[UUID, list[ImportCandidate]]:
    """Return by its file what was read as it is stored; the texts that are known are marked so."""
    coming = {
        read.file.pk: [
            Incoming(proposal, read.file.source, position, CutText(proposal.text))
            for position, (proposal, _said) in enumerate(read.found, start=1)
        ]
        for read in some
    }
    everything = [one for ones in coming.values() for one in ones]
    digests = {digest(one.proposal.text) for one in everything}
    known, undone = articles_with_texts(digests), articles_that_had(digests)
    newcomers = Newcomers(SYSTEM, everything)
    proposed: dict[UUID, list[ImportCandidate]] = {}
    for read in some:
        rows = proposed[read.file.pk] = []
        for one, (_proposal, said) in zip(coming[read.file.pk], read.found, strict=True):
            candidate = _candidate(read.file, one, said)
            article = known.get(candidate.digest)
            if candidate.digest in undone:
                candidate.updates, candidate.updates_reason = undone[candidate.digest], BY_TEXT
            elif article is None:
                note_likeness(candidate, newcomers.recognised(one))
            else:
                candidate.article = article
                if not article.is_withdrawn:
                    candidate.state = ImportCandidate.State.DUPLICATE
            note_doubts(candidate)
            rows.append(candidate)
    return proposed


def _candidate(file: ImportFile, one: Incoming, said: Decisions) -> ImportCandidate:
    return ImportCandidate(
        batch=file.batch,
        source=file.source,
        position=one.position,
        proposal=one.proposal.to_data(),
        decisions=said.to_data(),
        digest=digest(one.proposal.text),
        sketch=one.cut.sketch,
    )
