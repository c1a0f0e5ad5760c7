"""The immutable states of an article's text."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corpus.models.article import Article
from corpus.models.base import Made, WrittenOnce
from corpus.models.source import SourceFile


class ArticleVersion(WrittenOnce, Made):
    """One state of an article's text; all offsets refer to `text`.

    `blocks`, `marks` and `paratext` are lists of the dictionaries that
    `corpus.text.blocks` reads back. Offsets in blocks and marks are code points,
    half-open, in `text`; those in paratext refer to the source. `flags` are what the
    import left for a curator to look at: {"kind", "start", "end", "note"} in `text`.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    blocks = models.JSONField(_("blocks"))
    marks = models.JSONField(_("marks"), default=list)
    paratext = models.JSONField(_("paratext"), default=list)
    flags = models.JSONField(_("to look at"), default=list)
    digest = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(_("why it was made"), max_length=200)
    word_count = models.PositiveIntegerField(_("words"))
    is_basic = models.BooleanField(_("every character is one UTF-16 unit"), default=True)
    source = models.ForeignKey(
        SourceFile,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
    )
    source_start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    source_end = models.PositiveIntegerField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    @property
    def cut_off(self) -> frozenset[int]:
        """Return the starts of the blocks that the source broke off in the middle."""
        return cut_off(self.flags)


def cut_off(flags: Iterable[dict[str, Any]]) -> frozenset[int]:
    """Return the starts, in the text, of the blocks that are flagged as broken off."""
    return frozenset(flag["start"] for flag in flags if flag["kind"] == "truncated")


class OutboundLink(models.Model):
    """An address cited at `start`–`end` of a version; perhaps of an article we hold."""

    version = models.ForeignKey(
        ArticleVersion, on_delete=models.CASCADE, related_name="outbound_links"
    )
    url = models.URLField(_("address"), max_length=2000, db_index=True)
    text = models.CharField(_("words"), max_length=500)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    resolves_to = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cited_by",
    )

    class Meta:
        verbose_name = _("cited address")
        verbose_name_plural = _("cited addresses")
        ordering = ["version", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="outbound_link_has_words")
        ]

    def __str__(self) -> str:
        return self.url
