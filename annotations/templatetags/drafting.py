"""The forms whose fields, words and limits the widgets of the reading page share."""

from django import template
from django.template.context import Context
from django.urls import reverse

from annotations.forms import LinkForm, MarkForm
from annotations.queries.audiences import groups_to_write_for

register = template.Library()


@register.simple_tag(takes_context=True)
def mark_form(context: Context) -> MarkForm:
    """Return what is asked of a new highlight, its ids apart from those of a page's own form."""
    groups = groups_to_write_for(context["user"].pk)
    form = MarkForm(auto_id="mark-%s", groups=groups)
    form.fields["speaker"].widget.complete_url = reverse("speakers_complete")
    return form


@register.simple_tag
def link_form() -> LinkForm:
    """Return what is asked of a new link, its ids apart from those of a page's own form."""
    return LinkForm(auto_id="link-%s")
