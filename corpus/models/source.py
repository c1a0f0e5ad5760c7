"""The bytes an article came from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.importing.read import Source, read_source
from corpus.models.base import WrittenOnce


class SourceFile(WrittenOnce):
    """A file exactly as received; never changed, never deleted by an edit.

    `format` is what it is read as (corpus.importing.formats; of a record also the mapping of
    its columns, corpus.importing.columns), "" for what its content tells:
    the same bytes read as something else are another source.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    encoding = models.CharField(_("encoding"), max_length=40, default="utf-8")
    origin_url = models.URLField(_("address"), max_length=2000, blank=True)
    content = models.BinaryField(_("content"))
    format = models.CharField(_("read as"), max_length=1000, blank=True)
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
        constraints = [
            models.UniqueConstraint(fields=["sha256", "format"], name="source_once_per_format")
        ]

    def __str__(self) -> str:
        return self.name

    def decoded(self) -> str:
        """Return the whole source as the text that its offsets count in."""
        return self.read(self.name).text

    def read(self, name: str) -> Source:
        """Return the source as it is read, called `name`; raises ImportRefused."""
        return read_source(
            bytes(self.content), name, origin_url=self.origin_url, as_format=self.format
        )
