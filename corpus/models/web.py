"""Addresses on the web: what is fetched from them, and which are followed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.import_words import in_words
from corpus.models.base import Identified, Made, WrittenOnce
from corpus.models.imports import ImportBatch
from corpus.models.source import SourceFile

_LONGEST_URL = 2_000
_LONGEST_TOLD = 500


class WebAddress(Identified, Made):
    """An address that was asked for, and how it was found when it was last looked at.

    `came_from`, `etag` and `last_modified` are what a server is told to send a page only when it
    has changed. `fault` is a sentence of corpus.import_words, in English, with `fault_values` in
    its places; `fault_count` counts the faults one after the other.
    """

    url = models.URLField(_("address"), max_length=_LONGEST_URL, unique=True)
    came_from = models.URLField(_("came from"), max_length=_LONGEST_URL, blank=True)
    etag = models.CharField(max_length=_LONGEST_TOLD, blank=True, editable=False)
    last_modified = models.CharField(max_length=_LONGEST_TOLD, blank=True, editable=False)
    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    fault = models.CharField(_("last fault"), max_length=500, blank=True)
    fault_values = models.JSONField(default=dict, blank=True, editable=False)
    fault_count = models.PositiveIntegerField(_("faults"), default=0)

    class Meta:
        verbose_name = _("web address")
        verbose_name_plural = _("web addresses")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url

    @property
    def fault_in_words(self) -> str:
        """Return why it could not be fetched, in the language of the page; "" when it was."""
        return in_words(self.fault, self.fault_values)


class Fetch(WrittenOnce):
    """One time that something new came from an address, and the import that it went into.

    `url` is where it came from in the end, `media_type` what the server called it.
    """

    address = models.ForeignKey(
        WebAddress, verbose_name=_("web address"), on_delete=models.PROTECT, related_name="fetches"
    )
    source = models.ForeignKey(
        SourceFile, verbose_name=_("source"), on_delete=models.PROTECT, related_name="fetches"
    )
    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.PROTECT, related_name="fetches"
    )
    url = models.URLField(_("came from"), max_length=_LONGEST_URL)
    status = models.PositiveSmallIntegerField(_("status"))
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    at = models.DateTimeField(_("fetched"), auto_now_add=True)

    class Meta:
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.url} ({self.at:%Y-%m-%d %H:%M})"


class Subscription(Identified, Made):
    """A feed that is followed: it is looked at from time to time, and new entries are proposed.

    `next_at` is when it is due. It is not looked at while it is paused. `moved_from` is where it
    was followed before its server said that it moved for good, "" for nowhere. When it
    `fetches_pages`, the page is proposed that an entry links to which is only a summary.
    """

    address = models.OneToOneField(
        WebAddress,
        verbose_name=_("web address"),
        on_delete=models.PROTECT,
        related_name="subscription",
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    next_at = models.DateTimeField(_("next look"), db_index=True)
    fetches_pages = models.BooleanField(_("fetches linked pages"), default=False)
    moved_from = models.URLField(_("moved from"), max_length=_LONGEST_URL, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title or self.address.url
