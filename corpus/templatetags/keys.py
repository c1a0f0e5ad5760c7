"""Naming keys in pages as the reader has them."""

from django import template
from django.template import Context
from django.utils.html import format_html

from corpus.shortcuts import Keys, shortcuts

register = template.Library()


@register.simple_tag(takes_context=True)
def key_of(context: Context, name: str) -> str:
    """Return the key of the shortcut called `name`, "" where it has none or keys are off."""
    keys: Keys | None = context.get("keys")
    return keys.of(name) if keys and not keys.is_off else ""


@register.simple_tag(takes_context=True)
def key_cap(context: Context, name: str) -> str:
    """Return the key of the shortcut called `name` as it is drawn, "" as `key_of` does."""
    key = key_of(context, name)
    # The name of the control is what it does; a list of keys says which key does it.
    return format_html('<kbd aria-hidden="true">{}</kbd>', key) if key else ""


@register.simple_tag(takes_context=True)
def key_hint(context: Context, name: str) -> str:
    """Return the key of the shortcut called `name` and what it does, "" as `key_of` does."""
    key, shortcut = key_of(context, name), shortcuts.get(name)
    return format_html("<kbd>{}</kbd> {} ", key, shortcut.label) if key and shortcut else ""
