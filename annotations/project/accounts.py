"""What the accounts library asks of this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account_inactive": _("This account is closed. Ask the administrator to open it again."),
    "duplicate_email": _("Your account has this address already."),
    "email_password_mismatch": _("This e-mail address and this password do not belong together."),
    "email_taken": _("This is the address of another account."),
    "enter_current_password": _("This is not your current password."),
    "incorrect_password": _("This is not your password."),
    "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    "max_email_addresses": _("An account has at most %d addresses."),
    "rate_limited": _("That was asked for too often. Try again in a few minutes."),
    "too_many_login_attempts": _("Too many tries failed. Try again in a few minutes."),
    "username_blacklisted": _("This username is reserved. Choose another."),
    "username_password_mismatch": _("This username and this password do not belong together."),
    "username_taken": _("Somebody has this username already. Choose another."),
}
"""What the accounts library refuses, said as the rest of the site speaks."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by invitation, open, or closed, as POSTIL_SIGNUP says; refusals in our words."""

    error_messages = DefaultAccountAdapter.error_messages | REFUSALS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether `request` may make an account; an invitation page says so itself."""
        if settings.SIGNUP == "closed":
            return False
        return settings.SIGNUP == "open" or getattr(request, "invitation", None) is not None

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go on with a password chosen: to the library, as after a sign-in."""
        return settings.LOGIN_REDIRECT_URL


def shown_name(user: User) -> str:
    """Return the name of `user` that others see, before the first one the username."""
    profile = getattr(user, "profile", None)
    return profile.display_name if profile else user.get_username()
