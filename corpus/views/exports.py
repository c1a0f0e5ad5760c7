"""What curators take along: files that are written in the background."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.models import Job
from corpus.permissions import allowed
from corpus.queries.exports import exports_of
from corpus.queries.jobs import askers, job_or_404
from corpus.services import exporting
from corpus.views.answers import SEE_OTHER, writes

_fresh = cache_control(private=True, no_store=True)


@require_safe
@_fresh
@writes
def exports(request: HttpRequest) -> HttpResponseBase:
    """Show what can be asked for, and how far that is which one asked for."""
    viewer = viewer_of(request.user)
    if not allowed(viewer, "export.make"):
        raise NotAllowed
    asked = list(exports_of(viewer, exporting.KIND))
    context = {
        "exports": exporting.EXPORTS.values(),
        "files": [_file(job) for job in asked],
        "askers": askers(viewer, asked),
        "days": _days_kept(),
    }
    return render(request, "corpus/exports.html", context)


@require_POST
@writes
def export_ask(request: HttpRequest, name: str) -> HttpResponseBase:
    """Ask for a file to be written."""
    exporting.ask_export(viewer_of(request.user), name)
    return HttpResponseRedirect(reverse("exports"), status=SEE_OTHER)


@require_safe
@_fresh
@writes
def export_file(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Send a file to whoever asked for it, to be kept and not to be shown."""
    viewer = viewer_of(request.user)
    job = job_or_404(viewer, job_id)
    opened = exporting.open_export(viewer, job)
    name = f"{job.arguments['name']}-{job.created_at:%Y-%m-%d}.jsonl"
    return FileResponse(
        opened, as_attachment=True, filename=name, content_type="application/jsonl; charset=utf-8"
    )


def _file(job: Job) -> dict[str, Any]:
    """Return what the page shows of a file: its name, and its size when it can be fetched."""
    export = exporting.EXPORTS.get(job.arguments["name"])
    is_kept = exporting.is_kept(job)
    return {
        "job": job,
        "label": export.label if export else _("A file that is made no more"),
        "is_gone": job.state == Job.State.DONE and not is_kept,
        "size": exporting.size_of(job) if is_kept else None,
    }


def _days_kept() -> int:
    return exporting.KEPT_FOR.days
