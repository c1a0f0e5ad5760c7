"""What the accounts library asks of this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by invitation, open, or closed, as POSTIL_SIGNUP says."""

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
