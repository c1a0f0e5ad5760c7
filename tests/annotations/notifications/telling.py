"""Having readers told as the background worker does it, and addresses of their own."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection

from annotations.models import Bookmark, Notification
from annotations.services import notifying


def tell_readers() -> None:
    """Tell of all that happened since the last call.

    PostgreSQL counts what the one transaction of a test writes as still to come, so there the
    Events are read by their numbers, as after a long absence.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        Bookmark.objects.update(position="")
    notifying.tell_readers()


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
