"""What every table that leaves the server shares."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Identified(models.Model):
    """A row known outside by a UUID, which a client may have made."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class Made(models.Model):
    """A row that says when it was made and by whom; nobody where a command made it."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        abstract = True


class Unchangeable(Exception):
    """A row that is never changed was saved a second time."""


class WrittenOnce(Identified):
    """A row that is stored once and then never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; raises Unchangeable when it is stored already."""
        if not self._state.adding:
            raise Unchangeable(f"{self._meta.label} {self.pk} is never changed.")
        super().save(*args, **kwargs)
