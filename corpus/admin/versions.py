"""Versions of articles: what was read when; they never change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin
from corpus.extensions import Label
from corpus.import_words import in_words
from corpus.models import ArticleVersion
from corpus.queries import curation
from corpus.queries.versions import reason_in_words
from corpus.text.blocks import blocks_from_data


@admin.register(ArticleVersion)
class VersionAdmin(CuratedAdmin):
    """The versions."""

    list_display = ("article", "number", "why", "word_count", "source", "created_at", "look_at")
    list_filter = ("created_at",)
    search_fields = ("article__title", "article__slug", "source__name")
    search_help_text = _("Words of the article's title or the file name.")
    ordering = ("article__title", "-number")
    fields = (
        ("article", "number", "why"),
        ("source", "source_start", "source_end"),
        ("word_count", "created_at", "created_by"),
        "blocks_as_read",
        "beside",
        "to_look_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        """Return the versions."""
        return curation.versions()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field."""
        shown = ["source_start", "source_end", "created_by", "blocks_as_read", "beside"]
        return [*self.list_display, *shown, "to_look_at"]

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, version: ArticleVersion) -> Label:
        """Return why it was made, in words."""
        return reason_in_words(version)

    @admin.display(description=_("look at"))
    def look_at(self, version: ArticleVersion) -> str:
        """Return links to the version as readers see it, and to what it changed."""
        place = [version.article.slug, version.number]
        links = [(reverse("article_version", args=place), _("Text"))]
        if version.number > 1:
            links.append((reverse("article_changes", args=place), _("Changes")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.display(description=_("text"))
    def blocks_as_read(self, version: ArticleVersion) -> str:
        """Return the blocks with their kinds."""
        rows = (
            (block.kind, version.text[block.start : block.end])
            for block in blocks_from_data(version.blocks)
        )
        return format_html('<dl class="told">{}</dl>', _pairs(rows))

    @admin.display(description=_("kept beside the text"))
    def beside(self, version: ArticleVersion) -> str:
        """Return the paratext with its kinds."""
        rows = [(piece["kind"], piece["text"]) for piece in version.paratext]
        return format_html('<dl class="told">{}</dl>', _pairs(rows)) if rows else "–"

    @admin.display(description=_("to look at"))
    def to_look_at(self, version: ArticleVersion) -> str:
        """Return what the import left for a curator."""
        flags = version.flags
        rows = [(flag["kind"], in_words(flag["note"], flag.get("values"))) for flag in flags]
        return format_html('<dl class="told">{}</dl>', _pairs(rows)) if rows else "–"


def _pairs(rows: Any) -> str:
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
