"""Changing who sees what one wrote: many highlights and notes of the notebook at once."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from annotations.audience_fields import read_audience
from annotations.publish_forms import PublishForm
from annotations.queries.audiences import groups_to_write_for
from annotations.queries.publishing import own_to_publish
from annotations.services.publishing import MOST_AT_ONCE, Published, publish, take_back
from annotations.views.notebook import FIELDS, wanted_in
from corpus.access import viewer_of
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.typed import query_of


@cache_control(private=True, no_store=True)
@writes
def audience(request: HttpRequest) -> HttpResponse:
    """Show the own highlights and notes that the notebook's filters ask for, to choose of them."""
    viewer = viewer_of(request.user)
    sent = request.POST if request.method == "POST" else None
    form = PublishForm(sent, groups=groups_to_write_for(viewer.user_id))
    rows = own_to_publish(viewer, wanted_in(request, viewer), MOST_AT_ONCE)
    query = query_of(request, *FIELDS, "by")
    back = reverse("notebook") + (f"?{query}" if query else "")

    def save() -> HttpResponse:
        chosen: list[UUID] = form.cleaned_data["annotations"]
        wanted, press = read_audience(form.cleaned_data["audience"]), uuid4()
        done = publish(viewer, chosen, *wanted, press=press)
        _tell(request, done)
        undo = f"{'&' if query else '?'}changed={press}" if done.changed else ""
        return HttpResponseRedirect(f"{back}{undo}", status=SEE_OTHER)

    context = {
        "rows": rows,
        "is_full": len(rows) == MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "chosen": None if sent is None else sent.getlist("annotations"),
        "back": back,
    }
    return answer_form(request, form, FormPage("annotations/publish.html", context), save)


@require_POST
@writes
def undo(request: HttpRequest, press: UUID) -> HttpResponseBase:
    """Let those see what was changed together who saw it before, and say so in the notebook."""
    done = take_back(viewer_of(request.user), press)
    if done.changed:
        messages.success(request, _("They are seen again by whom they were seen before."))
    _tell_refused(request, done.refused)
    return HttpResponseRedirect(reverse("notebook"), status=SEE_OTHER)


def _tell(request: HttpRequest, done: Published) -> None:
    if done.changed:
        said = ngettext(
            "%(n)d highlight or note is seen by whom you chose.",
            "%(n)d highlights and notes are seen by whom you chose.",
            done.changed,
        )
        messages.success(request, said % {"n": done.changed})
    _tell_refused(request, done.refused)


def _tell_refused(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext(
            "%(n)d stays as it was: it was changed meanwhile, or others have answered or linked it "
            "and would lose sight of what they wrote.",
            "%(n)d stay as they were: they were changed meanwhile, or others have answered or "
            "linked them and would lose sight of what they wrote.",
            count,
        )
        messages.warning(request, said % {"n": count})
