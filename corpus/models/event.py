"""What happened, by whom and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.verbs import in_words


class Event(models.Model):
    """One write: the audit trail, and the order in which clients hear of it.

    `before` and `after` hold the changed fields as JSON; `subject_type` is a model's
    label in lower case ("annotations.annotation"), `subject_id` its UUID.
    """

    class Audience(models.TextChoices):
        """Who may see that it happened."""

        PRIVATE = "private", _("Only me")
        GROUPS = "groups", _("Groups")
        PUBLIC = "public", _("Everyone")
        STAFF = "staff", _("Curators")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.UUIDField(_("which"))
    article = models.ForeignKey(
        "corpus.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.STAFF
    )
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    # On PostgreSQL, where ids may be committed out of their order (queries/news.py).
    transaction_id = models.BigIntegerField(
        _("transaction"), null=True, blank=True, editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.said}: {self.subject_type} {self.subject_id}"

    @property
    def said(self) -> str:
        """Return what happened, in words."""
        return in_words(self.verb)
