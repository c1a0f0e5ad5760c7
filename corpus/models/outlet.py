"""Who published an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified


class Outlet(Identified):
    """A publisher: a newspaper, a magazine, a blog."""

    class Kind(models.TextChoices):
        """What sort of publisher."""

        UNKNOWN = "", _("not known")
        NEWSPAPER = "newspaper", _("newspaper")
        MAGAZINE = "magazine", _("magazine")
        BLOG = "blog", _("blog")
        BROADCASTER = "broadcaster", _("broadcaster")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    homepage = models.URLField(_("homepage"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
