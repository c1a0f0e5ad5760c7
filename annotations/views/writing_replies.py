"""Answering."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.forms import ReplyForm
from annotations.queries.quoted import quoted
from annotations.services import annotations
from annotations.views.answers import Done, answer_form
from annotations.views.stored import done_with, new, page_on, telling_of_names
from corpus.access import viewer_of
from corpus.views.answers import writes


@writes
def reply(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Store an answer in the thread of an annotation."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    initial = {"note": quoted(found)} if "quote" in request.GET else {}
    form = ReplyForm(request.POST or None, initial=initial)

    def save() -> Done:
        answer = annotations.reply(viewer, found, form.reply())
        return telling_of_names(new(done_with(answer, _("Replied."))), answer)

    page = page_on(
        found,
        title=_("Reply"),
        action=_("Reply"),
        reactions_url=reverse("annotation_reactions", args=[found.pk]),
    )
    return answer_form(request, form, page, save)
