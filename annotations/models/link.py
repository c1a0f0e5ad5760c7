"""Links between passages and articles."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation, Audience, Moderation
from corpus.models import Article, Group
from corpus.models.base import Identified


class Link(Identified):
    """A relation from an article or a passage of it to another.

    Each end is an article and, where it is a passage, the highlight that marks it.
    Source: W3C motivation linking; CiTO.
    """

    class Relation(models.TextChoices):
        """What the one end does to the other."""

        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")
        SAME_EVENT = "same_event", _("same event")
        RESPONDS_TO = "responds_to", _("responds to")
        QUOTES = "quotes", _("quotes")
        CORRECTS = "corrects", _("corrects")
        BACKGROUND = "background", _("background")

    from_article = models.ForeignKey(
        Article, verbose_name=_("from"), on_delete=models.PROTECT, related_name="links_from"
    )
    from_annotation = models.ForeignKey(
        Annotation,
        verbose_name=_("from the passage"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_from",
    )
    to_article = models.ForeignKey(
        Article, verbose_name=_("to"), on_delete=models.PROTECT, related_name="links_to"
    )
    to_annotation = models.ForeignKey(
        Annotation,
        verbose_name=_("to the passage"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_to",
    )
    relation = models.CharField(
        _("relation"), max_length=12, choices=Relation.choices, default=Relation.BACKGROUND
    )
    note = models.TextField(_("note"), blank=True)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.PROTECT,
        related_name="links",
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), blank=True, related_name="links"
    )
    moderation = models.CharField(
        _("moderation"), max_length=10, choices=Moderation.choices, default=Moderation.APPROVED
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    counter = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_article=F("to_article"))
                | Q(from_annotation__isnull=False, to_annotation__isnull=False)
                & ~Q(from_annotation=F("to_annotation")),
                name="link_ends_differ",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="link_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="link_moderation_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    relation__in=[
                        "supports",
                        "contradicts",
                        "same_event",
                        "responds_to",
                        "quotes",
                        "corrects",
                        "background",
                    ]
                ),
                name="link_relation_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_article} {self.relation} {self.to_article}"

    def get_absolute_url(self) -> str:
        """Return the address of the side-by-side view."""
        return reverse("link", args=[self.id])
