"""Taking in files and pasted texts for curators to look at, and reading them in the background."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.errors import Invalid, NotAllowed
from corpus.importing.errors import ImportRefused
from corpus.importing.limits import check_parts, check_source
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal, digest
from corpus.importing.read import MAX_SOURCE_BYTES, read_source
from corpus.importing.split import parts_of
from corpus.models import ImportBatch, ImportCandidate, ImportFile, Job, SourceFile
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import articles_with_texts
from corpus.services.candidates import note_likeness
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.jobs import enqueue
from corpus.services.sources import SourceBytes, kept_source
from corpus.services.work import Progress, work

MAX_FILES = 200
MAX_BATCH_BYTES = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 255
_LONGEST_NOTE = 200
_LONGEST_PROBLEM = 500


@dataclass(frozen=True)
class Received:
    """An import of files; `is_new` is false when these very bytes are an import already."""

    batch: ImportBatch
    is_new: bool


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

    What these bytes are an import of already is returned instead, and nothing is stored.
    Raises NotAllowed, and Invalid for too many or too large files.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    check_sizes([(source.name, len(source.content)) for source in sources])
    with transaction.atomic():
        one_text_at_a_time()
        files = [kept_source(viewer, source) for source in sources]
        before = _import_of(files)
        if before is not None:
            return Received(before, is_new=False)
        batch = ImportBatch.objects.create(
            created_by_id=viewer.user_id, note=(note or _called(sources))[:_LONGEST_NOTE]
        )
        ImportFile.objects.bulk_create(_arrivals(batch, sources, files))
        enqueue(viewer, "import.read", {}, subject=batch.id, fingerprint=f"read:{batch.id}")
        record(
            viewer.user_id,
            "import.received",
            batch,
            after={"note": batch.note, "files": len(files)},
        )
        return Received(batch, is_new=True)


@work("import.read", label=gettext_lazy("Reading an import"))
def read_batch(job: Job, progress: Progress) -> str:
    """Read each file that still waits; a crash in between loses and doubles none."""
    files = ImportFile.objects.filter(batch_id=job.subject).select_related("source", "batch")
    waiting = files.filter(state=ImportFile.State.WAITING)
    progress.of(waiting.count())
    for file in waiting.order_by("position").iterator(chunk_size=1):
        progress.step(0, told=file.name)
        _read(file, progress)
        progress.step()
    found = ImportCandidate.objects.filter(batch_id=job.subject).count()
    refused = files.filter(state=ImportFile.State.REFUSED).count()
    told = ngettext("%(count)d article was found.", "%(count)d articles were found.", found)
    if not refused:
        return told % {"count": found}
    also = ngettext(
        "%(count)d file could not be read.", "%(count)d files could not be read.", refused
    )
    return f"{told % {'count': found}} {also % {'count': refused}}"


def _unfit(sentence: str) -> Invalid:
    return Invalid(sentence, files=sentence)


def _called(sources: Sequence[SourceBytes]) -> str:
    """Return what an import is called by its files."""
    if len(sources) == 1:
        return sources[0].name
    return _("%(name)s and %(count)d more") % {"name": sources[0].name, "count": len(sources) - 1}


def _import_of(files: Sequence[SourceFile]) -> ImportBatch | None:
    """Return the newest import of exactly these files, or None."""
    wanted = {file.id for file in files}
    batches = ImportBatch.objects.filter(files__source=files[0]).distinct()
    for batch in batches.order_by("-created_at"):
        if set(batch.files.values_list("source_id", flat=True)) == wanted:
            return batch
    return None


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
            same = {"name": row.name, "other": first[file.id]}
            row.problem = _("%(name)s is the same as %(other)s, which is read once.") % same
        first.setdefault(file.id, row.name)
        yield row


def _read(file: ImportFile, progress: Progress) -> None:
    """Store what the file proposes, or why it was refused; nothing if that was done already."""
    try:
        proposals = list(_proposals(file, progress))
    except ImportRefused as refusal:
        candidates, state, problem = [], ImportFile.State.REFUSED, str(refusal)
    else:
        candidates = _candidates(file, proposals)
        state, problem = ImportFile.State.READ, ""
    with transaction.atomic():
        progress.hold()
        stored = ImportFile.objects.select_for_update().get(pk=file.pk)
        if stored.state != ImportFile.State.WAITING:
            return
        stored.state, stored.problem = state, problem[:_LONGEST_PROBLEM]
        stored.save(update_fields=["state", "problem"])
        ImportCandidate.objects.bulk_create(candidates)


def _proposals(file: ImportFile, progress: Progress) -> Iterator[Proposal]:
    kept = file.source
    source = read_source(bytes(kept.content), file.name, origin_url=kept.origin_url)
    check_source(source)
    parts = parts_of(source.text)
    check_parts(source, parts)
    for part in parts:
        progress.step(0)
        yield interpret(source, part)


def _candidates(file: ImportFile, proposals: Sequence[Proposal]) -> list[ImportCandidate]:
    """Return what the proposals are stored as; the texts that are known are marked so."""
    known = articles_with_texts(digest(proposal.text) for proposal in proposals)
    candidates = []
    for position, proposal in enumerate(proposals, start=1):
        candidate = ImportCandidate(
            batch=file.batch,
            source=file.source,
            position=position,
            proposal=proposal.to_data(),
            digest=digest(proposal.text),
        )
        article = known.get(candidate.digest)
        if article is not None and not article.is_withdrawn:
            candidate.article = article
            candidate.state = ImportCandidate.State.DUPLICATE
        elif article is not None:
            candidate.article = article
        else:
            note_likeness(candidate, proposal)
        candidates.append(candidate)
    return candidates
