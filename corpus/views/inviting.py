"""Invitations to a group: making and taking back links, and the page behind one."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corpus.access import group_or_404, viewer_of
from corpus.errors import NotAllowed
from corpus.group_forms import InvitationForm
from corpus.models import Group, GroupInvitation
from corpus.permissions import Viewer, can_tend_group
from corpus.queries.groups import invitation_or_404, invited_by, member_names, standing_invitations
from corpus.services import group_invitations as services
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes

_SECRET = "new_group_link"  # noqa: S105 - a key of the session
_GONE = 410


@never_cache
@writes
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the invitations that were not taken back, and make one; its link is shown once."""
    viewer = viewer_of(request.user)
    found = _tended(viewer, group_or_404(viewer, slug))
    form = InvitationForm(request.POST if request.method == "POST" else None)

    def save() -> HttpResponse:
        if addresses := form.wanted():
            made = services.create_for(viewer, found, addresses, form.terms())
            _send(request, viewer, made)
        else:
            _made, secret = services.create(viewer, found, form.terms())
            request.session[_SECRET] = [str(found.pk), secret]
        return _to_list(found)

    context = {"group": found, "invitations": list(standing_invitations(viewer, found))}
    if request.method != "POST":
        context["link"] = _new_link(request, found)
    return answer_form(request, form, FormPage("corpus/group_invitations.html", context), save)


@writes
def revoke(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Let nobody in by a link any more."""
    viewer = viewer_of(request.user)
    found = _tended(viewer, group_or_404(viewer, slug))
    if request.method == "POST":
        services.revoke(viewer, invitation_or_404(viewer, found, invitation_id))
        messages.success(request, _("Taken back. Nobody comes in by that link any more."))
    return _to_list(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what one is invited to, to come in, or to sign in or make an account first."""
    viewer = viewer_of(request.user)
    try:
        invitation = services.invitation_behind(secret)
        if request.method == "POST" and viewer.is_signed_in:
            joined = services.accept(viewer, secret)
            messages.success(request, _("You are in the group."))
            return HttpResponseRedirect(joined.group.get_absolute_url(), status=SEE_OTHER)
    except services.InvitationEnded as ended:
        ended_page = "corpus/group_invitation_ended.html"
        return render(request, ended_page, {"why": ended.message}, status=_GONE)
    if request.method == "POST":
        return redirect_to_login(request.get_full_path())
    context = {
        "group": invitation.group,
        "invitation": invitation,
        "inviter": invited_by(invitation),
        "is_member": invitation.group_id in viewer.group_ids,
        "opens_accounts": services.opens_accounts(invitation),
        "secret": secret,
    }
    return render(request, "corpus/group_invitation.html", context)


def _send(request: HttpRequest, viewer: Viewer, made: list[tuple[GroupInvitation, str]]) -> None:
    """Send each invitation and tell which could not be handed over."""
    inviter = member_names([viewer.user_id or 0]).get(viewer.user_id or 0, _("a reader"))
    unsent = []
    for invitation, secret in made:
        try:
            services.send(invitation, link=_link(secret), inviter=inviter)
        except (OSError, SMTPException):
            services.revoke(viewer, invitation)
            unsent.append(invitation.email)
    count = len(made) - len(unsent)
    if count:
        said = ngettext("%(n)d invitation is sent.", "%(n)d invitations are sent.", count)
        messages.success(request, said % {"n": count})
    if unsent:
        sentence = _("The mail could not be sent to %(who)s. Try again later, or make a link.")
        messages.error(request, sentence % {"who": ", ".join(unsent)})


def _new_link(request: HttpRequest, group: Group) -> str:
    """Return the link that was just made for `group`, once; "" when there is none."""
    kept = request.session.get(_SECRET)
    if not kept or kept[0] != str(group.pk):
        return ""
    del request.session[_SECRET]
    return _link(kept[1])


def _link(secret: str) -> str:
    return settings.PUBLIC_ADDRESS.origin + reverse("group_invitation", args=[secret])


def _tended(viewer: Viewer, group: Group) -> Group:
    if not can_tend_group(viewer, group):
        raise NotAllowed
    return group


def _to_list(group: Group) -> HttpResponse:
    return HttpResponseRedirect(reverse("group_invitations", args=[group.slug]), status=SEE_OTHER)
