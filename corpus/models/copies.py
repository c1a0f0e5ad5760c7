"""Pairs of articles whose texts are nearly the same, and what curators say of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corpus.models.article import Article
from corpus.models.base import Identified


class NearPair(Identified):
    """Two articles with nearly the same text; `first` was there before `second`.

    `share` is how much of the shorter text the other has, 0 to 1. A pair that was decided
    stays decided; one that was not goes when a text changes and they are alike no more.
    `did_hide` says that the verdict took `second` out of sight, so that undoing it shows it.
    """

    class Verdict(models.TextChoices):
        """What a curator said."""

        OPEN = "", _("not decided")
        SAME = "same", _("same article")
        DIFFERENT = "different", _("different articles")

    first = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="near_pairs")
    share = models.FloatField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True, default="")
    did_hide = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair of near copies")
        verbose_name_plural = _("pairs of near copies")
        ordering = ["-share", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="near_pair_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="near_pair_of_two"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "same", "different"]), name="near_pair_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
