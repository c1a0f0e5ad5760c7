"""Opening files that hold many sources: each comes into the import as a file of its own."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Max

from corpus.importing.archives import Member
from corpus.importing.columns import key_of, written
from corpus.importing.containers import members_of
from corpus.importing.data_sets import first_columns, is_data_set
from corpus.models import ImportFile
from corpus.services.sources import SAME, SourceBytes, kept_bytes, sum_of
from corpus.services.work import Progress

_AT_ONCE = 50
_LONGEST_NAME = 255


def opened(file: ImportFile, progress: Progress) -> bool:
    """Put the sources within `file` into its import; say whether it holds sources at all.

    Interrupted, it goes on behind those that are there. Raises ImportRefused for a file that
    cannot be opened.
    """
    # A source that was in a file is none that others are in, though the row of a table looks
    # like a table of one row.
    if file.source.format or file.within_id:
        return False
    content = bytes(file.source.content)
    members = members_of(content, file.name)
    if members is None:
        return False
    if is_data_set(content, file.name):
        _know_columns(file, content)
        # What was decided about stays when the others are read by other columns.
        there = set(file.members.values_list("name", flat=True))
        rest: Iterator[Member] = (member for member in members if member.name not in there)
    else:
        rest = islice(members, file.members.count(), None)
    while some := list(islice(rest, _AT_ONCE)):
        with transaction.atomic():
            progress.hold()
            _keep(file, some)
        progress.step(0, told=some[-1].name)
    return True


def _know_columns(file: ImportFile, content: bytes) -> None:
    """Keep what the columns of the data set are called; those of an earlier one mean the same."""
    if file.columns_key:
        return
    file.columns_key = key_of(first_columns(content, file.name))
    known = ImportFile.objects.filter(columns_key=file.columns_key).exclude(columns={})
    before = known.order_by("-batch__created_at", "-position").first()
    file.columns = before.columns if before and file.columns_key else {}
    file.save(update_fields=["columns", "columns_key"])


def _keep(file: ImportFile, members: Sequence[Member]) -> None:
    last = ImportFile.objects.filter(batch=file.batch_id).aggregate(last=Max("position"))["last"]
    ImportFile.objects.bulk_create(_rows(file, members, last + 1))


def _rows(file: ImportFile, members: Sequence[Member], position: int) -> Iterator[ImportFile]:
    """Yield a row for each member; bytes that are in the import already are read once."""
    read = [member for member in members if member.refusal is None]
    as_format = written(file.columns)
    sources = [
        SourceBytes(member.name, member.content, member.origin_url, as_format) for member in read
    ]
    kept = iter(kept_bytes(file.batch.created_by_id, sources))
    sums = [sum_of(source) for source in sources]
    came = ImportFile.objects.filter(batch=file.batch_id, source__sha256__in=sums)
    # A table of one row holds a row of the very bytes that it is itself.
    came = came.exclude(pk=file.pk)
    known = dict(came.order_by("-position").values_list("source_id", "name"))
    for place, member in enumerate(members, start=position):
        row = ImportFile(
            batch=file.batch, within=file, name=member.name[:_LONGEST_NAME], position=place
        )
        if member.refusal is not None:
            row.source = file.source
            _refuse(row, member.refusal.sentence, dict(member.refusal.values))
        else:
            row.source = next(kept)
            if row.source_id in known:
                _refuse(row, SAME, {"name": row.name, "other": known[row.source_id]})
            known.setdefault(row.source_id, row.name)
        yield row


def _refuse(row: ImportFile, sentence: str, values: dict[str, str | int]) -> None:
    row.state = ImportFile.State.REFUSED
    row.problem, row.problem_values = sentence, values
