"""Names in the palette of commands, with what was typed."""

from django import template

from corpus.text.typed import parts_of

register = template.Library()


@register.simple_tag
def typed_parts(name: str, typed: str) -> list[tuple[str, bool]]:
    """Return `name` in parts, those that hold a typed word marked."""
    return parts_of(name, typed)
