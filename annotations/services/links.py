"""Linking passages and articles; deleting and restoring links is `deletion`."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.access import is_readable, rights_of
from annotations.anchoring import Passage, place
from annotations.errors import NotFound
from annotations.models import Annotation, Audience, Link
from annotations.permissions import can_read
from annotations.services.deletion import delete, restore
from annotations.services.guards import (
    check_counter,
    checked_audience,
    checked_choice,
    clean_note,
    groups_of,
    locked,
    writer_id,
)
from annotations.services.making import Draft
from annotations.services.making import create as create_annotation
from annotations.services.telling import tell, told_of, words_of
from corpus.errors import Invalid
from corpus.models import Article
from corpus.permissions import Viewer

__all__ = [
    "MAX_LINK_NOTE",
    "End",
    "LinkChanges",
    "LinkDraft",
    "create",
    "delete",
    "edit",
    "restore",
]

MAX_LINK_NOTE = 5_000


@dataclass(frozen=True)
class End:
    """One end of a link: an article, a highlight in it, or words found there.

    `version` is the number of the version that the offsets of `passage` refer to.
    """

    article: Article
    annotation: Annotation | None = None
    passage: Passage | None = None
    version: int | None = None


@dataclass(frozen=True)
class LinkDraft:
    """A link to be made; without an audience it takes that of the highlight it begins at."""

    relation: str = Link.Relation.BACKGROUND.value
    note: str = ""
    client_id: UUID | None = None
    audience: str | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class LinkChanges:
    """New values of a link; None leaves the value as it is."""

    relation: str | None = None
    note: str | None = None
    audience: str | None = None


def create(viewer: Viewer, from_: End, to: End, draft: LinkDraft) -> Link:
    """Store a link; words found at an end are highlighted for the same reader with it.

    The same client id once more returns what is stored. A link is never seen by more
    people than its ends. Raises Invalid for a link to itself, TextChanged, NotFound,
    SignInNeeded.
    """
    try:
        with transaction.atomic():
            return _create(viewer, from_, to, draft)
    except IntegrityError:
        stored = _stored_before(viewer.user_id, draft.client_id)
        if stored is None:
            raise
        return stored


def edit(viewer: Viewer, link: Link, changes: LinkChanges, *, counter: int) -> Link:
    """Change relation, note or audience; raises Stale, Invalid, NotAllowed, NotFound."""
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, link, "edit")
        check_counter(stored.counter, counter, words_of(stored))
        before = told_of(stored)
        if changes.relation is not None:
            stored.relation = checked_choice(changes.relation, Link.Relation.values, "relation")
        if changes.note is not None:
            stored.note = clean_note(changes.note, limit=MAX_LINK_NOTE)
        if changes.audience is not None and changes.audience != stored.audience:
            _change_audience(viewer, stored, changes.audience)
        if told_of(stored) == before:
            return stored
        stored.counter += 1
        stored.save()
        tell(actor, "link.edited", stored, before=before, after=told_of(stored))
        return stored


def _create(viewer: Viewer, from_: End, to: End, draft: LinkDraft) -> Link:
    actor = writer_id(viewer)
    stored = _stored_before(actor, draft.client_id)
    if stored is not None:
        return stored
    near_audience = from_.annotation.audience if from_.annotation else Audience.PUBLIC
    known = _standing(viewer, from_), _standing(viewer, to)
    asked = draft.audience or str(near_audience)
    audience, groups = _reached(viewer, asked, [end for end in known if end])
    # What is marked now reaches no further than the link that it is marked for.
    words = Draft(audience=audience, group_ids=groups, is_sample=draft.is_sample)
    near = known[0] or _marked(viewer, from_, words)
    far = known[1] or _marked(viewer, to, words)
    _check_ends_differ(from_, near, to, far)
    link = Link.objects.create(
        id=draft.client_id or uuid4(),
        from_article=from_.article,
        from_annotation=near,
        to_article=to.article,
        to_annotation=far,
        relation=checked_choice(draft.relation, Link.Relation.values, "relation"),
        note=clean_note(draft.note, limit=MAX_LINK_NOTE),
        creator_id=actor,
        audience=audience,
        is_sample=draft.is_sample,
    )
    link.groups.set(groups_of(groups))
    tell(actor, "link.created", link, after={**told_of(link), **_ends(link)})
    return link


def _stored_before(actor_id: int | None, client_id: UUID | None) -> Link | None:
    if client_id is None:
        return None
    stored = Link.objects.select_related(*Link.STANDS_ON).filter(pk=client_id).first()
    if stored is not None and stored.creator_id != actor_id:
        raise Invalid(_("This could not be stored. Reload the page and link it again."))
    return stored


def _standing(viewer: Viewer, end: End) -> Annotation | None:
    """Return the highlight that is at `end` already, or None."""
    if not is_readable(viewer, end.article):
        raise NotFound
    if end.annotation is not None:
        return _checked_end(viewer, end.annotation, end.article)
    return _own_highlight(viewer, end, end.passage) if end.passage else None


def _marked(viewer: Viewer, end: End, words: Draft) -> Annotation | None:
    """Return a new highlight of the words at `end`; None for the whole article."""
    if end.passage is None:
        return None
    draft = replace(words, passage=end.passage, version=end.version)
    return create_annotation(viewer, end.article, draft)


def _checked_end(viewer: Viewer, annotation: Annotation, article: Article) -> Annotation:
    is_there = annotation.article_id == article.pk and annotation.parent_id is None
    if not is_there or not can_read(viewer, rights_of(viewer, annotation)):
        raise NotFound
    if not annotation.is_highlight:
        raise Invalid(_("A note on the whole article has no words to link. Link the article."))
    return annotation


def _own_highlight(viewer: Viewer, end: End, passage: Passage) -> Annotation | None:
    """Return the viewer's own highlight of exactly these words, or None."""
    version = end.article.current_version
    if version is None or not passage.exact.strip():
        return None
    target = place(version.text, passage, is_same_text=end.version == version.number)
    if target is None:
        return None
    return Annotation.objects.filter(
        creator_id=viewer.user_id,
        version=version,
        start=target.start,
        end=target.end,
        deleted_at__isnull=True,
    ).first()


