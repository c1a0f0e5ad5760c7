"""Reading the files of an import in the background: what they hold is proposed to curators."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, ngettext

from corpus.importing.decisions import NOTHING_DECIDED, Decisions
from corpus.importing.errors import ImportRefused
from corpus.importing.facts import checked_fact
from corpus.importing.limits import check_parts, check_source
from corpus.importing.pipeline import articles_in, interpret
from corpus.importing.proposal import Proposal, digest
from corpus.models import ImportBatch, ImportCandidate, ImportFile, Job
from corpus.permissions import SYSTEM
from corpus.queries.recognition import (
    BY_TEXT,
    Incoming,
    articles_that_had,
    articles_with_texts,
)
from corpus.services.candidates import note_doubts, note_likeness
from corpus.services.faults import faults_told
from corpus.services.newcomers import Newcomers
from corpus.services.opening import opened
from corpus.services.sources import LONGEST_NOTE, called_by_articles, name_of_pasted
from corpus.services.work import Progress, work
from corpus.text.cut import CutText

# Bytes of a text that tell if it was pasted: it is called by its first line then.
_READ_FOR_NAME = 4096
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
        ImportBatch.objects.filter(pk=file.batch_id).update(note=called[:LONGEST_NOTE])


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
            Incoming(
                proposal,
                read.file.source,
                position,
                CutText(proposal.text),
                digest(proposal.text),
            )
            for position, (proposal, _said) in enumerate(read.found, start=1)
        ]
        for read in some
    }
    everything = [one for ones in coming.values() for one in ones]
    digests = {one.digest for one in everything}
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
        digest=one.digest,
        sketch=one.cut.sketch,
    )
