"""Resolving threads and taking them up again."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.queries.places import place_of
from annotations.services import resolving
from annotations.views.answers import Done, answer_form, seen_form
from annotations.views.stored import done_with, page_on
from corpus.access import viewer_of
from corpus.views.answers import wants_json, writes


@writes
def resolve(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Resolve a thread; a GET asks first."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "resolve")
    if request.method != "POST" and found.resolved_at is not None:
        return HttpResponseRedirect(place_of(found))
    form = seen_form(request, found.counter)

    def save() -> Done:
        stored = resolving.resolve(viewer, found, counter=form.cleaned_data["counter"])
        return _undoable(request, done_with(stored, _("Resolved.")), "annotation_reopen")

    page = page_on(found, title=_("Resolve this?"), action=_("Resolve"))
    return answer_form(request, form, page, save)


@writes
def reopen(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Take up a resolved thread again; a GET asks first."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "resolve")
    if request.method != "POST" and found.resolved_at is None:
        return HttpResponseRedirect(place_of(found))
    form = seen_form(request, found.counter)

    def save() -> Done:
        stored = resolving.reopen(viewer, found, counter=form.cleaned_data["counter"])
        return _undoable(request, done_with(stored, _("It is open again.")), "annotation_resolve")

    page = page_on(found, title=_("Restore this?"), action=_("Restore"))
    return answer_form(request, form, page, save)


def _undoable(request: HttpRequest, done: Done, undo: str) -> Done:
    """Return `done` with what undoes it, for a script; a page shows the button in its place."""
    return replace(done, restore_url=reverse(undo, args=[done.id])) if wants_json(request) else done
