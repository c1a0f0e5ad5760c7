"""Notes as they are written in the margin, each drawn once for as long as it stays the same.

A template takes some 0.7 ms for a note and a page has a hundred of them, most of which nobody
has touched since the last reader opened it. What is kept is found by everything the template
shows, so that it can be out of date in nothing; a process keeps the few thousand last used.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from annotations.models import Annotation
from annotations.queries.limits import Filters
from annotations.queries.margin import Note
from annotations.queries.margin_rows import LinkEnd
from annotations.templatetags.notes import when

register = template.Library()

_MOST_KEPT = 4096

# Stands for the token of a form, which is another one on every page. No reader can write it.
_TOKEN = get_random_string(32)


@dataclass(frozen=True)
class _Asker:
    """As much of the reader who looks at a note as its template asks for."""

    id: int | None
    is_authenticated: bool


@dataclass(frozen=True)
class Drawing:
    """What a note is drawn from; two with the same `facts` look the same."""

    facts: tuple[Hashable, ...]
    note: Note = field(compare=False)
    asker: _Asker = field(compare=False)
    filters: Filters = field(compare=False)


@register.simple_tag(takes_context=True)
def margin_note(context: RequestContext, note: Note) -> SafeString:
    """Return `note` with its replies and what the viewer may do with it."""
    user, filters = context["user"], context["filters"]
    asker = _Asker(user.pk, user.is_authenticated)
    html = draw(Drawing(_facts(note, asker, filters), note, asker, filters))
    return SafeString(html.replace(_TOKEN, escape(context["csrf_token"])))


@lru_cache(maxsize=_MOST_KEPT)
def draw(drawing: Drawing) -> str:
    """Return the HTML of a note with a sign in place of the token of its forms."""
    values: dict[str, Any] = {
        "note": drawing.note,
        "user": drawing.asker,
        "filters": drawing.filters,
        "csrf_token": _TOKEN,
    }
    return render_to_string("annotations/_note.html", values)


def _facts(note: Note, asker: _Asker, filters: Filters) -> tuple[Hashable, ...]:
    return (
        get_language(),
        timezone.get_current_timezone_name(),
        asker.is_authenticated,
        filters.opens_resolved,
        note.is_own,
        note.may_resolve,
        _written(note.annotation, asker),
        note.talk.get(note.annotation.number),
        tuple(note.occurrences),
        tuple(_linked(end, asker) for end in note.links),
        tuple(_written(reply, asker) for reply in note.replies),
        tuple(note.talk.get(reply.number) for reply in note.replies),
    )


def _written(item: Annotation, asker: _Asker) -> tuple[Hashable, ...]:
    """Return all that is shown of an annotation, and whether it is the asker's own."""
    profile, resolver = item.creator.profile, item.resolved_by
    return (
        item.pk,
        item.number,
        item.counter,
        item.start is None,
        item.anchor_state,
        item.audience,
        item.shown_groups,
        item.moderation,
        item.note,
        item.created_at,
        when(item.created_at),
        item.edited_at and when(item.edited_at),
        item.deleted_at is None,
        item.resolved_at and when(item.resolved_at),
        resolver and (resolver.profile.display_name, resolver.profile.is_sample),
        profile.display_name,
        profile.person_slot,
        profile.is_sample,
        item.creator_id == asker.id,
    )


def _linked(end: LinkEnd, asker: _Asker) -> tuple[Hashable, ...]:
    """Return all that is shown of a link, and whether the asker made it."""
    link, maker = end.link, end.link.creator.profile
    return (
        link.pk,
        link.relation,
        link.audience,
        link.shown_groups,
        link.note,
        maker.display_name,
        maker.is_sample,
        link.creator_id == asker.id,
        end.article.title,
    )
