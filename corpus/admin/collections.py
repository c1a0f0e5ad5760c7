"""Collections: their words, and bringing back those that were taken away.

What stands in one, and in which order, is looked after on its own page.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Collection, Group
from corpus.permissions import SYSTEM, Viewer
from corpus.queries import curation
from corpus.queries.collections import articles_of, groups_to_collect_for
from corpus.services import collections
from corpus.services.collection_details import MAX_DESCRIPTION, MAX_TITLE, CollectionDetails


class CollectionForm(CuratedForm):
    """What a curator says of a collection."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    group: "forms.ModelChoiceField[Group]" = forms.ModelChoiceField(
        label=_("For"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("Everybody who may read here"),
    )
    seen_counter = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = groups_to_collect_for(SYSTEM, self.instance.group_id)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        stored: Collection = self.instance
        return {
            "title": stored.title,
            "description": stored.description,
            "group": stored.group_id,
            "seen_counter": stored.counter,
        }


class TakenAwayFilter(admin.SimpleListFilter):
    """Collections that are there, or that were taken away."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [("there", _("there")), ("gone", _("taken away"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the collections in the chosen state."""
        if self.value() in {"there", "gone"}:
            return queryset.filter(deleted_at__isnull=self.value() == "there")
        return queryset


def _take_away(who: Viewer, collection: Collection) -> Collection:
    return collections.delete(who, collection, counter=collection.counter)


@admin.register(Collection)
class CollectionAdmin(CuratedAdmin):
    """The collections."""

    form = CollectionForm
    can_change = True
    list_display = ("title", "group", "article_count", "created_by", "created_at", "is_there")
    list_filter = (TakenAwayFilter, "group")
    search_fields = ("title", "description", "slug")
    ordering = ("title",)
    actions = ("take_away", "bring_back")
    fields = ("title", "description", "group", "seen_counter", "in_order", "own_page")
    readonly_fields = ("in_order", "own_page")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        """Return the collections, those taken away too."""
        return curation.collections()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the words, and whom it is for."""
        sent = form.cleaned_data
        group = sent["group"]
        details = CollectionDetails(sent["title"], sent["description"], group and group.pk)
        collections.edit(viewer(request), obj, details, counter=sent["seen_counter"])

    @admin.action(description=_("Take away the chosen collections"))
    def take_away(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen collections away; their articles stay."""
        said = gettext("%(count)d taken away.")
        self.each(request, queryset, _take_away, said)

    @admin.action(description=_("Bring back the chosen collections"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Bring the chosen collections back as they were."""
        self.each(request, queryset, collections.restore, gettext("%(count)d brought back."))

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, collection: Any) -> int:
        """Return how many articles stand in it."""
        return int(collection.article_count)

    @admin.display(description=_("there"), boolean=True, ordering="deleted_at")
    def is_there(self, collection: Collection) -> bool:
        """Say whether it was not taken away."""
        return collection.deleted_at is None

    @admin.display(description=_("articles"))
    def in_order(self, collection: Collection) -> SafeString | str:
        """Return its articles in their order."""
        rows = articles_of(SYSTEM, collection)
        links = ((reverse("admin:corpus_article_change", args=[row.pk]), row) for row in rows)
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description=_("its page"))
    def own_page(self, collection: Collection) -> SafeString:
        """Return the way to where its articles are put in order, or it is brought back."""
        page = "collection" if collection.deleted_at is None else "collection_restore"
        address = reverse(page, args=[collection.slug])
        return format_html('<a href="{}">{}</a>', address, address)
