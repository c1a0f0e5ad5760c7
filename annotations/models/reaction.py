"""A word of a reader on what another wrote, of a small set."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation


class Reaction(models.Model):
    """That a reader answers a highlight, note or reply with one of a few words.

    It is seen with what it is on, and is no state of that: the counter there stays.
    """

    class Kind(models.TextChoices):
        """What is said."""

        AGREE = "agree", _("I agree")
        THANKS = "thanks", _("Thanks")
        QUESTION = "question", _("I wonder")
        SURPRISED = "surprised", _("I am surprised")
        CHECK = "check", _("To be checked")

    annotation = models.ForeignKey(
        Annotation,
        verbose_name=_("annotation"),
        on_delete=models.CASCADE,
        related_name="reactions",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="reactions",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "reader", "kind"], name="reaction_of_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["agree", "thanks", "question", "surprised", "check"]),
                name="reaction_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"
