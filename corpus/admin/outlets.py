"""Outlets: who publishes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Outlet
from corpus.queries import curation
from corpus.services import outlets


class OutletForm(CuratedForm):
    """What a curator sets of an outlet."""

    name = forms.CharField(label=_("Name"), max_length=200)
    homepage = forms.CharField(label=_("Homepage"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Outlet.Kind.choices, required=False)

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        return {name: getattr(self.instance, name) for name in self.fields}


@admin.register(Outlet)
class OutletAdmin(CuratedAdmin):
    """The outlets."""

    form = OutletForm
    can_add = True
    can_change = True
    list_display = ("name", "kind", "homepage", "article_count")
    list_filter = ("kind",)
    search_fields = ("name", "homepage")
    fields = ("name", "homepage", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        """Return the outlets."""
        return curation.outlets()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the outlet."""
        sent = outlets.OutletDetails(**form.cleaned_data)
        if change:
            outlets.edit(viewer(request), obj, sent)
        else:
            stored = outlets.create(viewer(request), sent)
            obj.pk, obj.name = stored.pk, stored.name

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, outlet: Any) -> int:
        """Return how many articles it published."""
        return int(outlet.article_count)
