"""Invitations: making one shows its link, once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Invitation
from corpus.permissions import allowed
from corpus.queries import curation
from corpus.services import invitations

_SECRET = "new_invitation_secret"  # noqa: S105 - a key of the session


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
        """Make the invitation; the session keeps its secret until the next page."""
        made, secret = invitations.create(viewer(request), **form.cleaned_data)
        obj.pk, obj.note = made.pk, made.note
        request.session[_SECRET] = secret

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead to the page with the link, so that reloading that page invites nobody."""
        return redirect("admin:corpus_invitation_made", obj.pk)

    def get_urls(self) -> list[Any]:
        """Return the addresses, with that of the page that shows a new link."""
        made = self.admin_site.admin_view(self.made)
        name = "corpus_invitation_made"
        return [path("<path:object_id>/made/", made, name=name), *super().get_urls()]

    def made(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the link of a new invitation once; afterwards say that it was shown."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        invitation = self.get_object(request, object_id)
        secret = request.session.pop(_SECRET, None)
        if invitation is None or secret is None:
            self.message_user(request, _("The link was shown once. If it is lost, make another."))
            return redirect("admin:corpus_invitation_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("The invitation is made"),
            "opts": self.opts,
            "invitation": invitation,
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
