"""Articles, with how much is marked in them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.queries import curation
from corpus.admin.articles import ArticleAdmin
from corpus.admin.site import viewer
from corpus.models import Article

admin.site.unregister(Article)


@admin.register(Article)
class MarkedArticleAdmin(ArticleAdmin):
    """The articles."""

    list_display = (*ArticleAdmin.list_display, "highlight_count", "note_count", "link_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the articles."""
        return curation.articles(viewer(request))

    @admin.display(description=_("highlights"), ordering="highlight_count")
    def highlight_count(self, article: Any) -> int:
        """Return how many passages are marked."""
        return int(article.highlight_count)

    @admin.display(description=_("notes"), ordering="note_count")
    def note_count(self, article: Any) -> int:
        """Return how many notes on the whole and replies there are."""
        return int(article.note_count)

    @admin.display(description=_("links"), ordering="link_count")
    def link_count(self, article: Any) -> int:
        """Return how many links begin or end in it."""
        return int(article.link_count)
