"""The script modules of a page, named in its head so that they are fetched side by side."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# As our modules write it: one statement that names a neighbour; import() comes later by itself.
_IMPORT = re.compile(r'^import [^;]*?"\./([\w.]+)";', re.MULTILINE)


@register.simple_tag
def preloaded_modules(*entries: str) -> SafeString:
    """Return a preload link for the modules `entries` and each that they import, at any depth.

    Without them a browser finds out about a module only when the one above has arrived.
    """
    names = sorted(frozenset().union(*map(imported_by, entries)))
    return format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((static(name),) for name in names)
    )


@cache
def imported_by(entry: str) -> frozenset[str]:
    """Return the static names of the modules that `entry` imports, at any depth, and its own."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        path = finders.find(name)
        if isinstance(path, str):
            neighbours = _IMPORT.findall(Path(path).read_text())
            waiting.extend(join(dirname(name), neighbour) for neighbour in neighbours)
    return frozenset(found)
