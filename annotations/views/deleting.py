"""Deleting highlights, notes, replies and links at once, with Undo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import (
    Contributed,
    kept_annotation_or_404,
    kept_link_or_404,
    permitted,
)
from annotations.models import Annotation, Link
from annotations.queries.places import link_place, place_without
from annotations.services import deletion
from annotations.views.answers import Done, answer_form, finish, seen_form
from annotations.views.stored import done_with, page_on, undo_page_on, with_undo
from corpus.access import viewer_of
from corpus.views.answers import writes


@writes
def delete_annotation(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Delete a highlight, note or reply; a GET asks first."""
    found = kept_annotation_or_404(viewer_of(request.user), annotation_id)
    return _delete(request, found, _("Delete this?"))


@writes
def delete_link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Delete a link; a GET asks first."""
    found = kept_link_or_404(viewer_of(request.user), link_id)
    return _delete(request, found, _("Delete this link?"))


@writes
def restore_annotation(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Bring back what was deleted; a GET says that it is deleted and offers it."""
    found = kept_annotation_or_404(viewer_of(request.user), annotation_id)
    return _restore(request, found, back=place_without(found))


@writes
def restore_link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Bring back a deleted link; a GET says that it is deleted and offers it."""
    found = kept_link_or_404(viewer_of(request.user), link_id)
    return _restore(request, found, back=link_place(found))


def _delete(request: HttpRequest, found: Contributed, question: str) -> HttpResponse:
    viewer = viewer_of(request.user)
    if request.method != "POST":
        permitted(viewer, found, "delete")
    form = seen_form(request, found.counter)

    def save() -> Done:
        gone = deletion.delete(viewer, found, counter=form.cleaned_data["counter"])
        restore_url = reverse(f"{gone._meta.model_name}_restore", args=[gone.pk])
        return with_undo(done_with(gone, _deleted(gone)), restore_url)

    return answer_form(request, form, page_on(found, title=question, action=_("Delete")), save)


def _restore(request: HttpRequest, found: Contributed, *, back: str) -> HttpResponse:
    if request.method == "POST":
        stored = deletion.restore(viewer_of(request.user), found)
        return finish(request, done_with(stored, _("It is back.")))
    if found.deleted_at is None:
        return HttpResponseRedirect(done_with(found, "").url)
    return undo_page_on(found, title=_deleted(found), back=back).ask(request)


def _deleted(thing: Annotation | Link) -> str:
    if isinstance(thing, Link):
        return _("Link deleted.")
    return _("Highlight deleted.") if thing.is_highlight else _("Note deleted.")
