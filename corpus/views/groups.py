"""The pages of groups: those of a reader, and one, its words and its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.access import group_or_404, kept_group_or_404, viewer_of
from corpus.errors import NotAllowed
from corpus.group_forms import ROLES, AskForm, GroupForm, NewGroupForm, SeenGroupForm
from corpus.models import Group
from corpus.permissions import Viewer, can_own_group, can_restore_group
from corpus.queries.groups import group_list, group_page
from corpus.services import groups as services
from corpus.services.group_details import told_of
from corpus.views.answers import SEE_OTHER, STATUS, FormPage, answer_form, writes


@require_safe
@writes
def groups(request: HttpRequest) -> HttpResponseBase:
    """Show the groups that the reader is in, and those that they know of."""
    listed = group_list(viewer_of(request.user))
    return render(request, "corpus/groups.html", {"listed": listed})


@require_safe
@writes
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a group to who knows of it; who is in it, to its members."""
    viewer = viewer_of(request.user)
    return show_group(request, viewer, group_or_404(viewer, slug), AskForm())


def show_group(request: HttpRequest, viewer: Viewer, found: Group, asking: AskForm) -> HttpResponse:
    """Show the page of a group, with what was sent in `asking` and what is wrong with it."""
    shown = group_page(viewer, found)
    context = {"group": shown.group, "shown": shown, "ask_form": asking, "roles": ROLES}
    status = STATUS["invalid"] if asking.errors else None
    return render(request, "corpus/group.html", context, status=status)


@writes
def new(request: HttpRequest) -> HttpResponse:
    """Make a group, which the reader owns."""
    viewer = viewer_of(request.user)
    form = NewGroupForm(request.POST or None)

    def save() -> HttpResponse:
        made = services.create(viewer, form.details(), client_id=form.cleaned_data["client_id"])
        messages.success(request, _("“%(name)s” is made.") % {"name": made.name})
        return to_group(made)

    return answer_form(request, form, FormPage("corpus/group_new.html", {}), save)


@writes
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words of a group, and how people come in."""
    viewer = viewer_of(request.user)
    found = _owned(viewer, group_or_404(viewer, slug))
    initial = {**told_of(found), "counter": found.counter}
    form = GroupForm(request.POST or None, initial=initial)

    def save() -> HttpResponse:
        counter = form.cleaned_data["counter"]
        stored = services.edit(viewer, found, form.details(), counter=counter)
        messages.success(request, _("Saved."))
        return to_group(stored)

    return answer_form(request, form, FormPage("corpus/group_edit.html", {"group": found}), save)


@writes
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a group, which the page that follows can undo; a GET says what becomes of it."""
    viewer = viewer_of(request.user)
    found = _owned(viewer, group_or_404(viewer, slug))
    sent = request.POST if request.method == "POST" else None
    form = SeenGroupForm(sent, initial={"counter": found.counter})

    def save() -> HttpResponse:
        services.delete(viewer, found, counter=form.cleaned_data["counter"])
        return _to(reverse("group_restore", args=[found.slug]))

    page = FormPage(
        "corpus/group_gone.html",
        {
            "group": found,
            "title": _("Delete “%(name)s”?") % {"name": found.name},
            "action": _("Delete the group"),
            "back": found.get_absolute_url(),
        },
    )
    return answer_form(request, form, page, save)


@writes
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring back a group; a GET says that it is deleted and offers it."""
    viewer = viewer_of(request.user)
    found = kept_group_or_404(viewer, slug)
    if not (can_restore_group(viewer, found) or can_own_group(viewer, found)):
        raise NotAllowed
    if request.method == "POST":
        services.restore(viewer, found)
        messages.success(request, _("It is back."))
    elif found.deleted_at is not None:
        page = FormPage(
            "corpus/group_gone.html",
            {
                "group": found,
                "title": _("“%(name)s” is deleted.") % {"name": found.name},
                "action": _("Undo"),
                "is_done": True,
                "back": reverse("groups"),
            },
        )
        return page.ask(request)
    return to_group(found)


def to_group(group: Group) -> HttpResponse:
    """Lead to the page of `group`."""
    return _to(group.get_absolute_url())


def _owned(viewer: Viewer, group: Group) -> Group:
    if not can_own_group(viewer, group):
        raise NotAllowed
    return group


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=SEE_OTHER)
