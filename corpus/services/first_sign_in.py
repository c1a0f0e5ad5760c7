"""The administrator's first way in: a one-time link, until a password is set."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction

from corpus.services.events import record

USERNAME = "admin"


class _FirstSignInTokens(PasswordResetTokenGenerator):
    """Tokens that stop working once the account has signed in or has a password."""

    key_salt = "corpus.services.first_sign_in"


_tokens = _FirstSignInTokens()


def is_needed() -> bool:
    """Say whether no administrator can sign in with a password yet."""
    administrators = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return not any(user.has_usable_password() for user in administrators)


def make_token() -> str:
    """Return a token for the administrator's account, which is made when it is not there."""
    # No password from the first moment: "" would count as one, and lock everybody out.
    begun = {"is_staff": True, "is_superuser": True, "password": make_password(None)}
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(username=USERNAME, defaults=begun)
        if is_new:
            record(None, "account.created", user, after={"role": "administrator"})
    return _tokens.make_token(user)


def administrator_with(token: str) -> User | None:
    """Return the administrator whom `token` lets in, or None when it is used or wrong."""
    user = get_user_model().objects.filter(username=USERNAME, is_superuser=True).first()
    if user is None or user.has_usable_password() or not _tokens.check_token(user, token):
        return None
    return user
