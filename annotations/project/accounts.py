"""What the accounts library asks of this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by invitation, open, or closed, as POSTIL_SIGNUP says."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether `request` may make an account; an invitation page says so itself."""
        if settings.SIGNUP == "closed":
            return False
        return settings.SIGNUP == "open" or getattr(request, "invitation", None) is not None
