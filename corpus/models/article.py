"""Articles, their former addresses, their authors and topics."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from corpus.models.agent import Agent
from corpus.models.base import Identified
from corpus.models.group import Group
from corpus.models.outlet import Outlet


class Basis(models.TextChoices):
    """Where a fact about an article comes from."""

    GIVEN = "given", _("given in the text")
    INFERRED = "inferred", _("inferred from the text")
    DERIVED = "derived", _("derived from other facts")
    CURATED = "curated", _("set by a curator")
    UNKNOWN = "unknown", _("not known")


def _basis_field() -> "models.CharField[str, str]":
    return models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.UNKNOWN)


class TopicOnArticle(TaggedItemBase):
    """A curators' topic word on an article."""

    content_object = models.ForeignKey(
        "corpus.Article", on_delete=models.CASCADE, related_name="topic_items"
    )

    class Meta:
        verbose_name = _("topic on an article")
        verbose_name_plural = _("topics on articles")


class Article(Identified):
    """A text to read, with what is known of it and how it is known.

    `facts` maps a field ("title", "outlet", …) to the evidence its basis rests on:
    {"confidence": 0..1, "evidence": str, "evidence_start": int | None, "rule": str}, and
    "is_undone" where a curator decided it for an import that was undone.
    One that `is_withdrawn` is hidden until it is imported again.
    """

    class Precision(models.TextChoices):
        """How exactly the day of publication is known."""

        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        UNKNOWN = "unknown", _("not known")

    class Access(models.TextChoices):
        """Who may read it."""

        PUBLIC = "public", _("everyone")
        MEMBERS = "members", _("signed-in readers")
        GROUPS = "groups", _("members of its groups")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=500)
    title_basis = _basis_field()
    standfirst = models.TextField(_("standfirst"), blank=True)
    standfirst_basis = _basis_field()
    byline = models.CharField(_("by-line"), max_length=300, blank=True)
    byline_basis = _basis_field()
    authors = models.ManyToManyField(
        Agent, verbose_name=_("authors"), through="Authorship", related_name="articles"
    )
    outlet = models.ForeignKey(
        Outlet,
        verbose_name=_("outlet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    outlet_basis = _basis_field()
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_precision = models.CharField(
        _("precision"), max_length=10, choices=Precision.choices, default=Precision.UNKNOWN
    )
    published_not_before = models.DateField(_("not before"), null=True, blank=True)
    published_not_after = models.DateField(_("not after"), null=True, blank=True)
    published_basis = _basis_field()
    language = models.CharField(_("language"), max_length=20, blank=True)
    language_basis = _basis_field()
    canonical_url = models.URLField(_("address"), max_length=2000, blank=True)
    canonical_url_basis = _basis_field()
    facts = models.JSONField(_("evidence"), default=dict, blank=True)
    access = models.CharField(
        _("who may read"), max_length=10, choices=Access.choices, default=Access.PUBLIC
    )
    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), blank=True, related_name="articles"
    )
    topics = TaggableManager(
        _("topics"), through=TopicOnArticle, blank=True, related_name="articles"
    )
    current_version = models.ForeignKey(
        "corpus.ArticleVersion",
        verbose_name=_("current version"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    is_stub = models.BooleanField(_("only linked to"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    is_withdrawn = models.BooleanField(_("its import was undone"), default=False, editable=False)
    counter = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [F("published_on").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision="unknown")
                | Q(published_on__isnull=False) & ~Q(published_precision="unknown"),
                name="article_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(published_not_before__isnull=True)
                | Q(published_not_after__isnull=True)
                | Q(published_not_before__lte=F("published_not_after")),
                name="article_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(access__in=["public", "members", "groups"]), name="article_access_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the reading page."""
        return reverse("article", args=[self.slug])

    def published(self) -> str | None:
        """Return the date as far as it is known: 2017-03-23, 2017-03, 2017, or None."""
        if self.published_on is None:
            return None
        shown = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
        return self.published_on.strftime(shown[self.published_precision])


class ArticleSlug(models.Model):
    """A former address of an article; it redirects for ever."""

    slug = models.SlugField(max_length=100, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class Authorship(models.Model):
    """One author of an article, in the order of the by-line."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authorships")
    agent = models.ForeignKey(
        Agent, verbose_name=_("author"), on_delete=models.PROTECT, related_name="authorships"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    basis = _basis_field()
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "agent"], name="author_once_per_article")
        ]

    def __str__(self) -> str:
        return str(self.agent)
