"""What people send about groups."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from corpus.models import Group, Membership
from corpus.services import group_invitations
from corpus.services.group_details import MAX_NAME, MAX_PURPOSE, GroupDetails
from corpus.services.group_invitations import Terms
from corpus.services.memberships import MAX_WORDS

KINDS = (
    (Group.Kind.OPEN, _("Open: every account sees it and may join")),
    (Group.Kind.RESTRICTED, _("Restricted: every account sees it, and asks or is invited")),
    (Group.Kind.CLOSED, _("Closed: members alone see it, and come by invitation")),
)
ROLES = Membership.Role.choices


class GroupDetailsForm(forms.Form):
    """What is said of a group."""

    name = forms.CharField(label=_("Name"), max_length=MAX_NAME)
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=MAX_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who reads here together, and what. Plain text."),
    )
    kind = forms.ChoiceField(
        label=_("Who comes in, and how"),
        choices=KINDS,
        initial=Group.Kind.CLOSED,
        widget=forms.RadioSelect,
    )

    def details(self) -> GroupDetails:
        """Return what was sent; call it after `is_valid`."""
        values = self.cleaned_data
        return GroupDetails(values["name"], values["purpose"], values["kind"])


class NewGroupForm(GroupDetailsForm):
    """A group to be made."""

    client_id = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)


class GroupForm(GroupDetailsForm):
    """New words for a group."""

    counter = forms.IntegerField(widget=forms.HiddenInput)


class SeenGroupForm(forms.Form):
    """Nothing to fill in: which state of a group was seen by who deletes it."""

    counter = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(forms.Form):
    """What somebody says who asks to be let in."""

    words = forms.CharField(
        label=_("Who you are, for those who let you in"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LeaveForm(forms.Form):
    """Who owns the group from now on, where its last owner leaves it."""

    successor = forms.ChoiceField(label=_("Who owns it from now on"))

    def __init__(self, successors: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if successors:
            self.fields["successor"].choices = successors  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=ROLES)


class InvitationForm(forms.Form):
    """An invitation to a group: for how long, for how many, or to whom by e-mail."""

    days = forms.IntegerField(
        label=_("Works for so many days"),
        min_value=1,
        max_value=group_invitations.MOST_DAYS,
        initial=group_invitations.DEFAULT_DAYS,
    )
    most_uses = forms.IntegerField(
        label=_("Lets in so many people"),
        min_value=1,
        max_value=group_invitations.MOST_USES,
        initial=1,
    )
    note = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=200,
        help_text=_("For the list below; who is invited does not see it."),
    )
    addresses = forms.CharField(
        label=_("Send it to these e-mail addresses"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, or with commas. Each gets a link of their own that works once."),
    )

    def terms(self) -> Terms:
        """Return what was sent; call it after `is_valid`."""
        values = self.cleaned_data
        return Terms(values["days"], values["most_uses"], values["note"])

    def wanted(self) -> list[str]:
        """Return the e-mail addresses that were typed; call it after `is_valid`."""
        return [part for part in re.split(r"[\s,;]+", self.cleaned_data["addresses"]) if part]
