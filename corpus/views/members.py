"""Coming into a group and leaving it, removing members, and their roles.

Each of these is asked for on the page of the group, where a GET of its address leads.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus.access import group_or_404, viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.group_forms import AskForm, LeaveForm, RoleForm
from corpus.permissions import can_leave_group
from corpus.queries.groups import membership_or_404, request_or_404, successors
from corpus.services import memberships
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.groups import show_group, to_group


@writes
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Come into an open group."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if request.method == "POST":
        memberships.join(viewer, found)
        messages.success(request, _("You are in the group."))
    return to_group(found)


@writes
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be let into a restricted group."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if request.method == "POST":
        form = AskForm(request.POST)
        if not form.is_valid():
            return show_group(request, viewer, found, form)
        words = form.cleaned_data["words"]

        def write() -> None:
            memberships.ask(viewer, found, words)

        said = _("You have asked. Who looks after the group lets you in or does not.")
        _do(request, write, said)
    return to_group(found)


@writes
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group; a GET says what stays, and asks a last owner who owns it from now on."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if not can_leave_group(viewer, found):
        raise NotAllowed
    heirs = successors(found, viewer.user_id)
    form = LeaveForm(heirs, request.POST if request.method == "POST" else None)

    def save() -> HttpResponse:
        chosen = form.cleaned_data.get("successor")
        heir = membership_or_404(viewer, found, UUID(chosen)) if chosen else None
        memberships.leave(viewer, found, successor=heir)
        messages.success(request, _("You have left “%(name)s”.") % {"name": found.name})
        return HttpResponseRedirect(reverse("groups"), status=SEE_OTHER)

    page = FormPage("corpus/group_leave.html", {"group": found, "has_heirs": bool(heirs)})
    return answer_form(request, form, page, save)


@writes
def remove(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Remove somebody from the group."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if request.method == "POST":
        theirs = membership_or_404(viewer, found, membership_id)

        def write() -> None:
            memberships.remove(viewer, theirs)

        _do(request, write, _("Removed. What they wrote for the group stays."))
    return to_group(found)


@writes
def role(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Give a member another role."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    form = RoleForm(request.POST)
    if request.method == "POST":
        theirs = membership_or_404(viewer, found, membership_id)

        def write() -> None:
            wanted = form.cleaned_data["role"] if form.is_valid() else ""
            memberships.set_role(viewer, theirs, wanted)

        _do(request, write, _("Saved."))
    return to_group(found)


@writes
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the group see how far one is in what it reads, or not any more."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if request.method == "POST":
        shows = request.POST.get("progress") == "show"
        memberships.show_progress(viewer, found, shows=shows)
        said = _("The group sees how far you are.") if shows else _("Nobody sees how far you are.")
        messages.success(request, said)
    return to_group(found)


@writes
def answer(request: HttpRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Let in who asks, or do not."""
    viewer = viewer_of(request.user)
    found = group_or_404(viewer, slug)
    if request.method == "POST":
        asking = request_or_404(viewer, found, request_id)
        lets_in = request.POST.get("answer") == "admit"
        memberships.answer(viewer, asking, lets_in=lets_in)
        messages.success(request, _("Let in.") if lets_in else _("Not let in."))
    return to_group(found)


def _do(request: HttpRequest, write: Callable[[], None], said: str) -> None:
    """Write, and say so, or why not, on the page that follows."""
    try:
        write()
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
