"""How people come into a group: by an invitation, or by asking."""

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified, Made
from corpus.models.group import Group

End = Literal["", "revoked", "used_up", "expired"]


class GroupInvitation(Identified, Made):
    """A link that lets accounts into a group, so many of them and for so long.

    Only the SHA-256 of its secret is kept: the link is shown once, to its maker.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    email = models.EmailField(_("sent to"), blank=True)
    expires_at = models.DateTimeField(_("ends"))
    most_uses = models.PositiveIntegerField(_("people at most"), default=1)
    use_count = models.PositiveIntegerField(_("people who came by it"), default=0)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a group")
        verbose_name_plural = _("invitations to groups")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(use_count__lte=F("most_uses")), name="group_invitation_not_overused"
            )
        ]

    def __str__(self) -> str:
        return self.note or self.email or str(self.id)

    @property
    def left(self) -> int:
        """Return how many people may still come in by it, were it to stand."""
        return self.most_uses - self.use_count

    def end_at(self, now: datetime) -> End:
        """Return why nobody comes in by it at `now`, "" while it stands."""
        if self.revoked_at is not None:
            return "revoked"
        if not self.left:
            return "used_up"
        return "" if self.expires_at > now else "expired"

    @property
    def is_open(self) -> bool:
        """Say whether somebody can still come in by it."""
        return not self.end_at(timezone.now())


class JoinRequest(Identified):
    """An account asks to be let into a restricted group."""

    class State(models.TextChoices):
        """What became of it."""

        PENDING = "pending", _("waiting")
        ADMITTED = "admitted", _("let in")
        DECLINED = "declined", _("not let in")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests"
    )
    words = models.CharField(_("what they say"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )

    class Meta:
        verbose_name = _("request to join a group")
        verbose_name_plural = _("requests to join groups")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="request_once_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.user} asks to join {self.group}"
