"""Invitations: making one shows its link, once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Invitation
from corpus.permissions import allowed
from corpus.queries import curation
from corpus.services import invitations


class InvitationForm(CuratedForm):
    """What an invitation is for."""

    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)
    note = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=200,
        help_text=_("For your own list; the newcomer does not see it."),
    )
    days = forms.IntegerField(
        label=_("Works for so many days"),
        min_value=1,
        max_value=invitations.MOST_DAYS,
        initial=invitations.DEFAULT_DAYS,
    )


@admin.register(Invitation)
class InvitationAdmin(CuratedAdmin):
    """The invitations; only administrators see and make them."""

    form = InvitationForm
    list_display = (
        "label",
        "role",
        "is_open",
        "created_by",
        "created_at",
        "expires_at",
        "used_by",
        "used_at",
    )
    list_filter = ("role", "created_at", "expires_at")
    search_fields = ("note", "used_by__username", "created_by__username")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """Return the invitations."""
        return curation.invitations()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is asked of a new one, or all that is known of an old one."""
        return ("role", "note", "days") if obj is None else ("note", *self.list_display[1:])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return every field of an invitation that is there."""
        return () if obj is None else ("note", *self.list_display[1:])

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether whoever asks may see who was invited: administrators."""
        return allowed(viewer(request), "invitation.create")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say whether whoever asks may invite: administrators."""
        return allowed(viewer(request), "invitation.create")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make the invitation; its secret is kept for the answer alone."""
        made, secret = invitations.create(viewer(request), **form.cleaned_data)
        obj.pk, obj.note, obj.role, obj.expires_at = made.pk, made.note, made.role, made.expires_at
        request.invitation_secret = secret  # type: ignore[attr-defined]  # for response_add

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the link, which cannot be shown again."""
        secret = request.invitation_secret  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("The invitation is made"),
            "opts": self.opts,
            "invitation": obj,
            "link": settings.PUBLIC_ADDRESS.origin + reverse("invitation", args=[secret]),
        }
        return render(request, "admin/corpus/invitation/made.html", context)

    @admin.display(description=_("for whom"), ordering="note")
    def label(self, invitation: Invitation) -> str:
        """Return for whom it is."""
        return invitation.note or "–"

    @admin.display(description=_("open"), boolean=True)
    def is_open(self, invitation: Invitation) -> bool:
        """Say whether somebody can still sign up with it."""
        return invitation.is_open
