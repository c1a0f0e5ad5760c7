"""Saying what the columns of a data set mean, by which its records are read again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.importing.columns import mapping_of
from corpus.importing.data_sets import first_columns
from corpus.models import ImportCandidate, ImportFile, Job
from corpus.permissions import Viewer, allowed
from corpus.services.candidates import refused_in_words
from corpus.services.events import record
from corpus.services.jobs import enqueue


def map_columns(viewer: Viewer, file: ImportFile, mapping: Mapping[str, str]) -> Job | None:
    """Have the records of the data set `file` read by `mapping`, names of columns by meanings.

    What somebody decided about, or added, stays as it is. Returns the job that reads, None where
    the mapping is what it was. Raises NotAllowed, and Invalid for a file that is no data set, one
    that is being read, and a mapping that cannot be.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    names = [column.name for column in first_columns(bytes(file.source.content), file.name)]
    with refused_in_words():
        columns = mapping_of(mapping.items(), names)
    with transaction.atomic():
        stored = ImportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if not stored.columns_key:
            raise Invalid(_("This file has no columns."))
        if stored.state == ImportFile.State.WAITING or _is_being_read(stored):
            raise Invalid(_("This is being read just now. Say it again when that is done."))
        if stored.columns == columns:
            return None
        before, stored.columns = stored.columns, dict(columns)
        stored.state = ImportFile.State.WAITING
        stored.save(update_fields=["columns", "state"])
        _forget_untouched(stored)
        told = {"source": stored.name, "columns": stored.columns}
        record(viewer.user_id, "import.mapped", stored.batch, before=before, after=told)
        print_of = f"read:{stored.batch_id}"
        return enqueue(viewer, "import.read", {}, subject=stored.batch_id, fingerprint=print_of)


def _is_being_read(file: ImportFile) -> bool:
    return file.members.filter(state=ImportFile.State.WAITING).exists()


def _forget_untouched(file: ImportFile) -> None:
    """Take away what was proposed of the records, and that they came, where nobody did anything."""
    of_records = ImportCandidate.objects.filter(
        batch=file.batch_id, source__in=file.members.order_by().values("source")
    )
    untouched = of_records.filter(counter=1, state=ImportCandidate.State.PENDING)
    untouched.delete()
    kept = of_records.order_by().values("source")
    file.members.exclude(source__in=kept).delete()
