"""How an account likes the product to look and to be worked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preferences(models.Model):
    """A reader's own settings, which follow them to every device and nobody else sees.

    `appearance` holds the names and values of `corpus.appearance.Appearance`, {} until the
    reader first chose. `keys` is {} or {"off": whether single keys do nothing, "keys": the
    key of each action that has not its usual one, "" for none}.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="preferences",
    )
    appearance = models.JSONField(_("text and theme"), default=dict, blank=True)
    keys = models.JSONField(_("keys"), default=dict, blank=True)
    shows_reading = models.BooleanField(_("shows others that they are reading"), default=True)

    class Meta:
        verbose_name = _("settings of a reader")
        verbose_name_plural = _("settings of readers")

    def __str__(self) -> str:
        return str(self.user)
