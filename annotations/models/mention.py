"""Who is named in what readers write."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation


class Mention(models.Model):
    """That a note names a reader who may see it.

    `name` is what stands behind the @ in the note; it goes on to mean the same account once that
    signs in by another name. Two names in one note may mean one account.
    """

    annotation = models.ForeignKey(
        Annotation,
        verbose_name=_("annotation"),
        on_delete=models.CASCADE,
        related_name="mentions",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="mentions",
    )
    name = models.CharField(_("name as written"), max_length=150)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["annotation", "name"], name="mention_name_once")
        ]

    def __str__(self) -> str:
        return f"@{self.name}"
