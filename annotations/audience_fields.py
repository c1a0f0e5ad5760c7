"""Who may see what is written, as one value of a form: "public", "private", "groups:KEY,KEY"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Annotation, Audience
from corpus.models import Group

ALONE = [(choice.value, choice.label) for choice in (Audience.PUBLIC, Audience.PRIVATE)]
_GROUPS = f"{Audience.GROUPS.value}:"


def value_for(keys: Iterable[UUID]) -> str:
    """Return the value that stands for the groups with these keys."""
    return _GROUPS + ",".join(sorted(str(key) for key in keys))


def value_of(annotation: Annotation) -> str:
    """Return the value that stands for who may see `annotation`."""
    if annotation.audience != Audience.GROUPS:
        return str(annotation.audience)
    return value_for(annotation.groups.values_list("pk", flat=True))


def read_audience(value: str) -> tuple[str, frozenset[UUID]]:
    """Return the audience that `value` stands for, and the keys of its groups.

    Raises ValueError for keys that are none.
    """
    if not value.startswith(_GROUPS):
        return value, frozenset()
    keys = value.removeprefix(_GROUPS).split(",")
    return Audience.GROUPS.value, frozenset(UUID(key) for key in keys)


def _called(group: Group, names: Counter[str]) -> str:
    """Return the name of a group, with when it was made where another is called the same."""
    if names[group.name] == 1:
        return group.name
    made = date_format(localtime(group.created_at), "j M Y, H:i")
    return _("%(name)s (made %(when)s)") % {"name": group.name, "when": made}


class AudienceField(forms.ChoiceField):
    """Everyone, only me, or one of the reader's groups, or all of them; sent, any of them.

    `offer` says which groups there are to choose from.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(label=gettext_lazy("Visible to"), choices=ALONE, required=False, **options)
        self._keys: frozenset[UUID] = frozenset()
        self._kept = ""

    def offer(self, groups: Sequence[Group], kept: str = "") -> None:
        """Offer `groups`, and the value `kept`, which is stored already and may stay."""
        self._keys, self._kept = frozenset(group.pk for group in groups), kept
        names = Counter(group.name for group in groups)
        of_one = ((value_for([one.pk]), _called(one, names)) for one in groups)
        choices = [*ALONE, *of_one]
        if len(groups) > 1:
            choices.append((value_for(self._keys), _("All my groups")))
        if kept and kept not in dict(choices):
            choices.append((kept, self._named(groups)))
        self.choices = choices

    def valid_value(self, value: Any) -> bool:
        """Say whether `value` stands for an audience that the reader may choose."""
        if value == self._kept or super().valid_value(value):
            return True
        try:
            audience, keys = read_audience(str(value))
        except ValueError:
            return False
        return audience == Audience.GROUPS and bool(keys) and keys <= self._keys

    def _named(self, groups: Sequence[Group]) -> str:
        """Return what the kept groups are called; one that the reader left has no name."""
        _audience, kept = read_audience(self._kept)
        names = [group.name for group in groups if group.pk in kept]
        if len(names) < len(kept):
            names.append(_("groups that you are not in any more"))
        return ", ".join(names)
