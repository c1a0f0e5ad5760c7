"""Notes: Markdown rendered by a library, then cleaned; the one module that calls bleach.

Limits come before the cleaner, whose work grows with the square of the nesting depth.
Another cleaner would take the place of `_clean` alone.
"""

import bleach
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MAX_NOTE_LENGTH = 20_000
# Lists in quotations in lists; deeper than this nobody can read it.
_MAX_NESTING = 20

_TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
)
_ATTRIBUTES = {"a": ["href", "rel"], "ol": ["start"]}
_PROTOCOLS = frozenset({"http", "https", "mailto"})

_markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING}).disable(
    ["image", "heading", "lheading", "html_block", "html_inline"]
)


def render(note: str) -> SafeString:
    """Return the Markdown of `note` as clean HTML; longer than MAX_NOTE_LENGTH is cut."""
    html = _clean(_markdown.render(note[:MAX_NOTE_LENGTH]))
    return mark_safe(html)  # noqa: S308 - bleach has cleaned it


def _clean(html: str) -> str:
    return bleach.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        protocols=_PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
