"""Highlights, notes and replies."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.admin.moderated import ModeratedAdmin, StateFilter
from annotations.models import Annotation
from annotations.queries import curation
from annotations.services import annotations as marking
from corpus.admin.site import viewer
from corpus.permissions import Viewer

_WORDS = 14


class ClaimFilter(admin.SimpleListFilter):
    """Highlights that carry one claim."""

    title = _("claim")
    parameter_name = "claim"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the claims that are tagged most."""
        return [
            (str(claim.pk), claim.label) for claim in curation.claims_to_filter_by(viewer(request))
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what carries the chosen claim."""
        try:
            return curation.tagged_with(queryset, UUID(self.value() or ""))
        except ValueError:
            return queryset


@admin.register(Annotation)
class AnnotationAdmin(ModeratedAdmin):
    """What readers marked and wrote, but for what is private."""

    plural = _("highlights and notes")
    list_display = (
        "words",
        "article",
        "creator",
        "said_claims",
        "audience",
        "state",
        "anchor_state",
        "is_sample",
        "created_at",
    )
    list_filter = (
        StateFilter,
        ("article", admin.RelatedOnlyFieldListFilter),
        ClaimFilter,
        ("creator", admin.RelatedOnlyFieldListFilter),
        "anchor_state",
        "audience",
        "is_sample",
    )
    search_fields = ("exact", "note", "creator__username", "article__title")
    search_help_text = _("Words that are marked or written, the reader or the article.")
    ordering = ("-created_at",)
    fields = (
        ("article", "number", "creator"),
        "target",
        "written",
        "claims_said",
        ("audience", "state", "anchor_state"),
        ("created_at", "edited_at", "deleted_at", "is_sample"),
        "place",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        """Return highlights, notes and replies."""
        return curation.annotations(viewer(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field: the words are their reader's."""
        own = ["number", "target", "written", "claims_said", "edited_at", "deleted_at", "place"]
        return [*self.list_display, *own]

    def brought_back(self, who: Viewer, thing: Annotation) -> Annotation:
        """Return the annotation after its reader's deleting was undone."""
        return marking.restore(who, thing)

    @admin.display(description=_("words"), ordering="exact")
    def words(self, annotation: Annotation) -> str:
        """Return the first words that it marks or, without any, says."""
        return Truncator(annotation.exact or annotation.note).words(_WORDS) or "–"

    @admin.display(description=_("claims"))
    def said_claims(self, annotation: Annotation) -> str:
        """Return its claims with their stances."""
        said = (
            f"{row.tag.label} ({row.get_stance_display()})" for row in annotation.occurrences.all()
        )
        return ", ".join(said) or "–"

    @admin.display(description=_("marked words"))
    def target(self, annotation: Annotation) -> str:
        """Return the marked words in their surroundings."""
        if not annotation.is_highlight:
            return "–"
        return format_html(
            '<span class="quoted">…{}<mark>{}</mark>{}…</span>',
            annotation.prefix,
            annotation.exact,
            annotation.suffix,
        )

    @admin.display(description=_("note"))
    def written(self, annotation: Annotation) -> str:
        """Return what is written, as it was typed."""
        return format_html('<span class="written">{}</span>', annotation.note or "–")

    @admin.display(description=_("claims"))
    def claims_said(self, annotation: Annotation) -> str:
        """Return its claims with all that is said of them."""
        rows = (
            (row.tag.get_absolute_url(), row.tag.label, ", ".join(_said(row)))
            for row in annotation.occurrences.all()
        )
        return format_html_join("", '<p><a href="{}">{}</a> ({})</p>', rows) or "–"

    @admin.display(description=_("in the article"))
    def place(self, annotation: Annotation) -> str:
        """Return the way to its place."""
        return format_html(
            '<a href="{}">{} #{}</a>',
            annotation.get_absolute_url(),
            annotation.article,
            annotation.number,
        )


def _said(row: Any) -> list[str]:
    said = [str(row.get_stance_display())]
    if row.voice:
        said.append(str(row.get_voice_display()))
    if row.mode:
        said.append(str(row.get_mode_display()))
    if row.speaker is not None:
        said.append(row.speaker.name)
    return said
