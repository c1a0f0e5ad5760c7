"""What an account shows to other readers."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Profile(models.Model):
    """A reader: the name and colour that others see."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="profile"
    )
    display_name = models.CharField(_("name shown to others"), max_length=80)
    person_slot = models.PositiveSmallIntegerField(
        _("colour"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    is_sample = models.BooleanField(_("sample reader"), default=False)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        ordering = ["display_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person_slot__gte=1, person_slot__lte=8), name="person_slot_1_to_8"
            )
        ]

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
