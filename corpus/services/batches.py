"""Taking in files and pasted texts for curators to look at, and reading them in the background."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
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
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import BY_TEXT, articles_that_had, articles_with_texts
from corpus.services.candidates import note_doubts, note_likeness
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.jobs import enqueue
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
from corpus.text.sketches import sketch_of

MAX_FILES = 2_000
MAX_BATCH_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 255
# Bytes of a text that tell if it was pasted: it is called by its first line then.
_READ_FOR_NAME = 4096
_LONGEST_NOTE = 200

# What a part of a file proposes, and what was decided about it as it came.
_Read = tuple[Proposal, Decisions]


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
    # One by one: a file that is opened lets others wait behind it.
    while (file := waiting.order_by("position").first()) is not None:
        progress.step(0, told=file.name)
        _read(file, progress, "" if file.within_id else job.arguments.get("address", ""))
        progress.step()
        read += 1
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


def _read(file: ImportFile, progress: Progress, address: str) -> None:
    """Store what the file proposes, or why it was refused; nothing if that was done already.

    `address` is that of its text, when there is one text in it, "" unless a curator says so.
    """
    state = ImportFile.State.READ
    try:
        if opened(file, progress):
            proposals, state = [], ImportFile.State.OPENED
        else:
            proposals = list(_proposals(file, progress, address))
    except ImportRefused as refusal:
        proposals, candidates, state = [], [], ImportFile.State.REFUSED
        problem, values = refusal.sentence, dict(refusal.values)
    else:
        candidates, problem, values = _candidates(file, proposals), "", {}
    with transaction.atomic():
        progress.hold()
        stored = ImportFile.objects.select_for_update().get(pk=file.pk)
        if stored.state != ImportFile.State.WAITING:
            return
        stored.state, stored.problem, stored.problem_values = state, problem, values
        stored.save(update_fields=["state", "problem", "problem_values"])
        ImportCandidate.objects.bulk_create(candidates)
        _call_by_articles(file, [proposal for proposal, _said in proposals])


def _call_by_articles(file: ImportFile, proposals: Sequence[Proposal]) -> None:
    """Let an import that nobody named, and that was pasted, be called by what is in it."""
    head = bytes(file.source.content)[:_READ_FOR_NAME].decode(errors="replace")
    if proposals and file.batch.note == file.name == name_of_pasted(head):
        called = called_by_articles(proposals, file.name)
        ImportBatch.objects.filter(pk=file.batch_id).update(note=called[:_LONGEST_NOTE])


def _proposals(file: ImportFile, progress: Progress, address: str) -> Iterator[_Read]:
    source = file.source.read(file.name)
    check_source(source)
    parts = articles_in(source)
    check_parts(source, parts)
    is_said = bool(address) and len(parts) == 1
    said = Decisions(facts={"url": checked_fact("url", address)}) if is_said else NOTHING_DECIDED
    for part in parts:
        progress.step(0)
        yield interpret(source, part, said), said


def _candidates(file: ImportFile, found: Sequence[_Read]) -> list[ImportCandidate]:
    """Return what was read as it is stored; the texts that are known are marked so."""
    digests = [digest(proposal.text) for proposal, _said in found]
    known, undone = articles_with_texts(digests), articles_that_had(digests)
    candidates = []
    for position, (proposal, said) in enumerate(found, start=1):
        candidate = ImportCandidate(
            batch=file.batch,
            source=file.source,
            position=position,
            proposal=proposal.to_data(),
            decisions=said.to_data(),
            digest=digests[position - 1],
            sketch=sketch_of(proposal.text),
        )
        article = known.get(candidate.digest)
        if candidate.digest in undone:
            candidate.updates, candidate.updates_reason = undone[candidate.digest], BY_TEXT
        elif article is not None and not article.is_withdrawn:
            candidate.article = article
            candidate.state = ImportCandidate.State.DUPLICATE
        elif article is not None:
            candidate.article = article
        else:
            note_likeness(candidate, proposal)
        note_doubts(candidate)
        candidates.append(candidate)
    return candidates