def _check_ends_differ(
    from_: End, near: Annotation | None, to: End, far: Annotation | None
) -> None:
    if from_.article.pk != to.article.pk:
        return
    if near is None or far is None or near.pk == far.pk:
        raise Invalid(_("This would link the text to itself. Choose another passage or article."))


def _reached(viewer: Viewer, asked: str, ends: list[Annotation]) -> tuple[str, frozenset[UUID]]:
    """Return the audience and groups of a link: as asked, but no more than its ends reach."""
    of_groups = [end for end in ends if end.audience == Audience.GROUPS]
    if asked == Audience.PRIVATE or any(end.audience == Audience.PRIVATE for end in ends):
        return Audience.PRIVATE.value, frozenset()
    if not of_groups:
        return checked_audience(viewer, asked, frozenset()), frozenset()
    shared = frozenset.intersection(
        viewer.group_ids,
        *(frozenset(end.groups.values_list("pk", flat=True)) for end in of_groups),
    )
    return (Audience.GROUPS.value, shared) if shared else (Audience.PRIVATE.value, shared)


def _change_audience(viewer: Viewer, link: Link, asked: str) -> None:
    ends = [end for end in link.ends if end is not None]
    audience, groups = _reached(viewer, asked, ends)
    if audience != asked:
        sentence = _("A link cannot be seen by more people than the passages that it joins.")
        raise Invalid(sentence, audience=sentence)
    link.audience = audience
    link.groups.set(groups_of(groups))


def _ends(link: Link) -> dict[str, Any]:
    names = ("from_article", "from_annotation", "to_article", "to_annotation")
    values = {name: getattr(link, f"{name}_id") for name in names}
    return {name: str(value) for name, value in values.items() if value is not None}
