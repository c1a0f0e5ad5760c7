"""What a reader was told of and still sees: the count, and the rows in order."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from annotations.access import (
    visible_agents,
    visible_annotations,
    visible_claims,
    visible_links,
)
from annotations.models import Follow, Notification
from corpus.access import known_articles, viewer_of, visible_collections, visible_groups
from corpus.models import GroupInvitation
from corpus.permissions import Viewer

MOST_COUNTED = 100
"""As many unread ones are counted; more are told as so many and more."""

_ROWS_AT_ONCE = 100
_OWN_AFFAIRS = (Notification.Kind.INVITATION, Notification.Kind.MEMBERSHIP)
_Kept = Sequence[Notification]


def unread_count(viewer: Viewer) -> int:
    """Return how many notifications that `viewer` still sees are unread, MOST_COUNTED at most.

    One query when there are none.
    """
    return len(seen_rows(viewer, unread(viewer), MOST_COUNTED))


def unread_counts(user_ids: Collection[int]) -> dict[int, int]:
    """Return the `unread_count` of each of these accounts that is not closed."""
    accounts = User.objects.filter(pk__in=user_ids, is_active=True)
    return {account.pk: unread_count(viewer_of(account)) for account in accounts}


def invitation_or_404(viewer: Viewer, invitation_id: UUID) -> GroupInvitation:
    """Return the invitation that `viewer` was told of and may accept; raises Http404 else."""
    told = Notification.objects.filter(reader=viewer.user_id, invitation=invitation_id)
    seen = still_seen(viewer, list(told.select_related("follow", "invitation")))
    if not seen or seen[0].invitation is None:
        raise Http404
    return seen[0].invitation


def in_inbox(viewer: Viewer) -> QuerySet[Notification]:
    """Return what `viewer` was told of in the product, seen or not any more; newest first."""
    own = Notification.objects.filter(reader_id=viewer.user_id, is_in_inbox=True)
    return own.order_by("-id")


def unread(viewer: Viewer) -> QuerySet[Notification]:
    """Return what of it is unread."""
    return in_inbox(viewer).filter(read_at__isnull=True)


def has_unread(user_id: int) -> bool:
    """Say whether anything is unread, seen or not any more; one look into an index."""
    return unread(Viewer(user_id=user_id, role="reader")).exists()


def seen_rows(viewer: Viewer, rows: QuerySet[Notification], limit: int) -> list[Notification]:
    """Return the first `limit` of `rows`, in order of their keys downwards, still seen."""
    found: list[Notification] = []
    for part in _in_parts(rows):
        found += still_seen(viewer, part)
        if len(found) >= limit:
            break
    return found[:limit]


def still_seen(viewer: Viewer, rows: _Kept) -> list[Notification]:
    """Return those of `rows`, stored or not yet, whose subject `viewer` sees now.

    A fixed number of queries, one for each kind of thing that is among the subjects.
    """
    if not rows:
        return []
    follows = [one.follow for one in rows if one.follow is not None]
    seen = {
        "annotation_id": _seen(visible_annotations(viewer), rows, "annotation_id"),
        "link_id": _seen(visible_links(viewer), rows, "link_id"),
        "article_id": _seen(known_articles(viewer), rows, "article_id"),
    }
    followed = {
        "claim_id": _seen(visible_claims(viewer), follows, "claim_id"),
        "collection_id": _seen(visible_collections(viewer), follows, "collection_id"),
        "agent_id": _seen(visible_agents(viewer), follows, "agent_id"),
        "article_id": _seen(known_articles(viewer), follows, "article_id"),
        "group_id": viewer.group_ids,
    }
    groups = _seen(visible_groups(viewer), rows, "group_id")
    open_ones = _seen(_open_invitations(), rows, "invitation_id")
    return [
        one
        for one in rows
        if _holds(one, seen)
        and (one.follow is None or _holds(one.follow, followed))
        and _is_group_known(viewer, one, groups)
        and (one.invitation_id is None or one.invitation_id in open_ones)
    ]


def _is_group_known(viewer: Viewer, one: Notification, groups: frozenset[Any]) -> bool:
    """Say whether the viewer may be told of the group; of their own part in it they always are."""
    if one.group_id is None or one.kind in _OWN_AFFAIRS:
        return True
    if one.kind == Notification.Kind.REQUEST:
        return one.group_id in viewer.tended_ids
    return one.group_id in groups and one.group_id in viewer.group_ids


def _open_invitations() -> QuerySet[GroupInvitation]:
    standing = Q(revoked_at__isnull=True, expires_at__gt=timezone.now())
    standing &= Q(use_count__lt=F("most_uses"))
    return GroupInvitation.objects.filter(standing, group__deleted_at__isnull=True)


def _holds(row: Notification | Follow, seen: dict[str, frozenset[Any]]) -> bool:
    keys = ((getattr(row, name), there) for name, there in seen.items())
    return all(key is None or key in there for key, there in keys)


def _seen(things: QuerySet[Any], rows: Sequence[Model], name: str) -> frozenset[Any]:
    """Return the keys at `name` in `rows` that are among `things`; no query without any."""
    keys = {getattr(row, name) for row in rows} - {None}
    if not keys:
        return frozenset()
    return frozenset(things.filter(pk__in=keys).order_by().values_list("pk", flat=True))


def _in_parts(rows: QuerySet[Notification]) -> Iterator[_Kept]:
    rows = rows.select_related("follow")
    part = list(rows[:_ROWS_AT_ONCE])
    while part:
        yield part
        if len(part) < _ROWS_AT_ONCE:
            return
        part = list(rows.filter(pk__lt=part[-1].pk)[:_ROWS_AT_ONCE])
