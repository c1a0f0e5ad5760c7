"""People who read together, and how people come in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified, Made


class Group(Identified, Made):
    """People who read together; an audience of annotations and articles.

    A group that is deleted keeps its members and all that was written for it, so that
    bringing it back is exact; meanwhile nobody counts as a member, and what was written for
    it alone is seen by its author alone.
    """

    class Kind(models.TextChoices):
        """Who knows of the group and how one comes in.

        Open: every account sees it and may join. Restricted: every account sees it; one comes
        in by an invitation, or asks and is let in. Closed: its members alone see it (and
        curators, who choose which articles it may read); one comes in by an invitation.
        """

        OPEN = "open", _("open")
        RESTRICTED = "restricted", _("restricted")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    purpose = models.CharField(_("purpose"), max_length=2_000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CLOSED)
    counter = models.PositiveIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["open", "restricted", "closed"]), name="group_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("group", args=[self.slug])


class Membership(Identified):
    """One reader in one group.

    The other members see how far they are in what the group reads only where they show it.
    """

    class Role(models.TextChoices):
        """What a member may do in the group."""

        MEMBER = "member", _("member")
        MODERATOR = "moderator", _("moderator")
        OWNER = "owner", _("owner")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    shows_progress = models.BooleanField(_("shows how far they are"), default=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="member_once_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"


class Invitation(Identified, Made):
    """A one-use link that lets one person sign up.

    Only the SHA-256 of its secret is kept: the link is shown once, to its maker.
    """

    class Role(models.TextChoices):
        """What the newcomer becomes."""

        READER = "reader", _("reader")
        CURATOR = "curator", _("curator")
        ADMINISTRATOR = "administrator", _("administrator")

    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(_("role"), max_length=15, choices=Role.choices, default=Role.READER)
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    expires_at = models.DateTimeField(_("ends"))
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("used by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.note or str(self.id)

    @property
    def is_open(self) -> bool:
        """Say whether somebody can still sign up with it."""
        return self.used_at is None and self.expires_at > timezone.now()
