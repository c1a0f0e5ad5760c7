"""What curators see of background work, and the two things that they can ask for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from corpus.access import viewer_of
from corpus.errors import NotAllowed, Refused
from corpus.models import Job
from corpus.permissions import Viewer, allowed
from corpus.queries.fetching import fetch_of
from corpus.queries.jobs import askers, job_or_404, jobs_page, milestone
from corpus.services.jobs import retry
from corpus.services.rebuilding import ask_rebuild
from corpus.views.answers import SEE_OTHER, writes
from corpus.views.typed import typed

_fresh = cache_control(private=True, no_store=True)


@require_safe
@_fresh
@writes
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Show curators what is done in the background, newest first."""
    viewer = _curator(request)
    page = jobs_page(viewer, typed(request, "page"))
    return render(request, "corpus/jobs.html", {"page": page, "askers": askers(viewer, page)})


@require_safe
@_fresh
@writes
def job(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Show one piece of work: how far it is, who asked for it, what came of it.

    Who waits for what it fetches is led there when something new came of it.
    """
    viewer = _curator(request)
    found = job_or_404(viewer, job_id)
    fetched = fetch_of(found) if typed(request, "to") == "new" else None
    if fetched is not None:
        return HttpResponseRedirect(reverse("import_batch", args=[fetched.batch_id]))
    return render(request, "corpus/job.html", {"job": found, "askers": askers(viewer, [found])})


def to_new(found: Job) -> HttpResponse:
    """Lead to the page of `found`, and from there to what new comes of it."""
    answer = _to_job(found)
    answer["Location"] += "?to=new"
    return answer


@require_safe
@_fresh
def job_progress(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Answer how far a job is, as a fragment; a page that watches it is loaded anew at its end.

    So it is when nobody is signed in any more: the page then asks for it.
    """
    if _is_watched(request) and not request.user.is_authenticated:
        return HttpResponseClientRefresh()
    return _progress(request, job_id)


@require_POST
@writes
def job_retry(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Let failed work be tried again."""
    viewer = _curator(request)
    found = job_or_404(viewer, job_id)
    try:
        retry(viewer, found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It waits for its turn again."))
    return _to_job(found)


@require_POST
@writes
def jobs_rebuild(request: HttpRequest) -> HttpResponseBase:
    """Ask for the index to be built anew."""
    return _to_job(ask_rebuild(viewer_of(request.user)))


@writes
def _progress(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    found = job_or_404(_curator(request), job_id)
    if found.is_over and _is_watched(request):
        return HttpResponseClientRefresh()
    is_new = typed(request, "seen") not in {"", milestone(found)}
    context = {"job": found, "is_announced": is_new, "is_watched": _is_watched(request)}
    return render(request, "corpus/_progress_answer.html", context)


def _is_watched(request: HttpRequest) -> bool:
    """Say whether a script of a page asks, and not a person who opened the address."""
    return "HX-Request" in request.headers


def _curator(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request.user)
    if not allowed(viewer, "job.read"):
        raise NotAllowed
    return viewer


def _to_job(found: Job) -> HttpResponse:
    return HttpResponseRedirect(reverse("job", args=[found.pk]), status=SEE_OTHER)
