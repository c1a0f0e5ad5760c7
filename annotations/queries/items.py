"""Events of activity with the things they tell of, read a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from django.contrib.auth.models import User

from annotations.access import visible_annotations, visible_links, visible_occurrences
from annotations.models import Annotation, Claim, Link, Profile
from annotations.queries.entries import tagged_on
from annotations.queries.happened import (
    UNNAMED,
    Place,
    Scope,
    behind,
    doer_of,
    visible_events,
)
from annotations.queries.margin_rows import Tagged
from annotations.queries.places import place_of
from annotations.queries.quiet_words import with_words_for
from annotations.queries.readers import profile_of
from corpus.access import visible_articles
from corpus.models import Article, Collection, Event, Group, Membership
from corpus.permissions import Viewer

Thing = Annotation | Link | Claim | Article | Collection | Group
Did = Literal[
    "marked",
    "noted",
    "replied",
    "tagged",
    "resolved",
    "linked",
    "made_claim",
    "renamed_claim",
    "judged_claim",
    "merged_claim",
    "added",
    "changed",
    "collected",
    "joined",
]
_MODELS: tuple[type[Thing], ...] = (Annotation, Link, Claim, Article, Collection, Group)
_DID: Mapping[str, Did] = {
    "annotation.replied": "replied",
    "annotation.tagged": "tagged",
    "annotation.resolved": "resolved",
    "link.created": "linked",
    "link.edited": "linked",
    "claim.created": "made_claim",
    "claim.merged": "merged_claim",
    "article.imported": "added",
    "article.filled": "added",
    "article.changed": "changed",
    "collection.created": "collected",
    "member.joined": "joined",
}


@dataclass(frozen=True)
class Item:
    """One thing that was done, as the viewer may know it; `by` is None where nobody is named.

    `key` is the same whenever and by whomever it is asked for. Of a merged claim `thing` is
    the one that it was merged into. `tagged` are the claims on the passage.
    """

    key: UUID
    did: Did
    at: datetime
    by: Profile | None
    thing: Thing
    tagged: Sequence[Tagged] = field(default_factory=tuple)

    @property
    def article(self) -> Article | None:
        """Return the article that it was done in, None for what stands in none."""
        if isinstance(self.thing, Annotation | Link):
            return self.thing.articles[0]
        return self.thing if isinstance(self.thing, Article) else None

    @property
    def url(self) -> str:
        """Return the address of the thing: of words their place in the article."""
        if isinstance(self.thing, Annotation):
            return place_of(self.thing)
        return self.thing.get_absolute_url()


@dataclass(frozen=True)
class ItemPage:
    """Some items, the latest first; `after` is where the next page begins, None on the last."""

    items: Sequence[Item]
    after: Place | None


def item_page(viewer: Viewer, scope: Scope, *, size: int, after: Place | None = None) -> ItemPage:
    """Return the items of `scope` that follow `after`; the same number of queries for any page."""
    events = visible_events(viewer, scope)
    if after is not None:
        events = events.filter(behind(after))
    found = list(events.defer("audience")[: size + 1])
    shown = found[:size]
    last = Place(shown[-1].at, shown[-1].subject_id) if len(found) > size else None
    return ItemPage(_items(viewer, shown), last)


def _items(viewer: Viewer, events: Sequence[Event]) -> list[Item]:
    """Return what `events` tell of; joins of those who are in the group no more are left out."""
    things = _things(viewer, events)
    joined = _members({event.subject_id for event in events if _is_join(event)})
    people = _people({_doer(event) or 0 for event in events if event.verb not in UNNAMED})
    tagged = tagged_on(viewer, {event.subject_id for event in events})
    return [
        Item(
            uuid5(event.subject_id, f"{event.verb} {event.at.isoformat()}"),
            _did(event, things[event.subject_id]),
            event.at,
            None if event.verb in UNNAMED else people.get(_doer(event) or 0),
            things[event.subject_id],
            tagged.get(event.subject_id, ()),
        )
        for event in events
        if event.subject_id in things
        and (not _is_join(event) or (event.subject_id, _doer(event)) in joined)
    ]


def _did(event: Event, thing: Thing) -> Did:
    if event.verb in _DID:
        return _DID[event.verb]
    if event.verb == "claim.edited":
        return "renamed_claim" if "name" in event.after else "judged_claim"
    return "marked" if isinstance(thing, Annotation) and thing.is_highlight else "noted"


def _is_join(event: Event) -> bool:
    return event.verb == "member.joined"


def _doer(event: Event) -> int | None:
    return doer_of(event.verb, event.actor_id, event.after.get("member"))


def _things(viewer: Viewer, events: Sequence[Event]) -> dict[UUID, Thing]:
    """Return the subjects of `events` by their keys; a query for each kind of thing."""
    things: dict[UUID, Thing] = {}
    for model in _MODELS:
        label = model._meta.label_lower
        ids = {event.subject_id for event in events if event.subject_type == label}
        if ids:
            things.update(_rows(viewer, model).in_bulk(ids))
    standing = {key: _standing(thing) for key, thing in things.items()}
    claims = [thing for thing in standing.values() if isinstance(thing, Claim)]
    with_words_for(viewer, visible_occurrences(viewer), claims)
    return standing


def _rows(viewer: Viewer, model: type[Thing]) -> Any:
    if model is Annotation:
        rows = visible_annotations(viewer).select_related("article", "parent", "creator__profile")
        return rows.defer("prefix", "suffix", "selectors", "article__facts")
    if model is Link:
        links = visible_links(viewer).select_related(*Link.STANDS_ON)
        return links.defer("from_article__facts", "to_article__facts")
    if model is Claim:
        return Claim.objects.select_related("merged_into")
    return visible_articles(viewer).defer("facts") if model is Article else model.objects.all()


def _standing(thing: Thing) -> Thing:
    return thing.merged_into or thing if isinstance(thing, Claim) else thing


def _members(group_ids: set[UUID]) -> set[tuple[UUID, int | None]]:
    if not group_ids:
        return set()
    found = Membership.objects.filter(group_id__in=group_ids)
    return set(found.values_list("group_id", "user_id"))


def _people(user_ids: set[int]) -> dict[int, Profile]:
    """Return who others see behind these accounts; who never wrote has no colour yet."""
    users = User.objects.filter(pk__in=user_ids).select_related("profile")
    return {user.pk: profile_of(user) for user in users}
