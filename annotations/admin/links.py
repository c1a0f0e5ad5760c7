"""Links between passages and articles."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.admin.moderated import ModeratedAdmin, StateFilter
from annotations.models import Annotation, Link
from annotations.queries import curation
from annotations.services import links
from corpus.admin.site import viewer
from corpus.models import Article
from corpus.permissions import Viewer

_WORDS = 12


@admin.register(Link)
class LinkAdmin(ModeratedAdmin):
    """The links, but for what is private."""

    list_display = (
        "near",
        "relation",
        "far",
        "note_begins",
        "creator",
        "audience",
        "state",
        "is_sample",
        "created_at",
    )
    list_filter = (
        StateFilter,
        "relation",
        ("from_article", admin.RelatedOnlyFieldListFilter),
        ("to_article", admin.RelatedOnlyFieldListFilter),
        ("creator", admin.RelatedOnlyFieldListFilter),
        "audience",
        "is_sample",
    )
    search_fields = ("note", "from_article__title", "to_article__title", "creator__username")
    search_help_text = _("Words of the note, the article at either end, or the reader.")
    ordering = ("-created_at",)
    fields = (
        "near",
        "relation",
        "far",
        "note",
        ("creator", "audience", "state"),
        ("created_at", "deleted_at", "is_sample"),
        "page",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        """Return the links."""
        return curation.links(viewer(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field: the words are their reader's."""
        return [*self.list_display, "note", "deleted_at", "page"]

    def brought_back(self, who: Viewer, thing: Link) -> Link:
        """Return the link after its reader's deleting was undone."""
        return links.restore(who, thing)

    @admin.display(description=_("from"), ordering="from_article__title")
    def near(self, link: Link) -> str:
        """Return where it begins."""
        return _end(link.from_article, link.from_annotation)

    @admin.display(description=_("to"), ordering="to_article__title")
    def far(self, link: Link) -> str:
        """Return where it ends."""
        return _end(link.to_article, link.to_annotation)

    @admin.display(description=_("note"))
    def note_begins(self, link: Link) -> str:
        """Return the first words of the note."""
        return Truncator(link.note).words(_WORDS) or "–"

    @admin.display(description=_("side by side"))
    def page(self, link: Link) -> str:
        """Return the way to both ends."""
        return format_html('<a href="{}">{}</a>', link.get_absolute_url(), _("Open both ends"))


def _end(article: Article, annotation: Annotation | None) -> str:
    if annotation is None:
        return str(article)
    words = Truncator(annotation.exact).words(_WORDS)
    return format_html("{}: “{}”", article, words)
