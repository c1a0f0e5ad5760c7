"""Answering."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.forms import ReplyForm
from annotations.services import annotations
from annotations.views.answers import Done, FormPage, answer_form, writes
from annotations.views.writing import about, done_with
from corpus.access import viewer_of


@writes
def reply(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Store an answer in the thread of an annotation."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    form = ReplyForm(request.POST or None)
    context = about(found) | {"title": _("Reply"), "action": _("Reply")}

    def save() -> Done:
        answer = annotations.reply(viewer, found, form.reply())
        return done_with(answer, _("Replied."), is_new=True)

    return answer_form(request, form, FormPage("annotations/forms/form.html", context), save)
