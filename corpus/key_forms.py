"""What readers send about keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corpus.shortcuts import (
    FixedKey,
    KeyGroup,
    Keys,
    Shortcut,
    changes_in,
    fixed_keys,
    key_groups,
    problems_in,
    shortcuts,
)

# Room for what is no key, so that a sentence can say so.
_MAX_TYPED = 20
_ATTRIBUTES = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


@dataclass(frozen=True)
class KeyRow:
    """A shortcut with its field on the page of keys."""

    shortcut: Shortcut
    field: BoundField
    is_changed: bool


@dataclass(frozen=True)
class KeySection:
    """A group of keys as the page of keys shows it."""

    group: KeyGroup
    rows: list[KeyRow]
    fixed: list[FixedKey]


class KeysForm(forms.Form):
    """A field for each shortcut, empty for no key, and the switch of them all."""

    on = forms.BooleanField(label=_("Single keys do what stands here"), required=False)

    def __init__(self, data: QueryDict | None = None, *, keys: Keys) -> None:
        initial = {shortcut.key: keys.of(shortcut.key) for shortcut in shortcuts}
        super().__init__(data, initial={"on": not keys.is_off, **initial})
        self._keys = keys
        for shortcut in shortcuts:
            self.fields[shortcut.key] = forms.CharField(
                label=str(shortcut.label),
                required=False,
                max_length=_MAX_TYPED,
                widget=forms.TextInput(attrs={"class": "key-field", **_ATTRIBUTES}),
            )

    def clean(self) -> dict[str, Any]:
        """Say of each key that cannot stay what is wrong with it."""
        values = super().clean() or {}
        for name, sentence in problems_in(self._changed(values)).items():
            self.add_error(name, sentence)
        return values

    def keys(self) -> Keys:
        """Return what was chosen; call it after `is_valid`."""
        values = self.cleaned_data
        return Keys(self._changed(values), is_off=not values["on"])

    def sections(self) -> Iterator[KeySection]:
        """Yield the groups of keys in their order, with the fields of those that can be changed."""
        for group in key_groups:
            rows = [
                KeyRow(one, self[one.key], self._keys.of(one.key) != one.usual)
                for one in shortcuts
                if one.group == group.key
            ]
            yield KeySection(group, rows, [one for one in fixed_keys if one.group == group.key])

    def _changed(self, values: dict[str, Any]) -> dict[str, str]:
        return changes_in({name: key for name, key in values.items() if name != "on"})
