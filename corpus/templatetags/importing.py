"""How a proposed article is written in its page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from corpus.queries.importing import CandidateRow
from corpus.queries.repair_marks import marked_pieces
from corpus.queries.review_page import LONGEST_SHOWN, anchor_of
from corpus.queries.review_rows import Row
from corpus.queries.siblings import Sibling
from corpus.views.review_places import Place

register = template.Library()

register.filter("anchor", anchor_of)
register.filter("pieces_of", marked_pieces)

_CLASSES = {"paragraph": "", "list_item": "list-item"}


@register.filter
def cleaned(row: Row) -> SafeString | str:
    """Return the words of `row` as HTML, links and all; of very long ones the beginning, plain.

    `corpus.text.markup` escaped them and wrote every element in them.
    """
    if len(row.words) > LONGEST_SHOWN:
        return f"{row.words[:LONGEST_SHOWN]}…"
    return mark_safe(row.html)  # noqa: S308 - escaped by the renderer, see above


@register.filter
def shortened(words: str) -> str:
    """Return `words`, of very long ones the beginning."""
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


@register.filter
def prose_class(row: Row) -> str:
    """Return the class that the block of `row` has on the reading page."""
    return _CLASSES.get(row.kind, row.kind)


@register.filter
def offset_of(key: str) -> str:
    """Return the offset at the end of a decision's key."""
    return key.rpartition(":")[2]


@register.filter
def siblings_of(siblings: Mapping[UUID, list[Sibling]], row: CandidateRow) -> list[Sibling]:
    """Return what else waits in the import of `row` with nearly the same words."""
    return siblings.get(row.id, [])


@register.filter
def language_words(code: str) -> str:
    """Return the name of a language by its code, the code itself when it has none here."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


@register.simple_tag
def place_query(place: Place, **changed: Any) -> str:
    """Return the query of the review page at `place`, `changed` apart."""
    return place.query(**{name: str(value) for name, value in changed.items()})
