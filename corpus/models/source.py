"""The bytes an article came from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.importing.read import read_source
from corpus.models.base import WrittenOnce


class SourceFile(WrittenOnce):
    """A file exactly as received; never changed, never deleted by an edit."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    encoding = models.CharField(_("encoding"), max_length=40, default="utf-8")
    origin_url = models.URLField(_("address"), max_length=2000, blank=True)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size in bytes"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ["-imported_at", "name"]

    def __str__(self) -> str:
        return self.name

    def decoded(self) -> str:
        """Return the whole source as the text that its offsets count in."""
        return read_source(bytes(self.content), self.name, origin_url=self.origin_url).text
