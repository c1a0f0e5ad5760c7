"""Events: what happened, by whom and when; they never change."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin
from corpus.admin.site import viewer
from corpus.models import Event
from corpus.queries import curation
from corpus.verbs import in_words


class _WhatHappened(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the verbs that were recorded, in the order of their words."""
        recorded = curation.recorded_verbs(viewer(request))
        named = [(verb, in_words(verb)) for verb in recorded]
        return sorted(named, key=lambda name: name[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the Events of the chosen verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(CuratedAdmin):
    """The Events that curators may know of."""

    list_display = ("at", "actor", "what", "article", "audience")
    list_filter = (_WhatHappened, "audience", "at")
    search_fields = ("verb", "actor__username", "article__title", "=subject_id")
    search_help_text = _("What was done, who did it, or in which article.")
    ordering = ("-id",)
    fields = (("at", "actor", "what"), ("subject_type", "subject_id"), "article", "audience")
    readonly_fields = (
        "at",
        "actor",
        "what",
        "subject_type",
        "subject_id",
        "article",
        "audience",
        "was",
        "became",
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what happened, then before and after beside each other."""
        return (*self.fields, ("was", "became"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Return the Events that whoever asks may know of."""
        return curation.recent_events(viewer(request))

    @admin.display(description=_("what"), ordering="verb")
    def what(self, event: Event) -> str:
        """Return what happened, in words."""
        return event.said

    @admin.display(description=_("before"))
    def was(self, event: Event) -> str:
        """Return the changed values before."""
        return _shown(event.before)

    @admin.display(description=_("after"))
    def became(self, event: Event) -> str:
        """Return the changed values after."""
        return _shown(event.after)


def _shown(values: Any) -> str:
    text = json.dumps(values, ensure_ascii=False, indent=2)
    return format_html('<pre class="raw-source" tabindex="0">{}</pre>', text)
