"""What an account shows to other readers, and how its reader likes to read."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Profile(models.Model):
    """A reader: the name and colour that others see, and reading settings.

    `appearance` holds the reading settings: {"theme", "size", "line", "measure",
    "patterns"}; an absent key means the default.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="profile"
    )
    display_name = models.CharField(_("name shown to others"), max_length=80)
    person_slot = models.PositiveSmallIntegerField(
        _("colour"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    appearance = models.JSONField(_("reading settings"), default=dict, blank=True)
    is_sample = models.BooleanField(_("sample reader"), default=False)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def initials(self) -> str:
        """Return one or two letters that stand for the reader."""
        return initials_of(self.display_name)


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word of `name`."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
