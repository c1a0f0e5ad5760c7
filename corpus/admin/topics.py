"""Topics: the words that curators put on articles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Article
from corpus.queries import curation
from corpus.services import topics


class TopicForm(CuratedForm):
    """What a curator calls a topic."""

    name = forms.CharField(label=_("Name"), max_length=topics.MAX_TOPIC)

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        return {"name": self.instance.name}


@admin.register(Tag)
class TopicAdmin(CuratedAdmin):
    """The topics; they are put on an article on the page of the article."""

    form = TopicForm
    plural = _("topics")
    can_change = True
    list_display = ("name", "article_count")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "articles")
    readonly_fields = ("articles",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Return the topics."""
        return curation.topics()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the name."""
        topics.rename(viewer(request), obj, form.cleaned_data["name"])

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, topic: Any) -> int:
        """Return how many articles it stands on."""
        return int(topic.article_count)

    @admin.display(description=_("articles"))
    def articles(self, topic: Tag) -> str:
        """Return the articles it stands on."""
        rows = Article.objects.filter(topic_items__tag=topic).order_by("title")
        links = ((reverse("admin:corpus_article_change", args=[row.pk]), row) for row in rows)
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"
