"""Sources: the raw text beside what became of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin
from corpus.models import SourceFile
from corpus.queries import curation

_RESULT = (
    '<section><h2><a href="{}">{}</a></h2><pre class="raw-source" tabindex="0">{}</pre></section>'
)


@admin.register(SourceFile)
class SourceAdmin(CuratedAdmin):
    """The files as they were received; they never change."""

    list_display = ("name", "encoding", "size", "article_count", "imported_at", "imported_by")
    list_filter = ("encoding", "media_type", "imported_at")
    search_fields = ("name", "sha256", "origin_url")
    search_help_text = _("Words of the file name or the address, or the SHA-256.")
    fields = (
        ("name", "encoding", "size"),
        "sha256",
        ("imported_at", "imported_by", "origin_url"),
        ("raw", "results"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceFile]:
        """Return the sources."""
        return curation.sources()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field."""
        return [*self.list_display, "sha256", "origin_url", "raw", "results"]

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, source: Any) -> int:
        """Return how many articles came from it."""
        return int(source.article_count)

    @admin.display(description=_("as received"))
    def raw(self, source: SourceFile) -> str:
        """Return the text, as text."""
        return format_html('<pre class="raw-source" tabindex="0">{}</pre>', source.decoded())

    @admin.display(description=_("as read"))
    def results(self, source: SourceFile) -> str:
        """Return the text of each version that came from it."""
        versions = source.versions.select_related("article").order_by("source_start", "number")
        return format_html_join(
            "",
            _RESULT,
            (
                (reverse("admin:corpus_article_change", args=[row.article_id]), row, row.text)
                for row in versions
            ),
        )
