"""Where highlights stood in earlier versions of their article."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from corpus.models import ArticleVersion


class FormerTarget(models.Model):
    """The target that a highlight had in a version that is no longer the current one.

    It is kept when the highlight is carried over, so that the old version can be read with
    its highlights, and so that carrying over can be undone. The same offsets and words as in
    Annotation; `anchor_state` is how the words had been found in that version.
    """

    annotation = models.ForeignKey(
        Annotation,
        verbose_name=_("highlight"),
        on_delete=models.CASCADE,
        related_name="former_targets",
    )
    version = models.ForeignKey(
        ArticleVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="former_targets",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField(_("words"))
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    anchor_state = models.CharField(
        _("anchor"),
        max_length=10,
        choices=Annotation.AnchorState.choices,
        default=Annotation.AnchorState.EXACT,
    )

    class Meta:
        verbose_name = _("former place")
        verbose_name_plural = _("former places")
        ordering = ["version", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "version"], name="former_target_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")) & ~Q(exact=""), name="former_target_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annotation} in {self.version}"
