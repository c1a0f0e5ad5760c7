"""The form with which a reader chooses what they are told of, and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models import Notification, Rhythm
from annotations.queries.notification_choices import Choice

HELP = {
    Notification.Kind.MENTION: _("Somebody names you with @ in a note."),
    Notification.Kind.REPLY: _("To what you wrote, and in threads you wrote in."),
    Notification.Kind.INVITATION: _("The invitation itself comes by mail in any case."),
    Notification.Kind.REQUEST: _("For those who look after a group."),
    Notification.Kind.MEMBERSHIP: _("Being let in, another role, being removed."),
    Notification.Kind.MODERATION: _("What you wrote is hidden, or shown again."),
    Notification.Kind.FOLLOWED: _(
        "Claims, articles, collections, speakers, groups and readers that you follow."
    ),
}
# What is mailed by itself, or by nobody: of an invitation there is the mail with its link.
_WITHOUT_MAIL = (Notification.Kind.INVITATION,)


@dataclass(frozen=True)
class Row:
    """One kind with its fields; `mail` is None where there is nothing to choose."""

    label: str
    help: str
    is_in_inbox: forms.BoundField
    mail: forms.BoundField | None


class NotificationForm(forms.Form):
    """Two fields for each kind, and the time zone of the digests."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, choices: Mapping[str, Choice], zone: str
    ) -> None:
        super().__init__(data)
        for kind in Notification.Kind:
            self.fields[f"inbox-{kind}"] = forms.BooleanField(
                required=False, initial=choices[kind].is_in_inbox
            )
            if kind not in _WITHOUT_MAIL:
                self.fields[f"mail-{kind}"] = forms.ChoiceField(
                    choices=Rhythm.choices,
                    initial=choices[kind].rhythm,
                    widget=forms.Select(attrs={"class": "select-small"}),
                )
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone of the daily and weekly mails"),
            help_text=_("They come at about seven in the morning; the weekly one on Mondays."),
            choices=_zones(),
            required=False,
            initial=zone,
        )

    @property
    def rows(self) -> Iterator[Row]:
        """Return the kinds in order."""
        for kind in Notification.Kind:
            mail = None if kind in _WITHOUT_MAIL else self[f"mail-{kind}"]
            yield Row(str(kind.label), str(HELP[kind]), self[f"inbox-{kind}"], mail)

    @property
    def chosen(self) -> dict[str, Choice]:
        """Return what was chosen, by kind, once the form is valid."""
        values = self.cleaned_data
        return {
            kind.value: Choice(
                values[f"inbox-{kind}"], values.get(f"mail-{kind}", Rhythm.NONE.value)
            )
            for kind in Notification.Kind
        }


def _zones() -> list[tuple[str, str]]:
    site = _("That of the site (%(zone)s)") % {"zone": timezone.get_default_timezone_name()}
    names = sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)
    return [("", site), *((name, name.replace("_", " ")) for name in names)]
