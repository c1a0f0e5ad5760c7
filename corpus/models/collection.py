"""Reading lists."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus.models.article import Article
from corpus.models.base import Identified, Made
from corpus.models.group import Group


class Collection(Identified, Made):
    """An ordered reading list; of a group, or of everybody."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="collections",
    )
    articles = models.ManyToManyField(
        Article, verbose_name=_("articles"), through="CollectionItem", related_name="collections"
    )
    deleted_at = models.DateTimeField(_("taken away"), null=True, blank=True)
    counter = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("collection", args=[self.slug])


class CollectionItem(models.Model):
    """An article's place in a collection; places count from 1."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="collection_items")
    position = models.PositiveIntegerField(_("place"))

    class Meta:
        verbose_name = _("article of a collection")
        verbose_name_plural = _("articles of a collection")
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "article"], name="article_once_per_collection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"
