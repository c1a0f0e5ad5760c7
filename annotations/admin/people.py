"""Accounts, with the name that others see; sample readers are marked."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.queries import curation
from annotations.queries.readers import profile_of
from corpus.admin.people import PersonAdmin
from corpus.admin.site import viewer

admin.site.unregister(User)


@admin.register(User)
class ReaderAdmin(PersonAdmin):
    """The accounts."""

    list_display = (*PersonAdmin.list_display, "shown_name", "is_sample", "annotation_count")
    list_filter = (*PersonAdmin.list_filter, "profile__is_sample")
    search_fields = (*PersonAdmin.search_fields, "profile__display_name")
    fields = ("username", "shown_name", *PersonAdmin.fields[1:], "is_sample")
    readonly_fields = (*PersonAdmin.readonly_fields, "shown_name", "is_sample")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the accounts."""
        return curation.people(viewer(request))

    @admin.display(description=_("name shown to others"), ordering="profile__display_name")
    def shown_name(self, user: Any) -> str:
        """Return the name that others see, or will see after the first write."""
        return profile_of(user, is_own=True).display_name

    @admin.display(description=_("sample"), boolean=True, ordering="profile__is_sample")
    def is_sample(self, user: Any) -> bool:
        """Say whether it is a sample reader, who cannot sign in."""
        return hasattr(user, "profile") and bool(user.profile.is_sample)

    @admin.display(description=_("highlights and notes"), ordering="annotation_count")
    def annotation_count(self, user: Any) -> int:
        """Return how much they wrote that others see."""
        return int(user.annotation_count)
