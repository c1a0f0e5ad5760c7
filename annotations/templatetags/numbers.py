"""The number keys of claims, as the rail shows them."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.html import format_html

from annotations.queries.numbered import NumberedClaim
from corpus.templatetags.keys import key_of

register = template.Library()


@register.simple_tag(takes_context=True)
def claim_number(context: Context, slug: str) -> str:
    """Return the attributes of a row that has a number key, "" for a claim without one."""
    numbered: Sequence[NumberedClaim] = context.get("numbered") or ()
    found = next((claim for claim in numbered if claim.slug == slug), None)
    if found is None:
        return ""
    key = key_of(context, f"claim-{found.number}")
    cap = format_html(' aria-keyshortcuts="{}"', key) if key else ""
    return format_html(' data-number="{}"{}', found.number, cap)
