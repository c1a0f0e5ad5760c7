"""What is said around notes: the names in them, and reactions to them."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from annotations.models import Annotation
from annotations.queries.margin import Note
from annotations.queries.talk import Talk
from annotations.templatetags.notes import shown_note

register = template.Library()

# Of a thread with more replies than this the earlier ones are folded, but for the last few.
_MOST_OPEN = 6
_LAST_OPEN = 3

_NOTHING = Talk()


@register.simple_tag
def note_words(note: Note, item: Annotation) -> SafeString:
    """Return the words of `item`, the note or a reply in it, with the names of those named."""
    return shown_note(item.note, _talk(note, item).named)


@register.inclusion_tag("annotations/_reactions.html", takes_context=True)
def note_reactions(context: template.Context, note: Note, item: Annotation) -> dict[str, object]:
    """Draw the reactions to `item`, each a button that says the same or takes it back."""
    return {
        "reactions": _talk(note, item).reactions,
        "home": reverse("annotation", args=[item.pk]),
        "token": context["csrf_token"],
        "is_reader": context["user"].is_authenticated,
    }


@register.simple_tag
def reply_actions(reply: Annotation, token: str, reader_id: int) -> SafeString:
    """Return what the reader with this id may do with a reply: links and forms."""
    home = reverse("annotation", args=[reply.pk])
    drawn = _actions_of_reply(reply.creator_id == reader_id, get_language())
    return format_html(drawn, home=home, counter=reply.counter, token=token)


@register.filter
def earlier(replies: list[Annotation]) -> list[Annotation]:
    """Return the replies of a long thread that are folded."""
    return list(replies[:-_LAST_OPEN]) if len(replies) > _MOST_OPEN else []


@register.filter
def latest(replies: list[Annotation]) -> list[Annotation]:
    """Return the replies that are not folded."""
    return list(replies[-_LAST_OPEN:] if len(replies) > _MOST_OPEN else replies)


def _talk(note: Note, item: Annotation) -> Talk:
    return note.talk.get(item.number, _NOTHING)


@lru_cache(maxsize=16)
def _actions_of_reply(is_own: bool, _language: str | None) -> SafeString:
    return render_to_string("annotations/_reply_actions.html", {"is_own": is_own})
