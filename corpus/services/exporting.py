"""Files of what the library holds, written in the background for whoever asked."""

import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from corpus.access import viewer_of, visible_articles
from corpus.errors import NotAllowed, NotFound
from corpus.extensions import Label
from corpus.models import Job
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.export import exported_articles
from corpus.related import export_related
from corpus.services import jobs
from corpus.services.events import record
from corpus.services.work import Progress, work

logger = logging.getLogger(__name__)

KIND = "export.write"
KEPT_FOR = timedelta(days=7)
"""A file is there for so long: what it holds grows old, and it takes room."""

# As many as the command gives for each article when it is not told.
_RELATED = 5

Rows = Callable[[Viewer], Iterator[Mapping[str, Any]]]


@dataclass(frozen=True)
class Export:
    """A file that can be asked for: one JSON object a line, for each article that one may read."""

    name: str
    label: Label
    what: Label
    rows: Rows


_ALL = (
    Export(
        "articles",
        gettext_lazy("Articles"),
        gettext_lazy("Each with its text, blocks, author, date, source and links."),
        exported_articles,
    ),
    Export(
        "related",
        gettext_lazy("Related articles"),
        gettext_lazy("For each article those most related to it, how much and why."),
        partial(export_related, limit=_RELATED),
    ),
)
EXPORTS: Mapping[str, Export] = {export.name: export for export in _ALL}


def _page(job: Job) -> str:
    return reverse("exports")


@transaction.atomic
def ask_export(viewer: Viewer, name: str) -> Job:
    """Ask for the file called `name` to be written in the background; return the job.

    One that waits already is returned again. Raises NotAllowed for who may not, NotFound for
    a name that no file has.
    """
    if not allowed(viewer, "export.make"):
        raise NotAllowed
    if name not in EXPORTS:
        raise NotFound
    fingerprint = f"{KIND}:{name}:{viewer.user_id}"
    job = jobs.enqueue(viewer, KIND, {"name": name}, fingerprint=fingerprint)
    record(viewer.user_id, "job.started", job, after={"kind": job.kind, "name": name})
    return job


@work(KIND, label=gettext_lazy("Writing an export"), place=_page)
def write_in_background(job: Job, progress: Progress) -> str:
    """Write the file with what the person who asked may read; it is whole or not there."""
    viewer = viewer_of(job.started_by) if job.started_by else SYSTEM
    progress.of(visible_articles(viewer).exclude(current_version=None).count())
    with tempfile.TemporaryFile() as file:
        count = _write(file, EXPORTS[job.arguments["name"]].rows(viewer), progress)
        file.seek(0)
        progress.hold()
        _storage().delete(stored_name(job.pk))
        _storage().save(stored_name(job.pk), File(file))
    return ngettext("%(count)d article written.", "%(count)d articles written.", count) % {
        "count": count
    }


def open_export(viewer: Viewer, job: Job) -> File[bytes]:
    """Open the file that `job` wrote, for whoever asked for it: it holds what they may read.

    Raises NotAllowed for who may not, NotFound when it is not written, or no more kept.
    """
    if not allowed(viewer, "export.make"):
        raise NotAllowed
    if job.started_by_id != viewer.user_id or not is_kept(job):
        raise NotFound
    return _storage().open(stored_name(job.pk))


def is_kept(job: Job) -> bool:
    """Say whether the file that `job` wrote is there to be fetched."""
    is_written = job.kind == KIND and job.state == Job.State.DONE
    return is_written and _storage().exists(stored_name(job.pk))


def size_of(job: Job) -> int:
    """Return the bytes of the file that `job` wrote."""
    return _storage().size(stored_name(job.pk))


def forget_old_exports() -> None:
    """Delete the files that were written long ago; one that cannot be is left for another time.

    Several workers do this at once: what one of them deleted, the others do not find.
    """
    storage = _storage()
    try:
        names = storage.listdir("")[1]
    except FileNotFoundError:  # none was ever written
        return
    before = timezone.now() - KEPT_FOR
    for name in names:
        try:
            if storage.get_modified_time(name) < before:
                storage.delete(name)
        except FileNotFoundError:
            continue
        except OSError:
            logger.exception("An old export cannot be deleted.")


def stored_name(job_id: UUID) -> str:
    """Return what the file of a job is called where files are kept."""
    return f"{job_id.hex}.jsonl"


def _write(file: BinaryIO, rows: Iterator[Mapping[str, Any]], progress: Progress) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
        progress.step()
    return count


def _storage() -> Storage:
    return storages["exports"]
