"""Letting people in by one-use links."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Refused
from corpus.models import Invitation
from corpus.permissions import Viewer, allowed
from corpus.services.events import record

DEFAULT_DAYS = 14
MOST_DAYS = 365
_SECRET_BYTES = 24


class InvitationSpent(Refused):
    """The link was used by somebody, has ended, or never was."""

    code = "spent"


def create(
    viewer: Viewer,
    *,
    role: str = Invitation.Role.READER,
    note: str = "",
    days: int = DEFAULT_DAYS,
) -> tuple[Invitation, str]:
    """Return a new invitation and its secret, which is not stored and cannot be shown again.

    Raises NotAllowed for everyone but administrators, Invalid unless it is open for 1 to
    MOST_DAYS days.
    """
    if not allowed(viewer, "invitation.create"):
        raise NotAllowed
    if not 1 <= days <= MOST_DAYS:
        sentence = _("An invitation is open for 1 to %(most)d days.") % {"most": MOST_DAYS}
        raise Invalid(sentence, days=sentence)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            secret_sha256=_sha256(secret),
            role=role,
            note=note[:200],
            created_by_id=viewer.user_id,
            expires_at=timezone.now() + timedelta(days=days),
        )
        record(viewer.user_id, "invitation.created", invitation, after={"role": role})
    return invitation, secret


def open_invitation(secret: str) -> Invitation | None:
    """Return the invitation behind `secret` if somebody can still sign up with it."""
    found = Invitation.objects.filter(secret_sha256=_sha256(secret)).first()
    return found if found is not None and found.is_open else None


def claim(invitation: Invitation) -> None:
    """Use up `invitation`, in the transaction that also makes the account and welcomes it.

    Of two people who use it at once, one gets in. Raises InvitationSpent for the other,
    before anything of theirs is stored.
    """
    now = timezone.now()
    still_open = Invitation.objects.filter(
        pk=invitation.pk, used_at__isnull=True, expires_at__gt=now
    )
    if not still_open.update(used_at=now):
        raise InvitationSpent("")


def welcome(invitation: Invitation, user: User) -> None:
    """Give `user`, for whom `invitation` was claimed, its role."""
    with transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(used_by=user)
        user.is_staff = invitation.role != Invitation.Role.READER
        user.is_superuser = invitation.role == Invitation.Role.ADMINISTRATOR
        user.save(update_fields=["is_staff", "is_superuser"])
        record(user.pk, "invitation.accepted", invitation, after={"role": invitation.role})


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
