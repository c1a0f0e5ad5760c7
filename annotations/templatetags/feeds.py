"""Where programs find the feeds of what a page shows."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from annotations.queries.feeds import Subject, open_addresses, title_of

register = template.Library()

_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


@register.simple_tag
def alternate_feeds(subject: Subject = None) -> SafeString:
    """Return links for the head of the page of `subject`; none where no feed is open."""
    title = title_of(subject)
    found = open_addresses(subject).items()
    rows = ((_TYPES[ending], address, title) for ending, address in found)
    return format_html_join("", '<link rel="alternate" type="{}" href="{}" title="{}">', rows)
