"""Which highlights people put on other words after an edit: where, who, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from corpus.models import Article, Event
from corpus.permissions import Viewer
from corpus.queries.accounts import names_for

ATTACHED, UNDONE = "annotation.reattached", "annotation.reattach_undone"


@dataclass(frozen=True)
class ByHand:
    """Who attached a highlight to its words, and when; `who` is "" when that is not known."""

    who: str
    at: datetime


def attached_by_hand(
    viewer: Viewer, article: Article, version_ids: Mapping[UUID, int]
) -> dict[tuple[UUID, int], ByHand]:
    """Return who attached highlights of `article`, by highlight and number of the version.

    `version_ids` are the versions asked for, with their numbers. What was undone is left
    out. One query, and two for the names when there is any.
    """
    events = Event.objects.filter(article=article, verb__in=(ATTACHED, UNDONE)).order_by("id")
    last: dict[tuple[UUID, int], tuple[int | None, datetime]] = {}
    numbers = {str(pk): number for pk, number in version_ids.items()}
    moves = events.values_list("verb", "subject_id", "before", "after", "actor_id", "at")
    for verb, subject, before, after, actor, at in moves:
        stood = after if verb == ATTACHED else before
        number = numbers.get(stood.get("version_id", ""))
        if number is None:
            continue
        if verb == ATTACHED:
            last[subject, number] = (actor, at)
        else:
            last.pop((subject, number), None)
    names = names_for(viewer, [actor for actor, _at in last.values()])
    return {key: ByHand(names.get(actor or 0, ""), at) for key, (actor, at) in last.items()}
