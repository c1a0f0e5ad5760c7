"""What Events mean to those who read at the moment: read once for all, then judged one by one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Model, Prefetch, prefetch_related_objects

from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Link, Profile
from annotations.queries.places import block_numbers
from annotations.queries.sight import Place, Thing, places_of, seen_as
from corpus.models import Article, ArticleVersion, Event, Group
from corpus.permissions import Viewer
from corpus.text.blocks import blocks_from_data, blocks_touching

What = Literal["new", "changed", "gone"]

_ANNOTATION = Annotation._meta.label_lower
_LINK = Link._meta.label_lower
_CLAIM = Claim._meta.label_lower
_ARTICLE = Article._meta.label_lower

MADE = ("annotation.created", "annotation.replied", "link.created")
_NEW_TEXT = ("article.changed", "article.filled", "article.emptied", "annotations.carried")
_OTHER_FACTS = ("article.edited", "article.hidden", "article.shown", "article.topics_set")
# Who did it stands on the page as well; who hides, carries over or merges does not.
_BY_NAME = (*MADE, "annotation.resolved", "annotation.reopened")
MOST_PASSAGES = 300
"""Passages of a changed claim whose paragraphs are named; others show at the next page."""


@dataclass(frozen=True)
class Heard:
    """One Event in one article, for whoever reads it.

    `now` and `before` are the thing as it stands and as it stood, None where there is nothing
    but the article to judge by, or where there was nothing before.
    """

    place: Place
    told: Mapping[str, Any]
    actor_id: int | None
    now: Thing | None = None
    before: Thing | None = None
    is_made: bool = False

    @property
    def article_id(self) -> UUID:
        """Return the article that it happened in."""
        return self.place.id

    def told_to(self, viewer: Viewer) -> dict[str, Any] | None:
        """Return what `viewer` is told of it, None for nothing.

        Of what they see no more they are told where it was, and not what became of it.
        """
        what = self._what(viewer)
        if what is None:
            return None
        is_own = self.actor_id is not None and self.actor_id == viewer.user_id
        if what == "gone":
            kept = {name: self.told[name] for name in ("article", "kind", "id", "number", "blocks")}
            return {**kept, "what": what, "actor": None, "is_own": is_own, "verb": None}
        return {**self.told, "what": what, "is_own": is_own}

    def _what(self, viewer: Viewer) -> What | None:
        if not self.place.is_readable(viewer):
            return None
        if self.now is None:
            return "changed"
        is_seen = self.now.is_seen(viewer)
        was_seen = not self.is_made and self.before is not None and self.before.is_seen(viewer)
        if is_seen:
            return "changed" if was_seen else "new"
        return "gone" if was_seen else None


def heard_of(events: Sequence[Event], article_ids: Collection[UUID]) -> list[list[Heard]]:
    """Return what each of `events` is in the articles that somebody reads, [] for nothing.

    `article_ids` are those articles. The number of queries depends on neither.
    """
    annotations = _annotations(_ids(events, _ANNOTATION))
    links = _links(_ids(events, _LINK))
    passages = _passages(_ids(events, _CLAIM), article_ids)
    about = {event.article_id for event in events if event.article_id in article_ids}
    about |= {thing.article_id for thing in annotations.values()}
    for link in links.values():
        about |= {link.from_article_id, link.to_article_id}
    places = places_of({pk for pk in about if pk} | set(passages.articles))
    names = _Names(events)
    heard = []
    for event in events:
        found = _of_event(event, annotations, links, passages, places, names)
        heard.append([one for one in found if one.article_id in article_ids])
    return heard


class _Names:
    """The names of those who did what is told with a name."""

    def __init__(self, events: Sequence[Event]) -> None:
        ids = {event.actor_id for event in events if event.verb in _BY_NAME}
        named = Profile.objects.filter(user_id__in=[pk for pk in ids if pk])
        self._names = dict(named.values_list("user_id", "display_name")) if ids else {}

    def of(self, event: Event) -> str | None:
        """Return who did it, None where that is not said."""
        return self._names.get(event.actor_id or 0) if event.verb in _BY_NAME else None


@dataclass(frozen=True)
class _Passages:
    """Where the claims that were changed stand: (claim, highlight) pairs."""

    tagged: Sequence[tuple[UUID, Annotation]]

    @property
    def articles(self) -> set[UUID]:
        """Return the keys of the articles that they stand in."""
        return {annotation.article_id for _, annotation in self.tagged}


def _of_event(
    event: Event,
    annotations: Mapping[UUID, Annotation],
    links: Mapping[UUID, Link],
    passages: _Passages,
    places: Mapping[UUID, Place],
    names: _Names,
) -> Iterator[Heard]:
    if event.subject_type == _ANNOTATION and event.subject_id in annotations:
        annotation = annotations[event.subject_id]
        yield _heard(event, annotation, annotation.article_id, places, names, _shown(annotation))
    elif event.subject_type == _LINK and event.subject_id in links:
        link = links[event.subject_id]
        for article_id, end in _ends(link):
            shown = {"kind": "link", "blocks": block_numbers(end) if end else []}
            yield _heard(event, link, article_id, places, names, shown)
    elif event.subject_type == _CLAIM:
        yield from _of_claim(event, passages, places)
    elif (
        event.article_id
        and event.article_id in places
        and event.verb in (*_NEW_TEXT, *_OTHER_FACTS)
    ):
        kind = "version" if event.verb in _NEW_TEXT else "article"
        told = _told(event, event.article_id, event.article_id, {"kind": kind, "blocks": []})
        yield Heard(places[event.article_id], told, event.actor_id)


def _heard(
    event: Event,
    thing: Annotation | Link,
    article_id: UUID,
    places: Mapping[UUID, Place],
    names: _Names,
    shown: Mapping[str, Any],
) -> Heard:
    if isinstance(thing, Annotation):
        moved = _blocks_before(event, thing)
        shown = {**shown, "blocks": sorted({*shown["blocks"], *moved})}
    told = _told(event, article_id, thing.pk, shown) | {
        "counter": thing.counter,
        "actor": names.of(event),
    }
    return Heard(
        places[article_id],
        told,
        event.actor_id,
        now=seen_as(thing, places),
        before=seen_as(thing, places, event),
        is_made=event.verb in MADE,
    )


def _of_claim(event: Event, passages: _Passages, places: Mapping[UUID, Place]) -> Iterator[Heard]:
    """Yield the passages that carry the claim, each as a change of its paragraphs."""
    for claim_id, annotation in passages.tagged:
        if claim_id != event.subject_id:
            continue
        shown = {"kind": "claim", "blocks": block_numbers(annotation)}
        thing = seen_as(annotation, places)
        told = _told(event, annotation.article_id, event.subject_id, shown)
        yield Heard(places[annotation.article_id], told, event.actor_id, now=thing, before=thing)


def _told(
    event: Event, article_id: UUID, thing_id: UUID, shown: Mapping[str, Any]
) -> dict[str, Any]:
    same = {"article": str(article_id), "id": str(thing_id), "number": None, "actor": None}
    return {**same, "verb": event.verb, **shown}


def _shown(annotation: Annotation) -> dict[str, Any]:
    """Return what is told of an annotation to who sees it, without its words."""
    kind = "reply" if annotation.parent_id else "highlight" if annotation.is_highlight else "note"
    shown: dict[str, Any] = {
        "kind": kind,
        "number": annotation.number,
        "blocks": block_numbers(annotation),
    }
    if kind != "highlight":
        return shown
    tagged = annotation.occurrences.all()[:1]
    slot = tagged[0].tag.slot if tagged else 0
    return {**shown, "start": annotation.start, "end": annotation.end, "slot": slot}


def _blocks_before(event: Event, annotation: Annotation) -> list[int]:
    """Return the blocks of the current text in which a moved highlight was."""
    before, version = event.before, annotation.version
    is_here = version is not None and before.get("version_id") == str(version.pk)
    if version is None or not is_here or not before.get("end"):
        return []
    touched = blocks_touching(blocks_from_data(version.blocks), before["start"], before["end"])
    return [index + 1 for index in touched]


def _ends(link: Link) -> Iterable[tuple[UUID, Annotation | None]]:
    ends = [(link.from_article_id, link.from_annotation)]
    if link.to_article_id != link.from_article_id:
        ends.append((link.to_article_id, link.to_annotation))
    return ends


def _ids(events: Sequence[Event], label: str) -> set[UUID]:
    return {event.subject_id for event in events if event.subject_type == label}


_GROUPS = Prefetch("groups", Group.objects.only("id"))


def _all_but(model: type[Model], path: str, *needed: str) -> list[str]:
    """Return the fields of `model`, which is reached by `path`, that need not be read."""
    names = (field.name for field in model._meta.concrete_fields if not field.primary_key)
    return [f"{path}__{name}" for name in names if name not in needed]


def _annotations(ids: set[UUID]) -> dict[UUID, Annotation]:
    if not ids:
        return {}
    found = Annotation.objects.filter(id__in=ids).select_related(
        "article", "version", "parent", "parent__version"
    )
    tagged = Prefetch(
        "occurrences",
        ClaimOccurrence.objects.select_related("tag").order_by("position", "created_at"),
    )
    light = found.defer(
        "note",
        "parent__note",
        *_all_but(Article, "article", "current_version"),
        *_all_but(ArticleVersion, "version", "blocks"),
        *_all_but(ArticleVersion, "parent__version", "blocks"),
    )
    annotations = list(light.prefetch_related(tagged))
    judged = [*annotations, *(one.parent for one in annotations if one.parent)]
    # The groups of others decide nothing.
    prefetch_related_objects([one for one in judged if one.audience == Audience.GROUPS], _GROUPS)
    return {one.pk: one for one in annotations}


def _links(ids: set[UUID]) -> dict[UUID, Link]:
    if not ids:
        return {}
    ends = ("from_annotation", "to_annotation")
    found = Link.objects.filter(id__in=ids).select_related(
        *(f"{end}{more}" for end in ends for more in ("", "__version", "__article", "__parent"))
    )
    groups = [Prefetch(f"{end}__groups", Group.objects.only("id")) for end in ends]
    heavy = [f"{end}__{field}" for end in ends for field in ("note", "version__text")]
    return {one.pk: one for one in found.defer("note", *heavy).prefetch_related(_GROUPS, *groups)}


def _passages(claim_ids: set[UUID], article_ids: Collection[UUID]) -> _Passages:
    if not claim_ids or not article_ids:
        return _Passages(())
    found = ClaimOccurrence.objects.filter(
        tag__in=claim_ids, content_object__article__in=article_ids
    ).select_related("content_object__article", "content_object__version")
    light = found.defer("content_object__note", "content_object__version__text")
    groups = Prefetch("content_object__groups", Group.objects.only("id"))
    rows = light.prefetch_related(groups)[:MOST_PASSAGES]
    return _Passages([(row.tag_id, row.content_object) for row in rows])
