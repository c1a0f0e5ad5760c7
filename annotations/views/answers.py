"""How a write on what readers add answers: what was stored, where it stands, how to undo it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from annotations.forms import SeenForm
from annotations.services.guards import MAX_NOTE
from corpus.views import answers
from corpus.views.answers import CREATED, SEE_OTHER, FormPage, wants_json


@dataclass(frozen=True)
class Done:
    """What was stored, where a browser goes to see it, and what to say of it.

    `blocks` are the numbers, from 1, of the blocks that show it. `warning` is a sentence on what
    is stored otherwise than its writer may think.
    """

    id: UUID
    url: str
    message: str
    counter: int
    blocks: list[int] = field(default_factory=list)
    number: int | None = None
    restore_url: str = ""
    is_new: bool = False
    warning: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the members of the answer; those that do not apply are left out."""
        members = {
            "id": str(self.id),
            "number": self.number,
            "counter": self.counter,
            "blocks": self.blocks,
            "url": self.url,
            "message": self.message,
            "restore_url": self.restore_url or None,
            "warning": self.warning or None,
        }
        return {name: value for name, value in members.items() if value is not None}


def answer_form(
    request: HttpRequest, form: Form, page: FormPage, save: Callable[[], Done]
) -> HttpResponse:
    """Answer as `corpus.views.answers.answer_form` does; `save` tells what was stored.

    Who asks for a preview gets the page again with their note as readers would see it; of one
    that is too long to be kept the beginning, and the form says so.
    """
    if "preview" in request.POST and "note" in form.fields:
        context = page.context | {"preview": (form["note"].value() or "")[:MAX_NOTE]}
        return FormPage(page.template, context).show(request, form)
    return answers.answer_form(request, form, page, lambda: finish(request, save()))


def seen_form(request: HttpRequest, counter: int) -> SeenForm:
    """Return what is sent with a removal; the page that asks first has seen `counter`."""
    sent = request.POST if request.method == "POST" else None
    return SeenForm(sent, initial={"counter": counter})


def finish(request: HttpRequest, done: Done) -> HttpResponse:
    """Answer that it is done: with JSON, or with a message on the page to go to."""
    if wants_json(request):
        return JsonResponse(done.as_json(), status=CREATED if done.is_new else 200)
    # The page that offers to undo it says so itself.
    if not done.restore_url:
        messages.success(request, done.message)
    if done.warning:
        messages.warning(request, done.warning)
    return HttpResponseRedirect(done.url, status=SEE_OTHER)
