"""Having readers told as the background worker does it, and addresses of their own."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from annotations.models import Notification
from annotations.services.notifying import tell_readers

__all__ = ["kinds_of", "prove", "tell_readers", "told"]


def prove(user: User) -> str:
    """Give `user` an e-mail address that is proved to be theirs; return it."""
    address = f"{user.username}@example.org"
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return address


def told(user: User) -> list[Notification]:
    """Return what the worker has stored for `user`, the oldest first."""
    return list(Notification.objects.filter(reader=user).order_by("pk"))


def kinds_of(user: User) -> list[str]:
    """Return the kinds of what is stored for `user`, the oldest first."""
    return [one.kind for one in told(user)]
