"""Accounts: roles, and who may come in."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Invitation
from corpus.permissions import allowed
from corpus.queries import curation
from corpus.services import people


class PersonForm(CuratedForm):
    """What an administrator sets of an account."""

    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)
    is_active = forms.BooleanField(
        label=_("May come in"),
        required=False,
        help_text=_("Without it the account cannot sign in; what it wrote stays."),
    )

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        return {"role": people.role_of(self.instance), "is_active": self.instance.is_active}


@admin.register(User)
class PersonAdmin(CuratedAdmin):
    """The accounts; administrators change their roles, curators look."""

    form = PersonForm
    plural = _("accounts")
    list_display: tuple[Any, ...] = (
        "username",
        "role",
        "is_active",
        "date_joined",
        "last_login",
    )
    list_filter: ClassVar[tuple[Any, ...]] = ("is_staff", "is_superuser", "is_active")
    search_fields: ClassVar[tuple[str, ...]] = ("username", "first_name", "last_name")
    ordering = ("username",)
    readonly_fields: ClassVar[tuple[Any, ...]] = ("username", "date_joined", "last_login")
    fields: ClassVar[tuple[Any, ...]] = (
        "username",
        "role",
        "is_active",
        "date_joined",
        "last_login",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the accounts."""
        return curation.people()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether whoever asks may change roles: administrators."""
        return allowed(viewer(request), "role.change")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the role, then whether the account may come in."""
        stored = people.change_role(viewer(request), obj, form.cleaned_data["role"])
        if form.cleaned_data["is_active"]:
            people.reopen(viewer(request), stored)
        else:
            people.close(viewer(request), stored)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        """Return what the account is."""
        return str(Invitation.Role(people.role_of(user)).label)
