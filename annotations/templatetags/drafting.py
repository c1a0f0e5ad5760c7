"""The forms whose fields, words and limits the widgets of the reading page share."""

from django import template

from annotations.forms import LinkForm, MarkForm

register = template.Library()


@register.simple_tag
def mark_form() -> MarkForm:
    """Return what is asked of a new highlight, its ids apart from those of a page's own form."""
    return MarkForm(auto_id="mark-%s")


@register.simple_tag
def link_form() -> LinkForm:
    """Return what is asked of a new link, its ids apart from those of a page's own form."""
    return LinkForm(auto_id="link-%s")
