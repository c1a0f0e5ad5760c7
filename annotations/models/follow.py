"""What readers want to hear of."""

from typing import cast

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from corpus.models import Agent, Article, Collection, Group
from corpus.models.base import Identified

KINDS = ("claim", "article", "collection", "agent", "group", "person")


def _of_one_kind_alone() -> Q:
    condition = Q()
    for kind in KINDS:
        condition |= Q(**{f"{other}__isnull": other != kind for other in KINDS})
    return condition


class Follow(Identified):
    """That a reader follows one claim, article, collection, agent, group or other reader."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="follows",
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    agent = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="followed_by",
    )
    # Not auto_now_add: a merge of claims hands the time on with the follower.
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    # What came later than this is new to the reader.
    seen_at = models.DateTimeField(_("last looked at"), default=timezone.now)

    class Meta:
        verbose_name = _("thing followed")
        verbose_name_plural = _("things followed")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=_of_one_kind_alone(), name="follow_of_one_thing"),
            *(
                models.UniqueConstraint(fields=["reader", kind], name=f"follow_{kind}_once")
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.thing}"

    @property
    def thing(self) -> Claim | Article | Collection | Agent | Group | AbstractBaseUser:
        """Return what is followed."""
        found = self.claim or self.article or self.collection or self.agent or self.group
        return found or cast("AbstractBaseUser", self.person)
