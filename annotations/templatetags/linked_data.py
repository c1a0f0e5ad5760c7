"""What programs read of a page, beside what people do."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# So that no word of a reader ends the element it stands in. Source: HTML Standard 4.12.1.3.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.filter
def linked_data(document: Any) -> SafeString:
    """Return `document` as a block of JSON-LD: data, which no browser runs."""
    text = json.dumps(document, ensure_ascii=False).translate(_ESCAPED)
    block = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(block)  # noqa: S308 - what could end the element is escaped
