"""The secret addresses of private feeds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from corpus.models import Article, Collection, Group
from corpus.models.base import Identified

KINDS = ("article", "claim", "collection", "group", "person")


def _of_one_thing_at_most() -> Q:
    condition = Q(**{f"{kind}__isnull": True for kind in KINDS})
    for kind in KINDS:
        condition |= Q(**{f"{other}__isnull": other != kind for other in KINDS})
    return condition


class FeedKey(Identified):
    """That a reader has a private feed of one thing, or where none is named of everything.

    Only the SHA-256 of its secret is kept: the address is shown once, to its reader.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="feed_keys",
    )
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("private feed")
        verbose_name_plural = _("private feeds")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=_of_one_thing_at_most(), name="feed_of_one_thing"),
            models.UniqueConstraint(
                fields=["reader"],
                condition=Q(**{f"{kind}__isnull": True for kind in KINDS}),
                name="feed_of_everything_once",
            ),
            *(
                models.UniqueConstraint(fields=["reader", kind], name=f"feed_of_{kind}_once")
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.made_at:%Y-%m-%d}"
