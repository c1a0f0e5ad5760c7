"""Coming in: by an invitation, and the administrator's first sign-in."""

from typing import Any

from allauth.account.views import SignupView
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from corpus.errors import NotFound
from corpus.services import first_sign_in, group_invitations, invitations

_GONE = 410


class InvitationView(SignupView):
    """The page behind an invitation: what it is, and the form to sign up with."""

    template_name = "account/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form while the invitation is open, else say that it is not."""
        found = invitations.open_invitation(kwargs["secret"])
        if found is None:
            return _spent(request)
        self.invitation = found
        request.invitation = found  # type: ignore[attr-defined]  # read by the adapter
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account and use up the invitation, both or neither."""
        try:
            with transaction.atomic():
                # First, for a sign-in that is taken back leaves a broken session.
                invitations.claim(self.invitation)
                answer: HttpResponse = super().form_valid(form)
                invitations.welcome(self.invitation, self.user)
        except invitations.InvitationSpent:
            return _spent(self.request)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        return {**super().get_context_data(**kwargs), "invitation": self.invitation}


class GroupSignUpView(SignupView):
    """Making an account by an invitation to a group, which one is in then."""

    template_name = "account/group_sign_up.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form while the link makes accounts, else the page behind the link."""
        page = redirect("group_invitation", kwargs["secret"])
        try:
            found = group_invitations.invitation_behind(kwargs["secret"])
        except group_invitations.InvitationEnded:
            return page
        if request.user.is_authenticated or not group_invitations.opens_accounts(found):
            return page
        self.invitation = found
        request.invitation = found  # type: ignore[attr-defined]  # read by the adapter
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account and let it into the group, both or neither."""
        try:
            with transaction.atomic():
                # First, for a sign-in that is taken back leaves a broken session.
                group_invitations.claim(self.invitation)
                answer: HttpResponse = super().form_valid(form)
                group_invitations.welcome(self.invitation, self.user.pk)
        except (group_invitations.InvitationEnded, NotFound):
            return redirect("group_invitation", self.kwargs["secret"])
        return answer

    def get_success_url(self) -> str:
        """Return the page of the group."""
        return str(self.invitation.group.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            **super().get_context_data(**kwargs),
            "group": self.invitation.group,
            "secret": self.kwargs["secret"],
        }


@require_http_methods(["GET", "POST"])
def first_sign_in_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; pressing it signs the administrator in, once, to choose a password."""
    user = first_sign_in.administrator_with(token)
    if user is None:
        return render(request, "account/first_sign_in_spent.html", status=_GONE)
    if request.method != "POST":
        return render(request, "account/first_sign_in.html")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(reverse("account_set_password"))


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/invitation_spent.html", status=_GONE)
