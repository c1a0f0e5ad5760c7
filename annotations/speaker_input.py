"""The field for a speaker: a list of names without script, with it one that follows the typing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import TextInput
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class SpeakerInput(TextInput):
    """A field for a name.

    `names` stand in its list, none unless they are set; `complete_url` is where a script asks
    for more, "" for nowhere.
    """

    names: Sequence[str] = ()
    complete_url = ""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the field is drawn from, with its list and the address of more."""
        context = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        if self.complete_url:
            given["data-complete-url"] = self.complete_url
        if self.names and given.get("id"):
            given["list"] = f"{given['id']}-names"
        return context

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Return the field, and behind it the list of names."""
        field = super().render(name, value, attrs, renderer)
        key = self.build_attrs(self.attrs, attrs).get("id")
        if not (self.names and key):
            return field
        options = format_html_join("", '<option value="{}"></option>', ((n,) for n in self.names))
        return format_html('{}<datalist id="{}-names">{}</datalist>', field, key, options)
