"""Links between passages and articles."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from annotations.models.contribution import Contribution
from corpus.models import Article


class Link(Contribution):
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

    STANDS_ON = ("from_article", "to_article", "from_annotation", "to_annotation")

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

    class Meta(Contribution.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-created_at"]
        constraints = [
            *Contribution.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(from_article=F("to_article"))
                | Q(from_annotation__isnull=False, to_annotation__isnull=False)
                & ~Q(from_annotation=F("to_annotation")),
                name="link_ends_differ",
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

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the article that it begins in and the one that it leads to."""
        return self.from_article, self.to_article

    @property
    def ends(self) -> tuple[Annotation | None, Annotation | None]:
        """Return the highlights at its ends, None for an article as a whole."""
        return self.from_annotation, self.to_annotation
