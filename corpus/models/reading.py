"""How far readers read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corpus.models.article import Article
from corpus.models.base import Identified


class Reading(Identified):
    """How far one reader read one article; nobody else sees it, curators neither.

    `place` is where they left off and `furthest` how far they came: offsets, in code points,
    of the first characters of blocks in the text of the version with the number `version`.
    `seen` is the set of the numbers of the blocks that were before their eyes, as
    `corpus.text.progress` writes it, and `percent` how many of all blocks those are.
    `finished_at` is when the article was read, None while it is not. A row in which nothing
    is seen or finished says that the article is unread.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="readings",
        db_index=False,  # the constraint below is an index that begins with it
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readings")
    version = models.PositiveIntegerField()
    place = models.PositiveIntegerField(default=0)
    furthest = models.PositiveIntegerField(default=0)
    seen = models.TextField(blank=True, default="")
    percent = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(_("begun"))
    seen_at = models.DateTimeField(_("last read"))
    finished_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of reading")
        verbose_name_plural = _("states of reading")
        constraints = [
            models.UniqueConstraint(fields=["reader", "article"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(place__lte=F("furthest")), name="reading_place_not_beyond_furthest"
            ),
            models.CheckConstraint(
                condition=Q(percent=0, seen="") | Q(percent__gte=1, percent__lte=100) & ~Q(seen=""),
                name="reading_percent_of_seen",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("opened_at")), name="reading_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.article}"
