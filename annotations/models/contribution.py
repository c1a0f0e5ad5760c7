"""What highlights, notes, replies and links share: whose they are, for whom, and their state."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corpus.models import Article, Group
from corpus.models.base import Identified


class Audience(models.TextChoices):
    """Who may see what a person wrote."""

    PRIVATE = "private", _("Only me")
    GROUPS = "groups", _("My groups")
    PUBLIC = "public", _("Everyone")


class Moderation(models.TextChoices):
    """What moderators decided about it."""

    APPROVED = "approved", _("shown")
    PENDING = "pending", _("waiting")
    DENIED = "denied", _("hidden")
    SPAM = "spam", _("spam")


class Contribution(Identified):
    """Something that one reader added for an audience.

    `counter` counts its writes up from 1, so that a stale one is noticed. Deleting sets
    `deleted_at` and takes nothing away.
    """

    # The relations to what decides who may see it, to be fetched with it.
    STANDS_ON: ClassVar[tuple[str, ...]]
    # The names of its groups, for one who sees it; none before they were asked for.
    shown_groups: tuple[str, ...] = ()

    note = models.TextField(_("note"), blank=True)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), blank=True, related_name="%(class)ss"
    )
    moderation = models.CharField(
        _("moderation"), max_length=10, choices=Moderation.choices, default=Moderation.APPROVED
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    counter = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="%(class)s_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="%(class)s_moderation_known"
            ),
        ]

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the articles that it stands in, the one where it begins first."""
        raise NotImplementedError

    def set_deleted(self, actor_id: int) -> list[str]:
        """Set that `actor_id` deletes it now; return the names of the fields to save."""
        self.deleted_at = timezone.now()
        return ["deleted_at"]

    def set_restored(self) -> list[str]:
        """Set that it is not deleted any more; return the names of the fields to save."""
        self.deleted_at = None
        return ["deleted_at"]
