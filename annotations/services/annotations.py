"""Changing annotations; making them is `making`, deleting and restoring them `deletion`."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience
from annotations.queries.known_claims import is_open
from annotations.services import making
from annotations.services.deletion import delete, restore
from annotations.services.guards import (
    check_counter,
    checked_audience,
    groups_of,
    locked,
    needed_note,
    writer_id,
)
from annotations.services.making import Draft, Reply
from annotations.services.mentioning import name_readers, named_ids
from annotations.services.quiet_claims import open_what_it_says
from annotations.services.reach import check_reach
from annotations.services.telling import made_as, tell, times_told, told_of, words_of
from corpus.errors import Invalid
from corpus.models import Article
from corpus.permissions import Viewer

__all__ = [
    "Changes",
    "Draft",
    "Reply",
    "create",
    "delete",
    "edit",
    "reply",
    "restore",
]


SENT_AGAIN = "annotation.sent_again"


@dataclass(frozen=True)
class Changes:
    """New values of an annotation; None leaves the value as it is."""

    note: str | None = None
    audience: str | None = None
    group_ids: frozenset[UUID] = frozenset()


def create(viewer: Viewer, article: Article, draft: Draft) -> Annotation:
    """Store a highlight or a note as `making.create` does; raises as it does.

    Sent again with other words or another audience, because the answer to the first time was
    lost and its writer went on, it says what was sent last. Raises Stale when it was changed
    otherwise since.
    """
    with transaction.atomic():
        made = making.create(viewer, article, draft)
        said = Changes(draft.note, draft.audience, draft.group_ids)
        return _as_sent_last(viewer, made, said, is_needed=draft.passage is None)


def reply(viewer: Viewer, annotation: Annotation, answer: Reply) -> Annotation:
    """Store an answer as `making.reply` does, and sent again as `create`; raises as these do."""
    with transaction.atomic():
        made = making.reply(viewer, annotation, answer)
        return _as_sent_last(viewer, made, Changes(answer.note), is_needed=True)


def _as_sent_last(
    viewer: Viewer, made: Annotation, sent: Changes, *, is_needed: bool
) -> Annotation:
    """Return `made`, changed to what was `sent` unless it says or once said just that."""
    wanted: dict[str, object] = {"note": needed_note(sent.note or "", is_needed=is_needed)}
    if sent.audience is not None:
        wanted["audience"] = sent.audience
    if sent.audience == Audience.GROUPS:
        wanted["groups"] = sorted(str(pk) for pk in sent.group_ids)
    if wanted.items() <= told_of(made).items() or wanted.items() <= made_as(made).items():
        return made
    # As many states as were sent; one more means that it was changed by its form since.
    counter = 1 + times_told(made, SENT_AGAIN)
    return edit(viewer, made, sent, counter=counter, verb=SENT_AGAIN)


def edit(
    viewer: Viewer,
    annotation: Annotation,
    changes: Changes,
    *,
    counter: int,
    verb: str = "annotation.edited",
    press: UUID | None = None,
) -> Annotation:
    """Change the words or the audience; return the annotation as stored.

    `press` is told of where it is one of several that are changed together.

    Replies go along with a new audience, which is refused when it would hide what others
    wrote from themselves; who is named in it and sees it now counts as named. Raises Stale
    with the stored words when `counter` is not theirs.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        stored = locked(viewer, annotation, "edit")
        check_counter(stored.counter, counter, words_of(stored))
        before, had_groups = told_of(stored), _group_ids(stored)
        had_named = named_ids(stored)
        if changes.note is not None:
            stored.note = needed_note(changes.note, is_needed=not stored.is_highlight)
        if changes.audience is not None and (changes.audience, changes.group_ids) != (
            stored.audience,
            had_groups,
        ):
            _change_audience(viewer, stored, changes)
        if told_of(stored) == before:
            return stored
        stored.counter += 1
        stored.edited_at = timezone.now()
        stored.save(update_fields=["note", "audience", "counter", "edited_at"])
        name_readers(stored)
        after = told_of(stored) | _mentions(named_ids(stored))
        after |= {"press": str(press)} if press else {}
        tell(actor, verb, stored, before=before | _mentions(had_named), after=after)
        return stored


def _change_audience(viewer: Viewer, stored: Annotation, changes: Changes) -> None:
    """Set the audience and the groups of `stored` and its replies."""
    if stored.parent is not None:
        sentence = _("A reply is seen by whoever sees what it answers.")
        raise Invalid(sentence, audience=sentence)
    audience = checked_audience(viewer, changes.audience or "", changes.group_ids)
    groups = changes.group_ids if audience == Audience.GROUPS else frozenset()
    check_reach(stored, audience, groups)
    stored.audience = audience
    stored.groups.set(groups_of(groups))
    for answer in stored.replies.all():
        answer.audience = audience
        answer.save(update_fields=["audience"])
        answer.groups.set(groups_of(groups))
        name_readers(answer)
    if is_open(stored):
        open_what_it_says(stored)


def _mentions(ids: list[int]) -> dict[str, object]:
    return {"mentions": ids} if ids else {}


def _group_ids(annotation: Annotation) -> frozenset[UUID]:
    return frozenset(annotation.groups.values_list("pk", flat=True))
