"""What highlights and links share: hiding them, showing them, bringing back deleted ones."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import Moderation
from annotations.services import moderation
from corpus.admin.base import CuratedAdmin
from corpus.permissions import Viewer


class StateFilter(admin.SimpleListFilter):
    """Shown, hidden or deleted."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [("shown", _("shown")), ("hidden", _("hidden")), ("deleted", _("deleted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what is in the chosen state."""
        match self.value():
            case "shown":
                return queryset.filter(deleted_at=None, moderation=Moderation.APPROVED)
            case "hidden":
                return queryset.filter(deleted_at=None).exclude(moderation=Moderation.APPROVED)
            case "deleted":
                return queryset.filter(deleted_at__isnull=False)
        return queryset


class ModeratedAdmin(CuratedAdmin):
    """Pages for what readers wrote: curators look, hide and bring back; the words stay theirs."""

    actions = ("hide", "show", "bring_back")

    def brought_back(self, who: Viewer, thing: Any) -> object:
        """Return `thing` after its reader's deleting was undone."""
        raise NotImplementedError

    @admin.action(description=_("Hide from readers"))
    def hide(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Hide what is chosen from all but its reader and curators."""
        self.each(request, queryset, moderation.hide, gettext("Hidden: %(count)d."))

    @admin.action(description=_("Show to readers again"))
    def show(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Show again what was hidden."""
        self.each(request, queryset, moderation.show, gettext("Shown: %(count)d."))

    @admin.action(description=_("Bring back what was deleted"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Bring back what its reader deleted."""
        self.each(request, queryset, self.brought_back, gettext("Brought back: %(count)d."))

    @admin.display(description=_("state"))
    def state(self, thing: Any) -> str:
        """Return whether readers see it."""
        if thing.deleted_at is not None:
            return gettext("deleted")
        return str(Moderation(thing.moderation).label)
