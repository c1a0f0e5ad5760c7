"""Who sees what, judged on rows that were read once for everybody who reads at the moment.

It is `annotations.access` without a query for each viewer; a test proves that both agree.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from annotations.models import Annotation, Audience, Link
from annotations.permissions import Rights, can_read
from corpus.models import Article, Event, OutboundLink
from corpus.permissions import Viewer, can_know_of_stub, can_read_article


@dataclass(frozen=True)
class Place:
    """An article, as far as it decides who may read it; `cited_by` are the texts citing a stub."""

    id: UUID
    access: str
    is_hidden: bool
    is_stub: bool
    group_ids: frozenset[UUID]
    cited_by: Sequence["Place"] = ()

    def is_readable(self, viewer: Viewer) -> bool:
        """Say whether `viewer` may read it or, where it is only linked to, know of it."""
        if not self.is_stub:
            return can_read_article(viewer, self, self.group_ids)
        is_cited = any(one.is_readable(viewer) for one in self.cited_by)
        return can_know_of_stub(viewer, self, self.group_ids, is_cited=is_cited)


@dataclass(frozen=True)
class Thing:
    """An annotation or a link, as far as it decides who sees it.

    `grounds` are what it hangs on: the first annotation of its thread, the passages it links.
    """

    rights: Rights
    places: Sequence[Place]
    grounds: Sequence["Thing"] = ()
    has_its_ends: bool = True

    def is_seen(self, viewer: Viewer) -> bool:
        """Say whether `viewer` sees it."""
        return can_read(viewer, self._rights_for(viewer))

    def is_known(self, viewer: Viewer) -> bool:
        """Say whether `viewer` sees it or would, were it not deleted."""
        return can_read(viewer, replace(self._rights_for(viewer), is_deleted=False))

    def _rights_for(self, viewer: Viewer) -> Rights:
        return replace(
            self.rights,
            is_article_readable=all(place.is_readable(viewer) for place in self.places),
            is_parent_readable=self.has_its_ends
            and all(ground.is_known(viewer) for ground in self.grounds),
        )


def places_of(article_ids: Collection[UUID]) -> dict[UUID, Place]:
    """Return the articles by their key; at most four queries."""
    articles = _placed(article_ids)
    stubs = [pk for pk, place in articles.items() if place.is_stub]
    if not stubs:
        return articles
    cites = OutboundLink.objects.filter(resolves_to__in=stubs)
    pairs = set(cites.values_list("resolves_to_id", "version__article_id"))
    citing = _placed({article_id for _, article_id in pairs})
    for pk in stubs:
        by = [citing[article_id] for stub_id, article_id in pairs if stub_id == pk]
        articles[pk] = replace(articles[pk], cited_by=[one for one in by if not one.is_stub])
    return articles


def seen_as(
    thing: Annotation | Link, places: Mapping[UUID, Place], event: Event | None = None
) -> Thing:
    """Return `thing` as it stands or, with `event`, as it stood before that."""
    rights = _rights(thing)
    if event is not None:
        rights = _rights_before(rights, event)
    if isinstance(thing, Annotation):
        grounds = [seen_as(thing.parent, places)] if thing.parent else []
        return Thing(rights, [places[thing.article_id]], grounds)
    ends = [end for end in thing.ends if end is not None]
    return Thing(
        rights,
        [places[thing.from_article_id], places[thing.to_article_id]],
        [seen_as(end, places) for end in ends],
        has_its_ends=all(
            end.deleted_at is None or end.creator_id != thing.creator_id for end in ends
        ),
    )


def _rights(thing: Annotation | Link) -> Rights:
    is_for_groups = thing.audience == Audience.GROUPS
    groups = frozenset(group.pk for group in thing.groups.all()) if is_for_groups else frozenset()
    return Rights(
        creator_id=thing.creator_id,
        audience=thing.audience,
        group_ids=groups,
        moderation=thing.moderation,
        is_deleted=thing.deleted_at is not None,
        is_article_readable=False,
    )


def _rights_before(rights: Rights, event: Event) -> Rights:
    before: Mapping[str, Any] = event.before
    change: dict[str, Any] = {}
    if "audience" in before:
        change["audience"] = before["audience"]
        change["group_ids"] = frozenset(UUID(pk) for pk in before.get("groups", ()))
    if "moderation" in before:
        change["moderation"] = before["moderation"]
    verb = event.verb.partition(".")[2]
    if verb in ("deleted", "restored"):
        change["is_deleted"] = verb == "restored"
    return replace(rights, **change)


def _placed(article_ids: Collection[UUID]) -> dict[UUID, Place]:
    facts = ("id", "access", "is_hidden", "is_stub")
    rows = list(Article.objects.filter(id__in=article_ids).values_list(*facts))
    groups = _groups_of({pk for pk, access, *_ in rows if access == Article.Access.GROUPS})
    return {
        pk: Place(pk, access, is_hidden, is_stub, frozenset(groups.get(pk, ())))
        for pk, access, is_hidden, is_stub in rows
    }


def _groups_of(article_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    if not article_ids:
        return {}
    groups: dict[UUID, set[UUID]] = {}
    articles = Article.objects.filter(id__in=article_ids, groups__isnull=False)
    for article_id, group_id in articles.values_list("id", "groups"):
        groups.setdefault(article_id, set()).add(group_id)
    return groups
