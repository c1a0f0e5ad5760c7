"""Highlights, notes on a whole article, and replies."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from annotations.models.contribution import Contribution
from annotations.models.occurrence import ClaimOccurrence
from annotations.models.tagging import ClaimsOnHighlight
from corpus.models import Article, ArticleVersion


class Annotation(Contribution):
    """A highlight (it has a target), a note on a whole article, or a reply.

    `start` and `end` are code points, half-open, in the version's text; `exact`,
    `prefix` and `suffix` are cut from that text by the server. `number` is unique
    within the article and never given twice. Source: W3C Web Annotation 4.2.4, 4.2.5.
    The version is the current one, but for an orphan: that stays in the last version that had
    its words, and `guess_start`, `guess_end` are where they may have gone in the current one.
    """

    # Of a number, in addresses too; int() refuses thousands of digits.
    NUMBER_DIGITS = 9

    class AnchorState(models.TextChoices):
        """How its words were found in the current version."""

        EXACT = "exact", _("exact")
        MOVED = "moved", _("moved")
        CHANGED = "changed", _("changed")
        ORPHAN = "orphan", _("could not be placed")

    STANDS_ON = ("article", "version", "parent")

    number = models.PositiveIntegerField(_("number"))
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="annotations"
    )
    version = models.ForeignKey(
        ArticleVersion,
        verbose_name=_("version"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="annotations",
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField(_("words"), blank=True)
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    anchor_state = models.CharField(
        _("anchor"), max_length=10, choices=AnchorState.choices, default=AnchorState.EXACT
    )
    guess_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    guess_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    selectors = models.JSONField(_("selectors of other clients"), default=list, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    claims = TaggableManager(
        _("claims"),
        through=ClaimOccurrence,
        manager=ClaimsOnHighlight,
        ordering=["occurrences__position", "occurrences__created_at"],
        blank=True,
    )

    class Meta(Contribution.Meta):
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["article", "start", "number"]
        indexes = [
            models.Index(fields=["article", "start"], name="annotation_in_article"),
            models.Index(fields=["creator", "-created_at"], name="annotation_of_reader"),
        ]
        constraints = [
            *Contribution.Meta.constraints,
            models.UniqueConstraint(fields=["article", "number"], name="annotation_number_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, version__isnull=True, exact="")
                | Q(start__isnull=False, version__isnull=False, start__lt=F("end")) & ~Q(exact=""),
                name="annotation_target_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(start__isnull=True),
                name="annotation_reply_has_no_target",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=False) | Q(deleted_by__isnull=True),
                name="annotation_deleter_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="annotation_resolved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True),
                name="annotation_resolved_as_a_thread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} #{self.number}"

    def get_absolute_url(self) -> str:
        """Return its lasting address, which leads to its place in the article."""
        return reverse("annotation", args=[self.id])

    @property
    def is_highlight(self) -> bool:
        """Say whether it marks words."""
        return self.start is not None

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the one article that it stands in."""
        return (self.article,)

    def set_deleted(self, actor_id: int) -> list[str]:
        """Set that `actor_id` deletes it now; return the names of the fields to save."""
        self.deleted_by_id = actor_id
        return [*super().set_deleted(actor_id), "deleted_by"]

    def set_restored(self) -> list[str]:
        """Set that it is not deleted any more; return the names of the fields to save."""
        self.deleted_by_id = None
        return [*super().set_restored(), "deleted_by"]


class AnnotationTally(models.Model):
    """The last number given to an annotation of an article that everybody sees."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="annotation_tally"
    )
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("numbers given")
        verbose_name_plural = _("numbers given")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.last_number}"
