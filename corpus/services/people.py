"""Accounts: what they may do, and whether they may come in."""

from typing import Literal, get_args

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.permissions import Viewer, allowed
from corpus.services.events import record

SiteRole = Literal["reader", "curator", "administrator"]


def role_of(user: User) -> SiteRole:
    """Return what `user` is on this site."""
    if user.is_superuser:
        return "administrator"
    return "curator" if user.is_staff else "reader"


def change_role(viewer: Viewer, user: User, role: str) -> User:
    """Make `user` a reader, a curator or an administrator; return the account as stored.

    Raises NotAllowed for all but administrators, Invalid when the last administrator who
    can come in would be none any more.
    """
    with transaction.atomic():
        stored = _locked(viewer, user)
        before = role_of(stored)
        if role not in get_args(SiteRole):
            raise Invalid(_("Choose a role."), role=_("Choose a role."))
        if role == before:
            return stored
        if before == "administrator":
            _check_another_administrator(stored, "role")
        stored.is_superuser = role == "administrator"
        stored.is_staff = role != "reader"
        stored.save(update_fields=["is_superuser", "is_staff"])
        record(
            viewer.user_id, "role.changed", stored, before={"role": before}, after={"role": role}
        )
        return stored


def close(viewer: Viewer, user: User) -> User:
    """Let `user` come in no more; what they wrote stays. Twice is harmless.

    Raises NotAllowed, and Invalid for the last administrator who can come in.
    """
    return _set_active(viewer, user, is_active=False)


def reopen(viewer: Viewer, user: User) -> User:
    """Let `user` come in again. Twice is harmless. Raises NotAllowed."""
    return _set_active(viewer, user, is_active=True)


def _set_active(viewer: Viewer, user: User, *, is_active: bool) -> User:
    with transaction.atomic():
        stored = _locked(viewer, user)
        if stored.is_active == is_active:
            return stored
        if not is_active and stored.is_superuser:
            _check_another_administrator(stored, "is_active")
        stored.is_active = is_active
        stored.save(update_fields=["is_active"])
        record(viewer.user_id, "account.reopened" if is_active else "account.closed", stored)
        return stored


def _locked(viewer: Viewer, user: User) -> User:
    if not allowed(viewer, "role.change"):
        raise NotAllowed
    # All administrators at once: two who step down together must not leave none.
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    return User.objects.select_for_update().get(pk=user.pk)


def _check_another_administrator(user: User, field: str) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        sentence = _("This is the only administrator. Make another one first.")
        raise Invalid(sentence, **{field: sentence})
