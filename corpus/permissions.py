"""The rights on what is read: one table of pure predicates.

Their queryset form stands in `corpus.access`; a property test proves both equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

Role = Literal["anonymous", "reader", "curator", "administrator"]
_STAFF = frozenset({"curator", "administrator"})


@dataclass(frozen=True)
class Viewer:
    """Who asks: an account or nobody, with its role and groups.

    Of the groups that the viewer is in, `tended_ids` are those in which they are a moderator
    or an owner. `owned_ids` are those that they own, deleted ones too.
    `reads_public` says whether this site shows public articles to the viewer: always
    for readers, for anonymous viewers only where reading is public.
    """

    user_id: int | None = None
    role: Role = "anonymous"
    group_ids: frozenset[UUID] = frozenset()
    tended_ids: frozenset[UUID] = frozenset()
    owned_ids: frozenset[UUID] = frozenset()
    reads_public: bool = True

    @property
    def is_signed_in(self) -> bool:
        """Say whether the viewer has an account."""
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Say whether the viewer looks after the corpus."""
        return self.role in _STAFF


# Commands act for whoever runs the machine: with every right, under nobody's name.
SYSTEM = Viewer(role="administrator")


class ReadableArticle(Protocol):
    """What the predicates look at in an article."""

    @property
    def access(self) -> str:
        """Return "public", "members" or "groups"."""

    @property
    def is_hidden(self) -> bool:
        """Say whether curators took it out of sight."""


def can_read_article(viewer: Viewer, article: ReadableArticle, group_ids: frozenset[UUID]) -> bool:
    """Say whether `viewer` may read `article`, which belongs to the groups `group_ids`."""
    if viewer.is_staff:
        return True
    if article.is_hidden:
        return False
    if article.access == "public":
        return viewer.reads_public
    if article.access == "members":
        return viewer.is_signed_in
    return bool(viewer.group_ids & group_ids)


def can_know_of_stub(
    viewer: Viewer, stub: ReadableArticle, group_ids: frozenset[UUID], *, is_cited: bool
) -> bool:
    """Say whether `viewer` may know of `stub`, an article that is only linked to.

    `is_cited` says whether a text that the viewer may read links to it, or did in a version
    before: its address would tell others what stands in texts that they may not read.
    """
    return can_read_article(viewer, stub, group_ids) and (viewer.is_staff or is_cited)


class ReadableCollection(Protocol):
    """What the predicates look at in a collection."""

    @property
    def group_id(self) -> UUID | None:
        """Return the group that it is for, None for everybody."""

    @property
    def deleted_at(self) -> datetime | None:
        """Return when it was taken away, None while it is there."""


def can_see_collection(viewer: Viewer, collection: ReadableCollection) -> bool:
    """Say whether `viewer` sees `collection`: its title and the articles they may read."""
    return collection.deleted_at is None and _is_collection_for(viewer, collection)


def can_keep_collection(viewer: Viewer, collection: ReadableCollection) -> bool:
    """Say whether `viewer` sees `collection` or, when it was taken away, may bring it back."""
    return can_edit_collection(viewer, collection) or can_see_collection(viewer, collection)


def can_edit_collection(viewer: Viewer, collection: ReadableCollection) -> bool:
    """Say whether `viewer` may change `collection`: curators, and who looks after its group."""
    return can_collect_for(viewer, collection.group_id)


def can_collect_for(viewer: Viewer, group_id: UUID | None) -> bool:
    """Say whether `viewer` may make collections for the group, with None for everybody."""
    return viewer.is_staff or group_id in viewer.tended_ids


def _is_collection_for(viewer: Viewer, collection: ReadableCollection) -> bool:
    if viewer.is_staff:
        return True
    if collection.group_id is None:
        return viewer.reads_public
    return collection.group_id in viewer.group_ids


class JoinableGroup(Protocol):
    """What the predicates look at in a group."""

    @property
    def id(self) -> UUID:
        """Return its key."""

    @property
    def kind(self) -> str:
        """Return "open", "restricted" or "closed"."""

    @property
    def deleted_at(self) -> datetime | None:
        """Return when it was deleted, None while it is there."""


def can_see_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` knows of `group`: its name, its purpose and who owns it."""
    if group.deleted_at is not None:
        return False
    if viewer.is_staff or group.id in viewer.group_ids:
        return True
    return viewer.is_signed_in and group.kind != "closed"


def can_see_members(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` sees who is in `group`: its members, and who runs the site."""
    return group.deleted_at is None and (group.id in viewer.group_ids or _is_administrator(viewer))


def can_join_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` may come into `group` as they like: into an open one."""
    return _is_outside(viewer, group) and group.kind == "open"


def can_ask_to_join(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` may ask to be let into `group`, a restricted one."""
    return _is_outside(viewer, group) and group.kind == "restricted"


def can_leave_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` is in `group`, so that they can leave it."""
    return group.deleted_at is None and group.id in viewer.group_ids


def can_tend_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` may invite to `group`, let in who asks, and remove plain members."""
    is_tending = group.id in viewer.tended_ids or _is_administrator(viewer)
    return group.deleted_at is None and is_tending


def can_own_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` may change and delete `group`, give roles and remove anybody.

    An administrator may too, so that a group whose owners are gone can be looked after.
    """
    return group.deleted_at is None and _is_owner(viewer, group)


def can_restore_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` may bring back `group`, which was deleted."""
    return group.deleted_at is not None and _is_owner(viewer, group)


def can_keep_group(viewer: Viewer, group: JoinableGroup) -> bool:
    """Say whether `viewer` knows of `group` or, when it was deleted, may bring it back."""
    return can_see_group(viewer, group) or can_restore_group(viewer, group)


GROUP_PERMISSIONS: Mapping[str, Callable[[Viewer, JoinableGroup], bool]] = {
    "see": can_see_group,
    "see_members": can_see_members,
    "join": can_join_group,
    "ask": can_ask_to_join,
    "leave": can_leave_group,
    "tend": can_tend_group,
    "own": can_own_group,
    "restore": can_restore_group,
    "keep": can_keep_group,
}


def can_remove_member(viewer: Viewer, group: JoinableGroup, role: str) -> bool:
    """Say whether `viewer` may remove somebody with `role` from `group`."""
    return can_own_group(viewer, group) or (can_tend_group(viewer, group) and role == "member")


def _is_outside(viewer: Viewer, group: JoinableGroup) -> bool:
    return viewer.is_signed_in and group.id not in viewer.group_ids and can_see_group(viewer, group)


def _is_owner(viewer: Viewer, group: JoinableGroup) -> bool:
    return group.id in viewer.owned_ids or _is_administrator(viewer)


def _collects(viewer: Viewer) -> bool:
    """Say whether there may be a collection that `viewer` changes: one of their group."""
    return viewer.is_staff or bool(viewer.tended_ids)


def _is_staff(viewer: Viewer) -> bool:
    return viewer.is_staff


def _is_administrator(viewer: Viewer) -> bool:
    return viewer.role == "administrator"


PERMISSIONS: Mapping[str, Callable[[Viewer], bool]] = {
    "article.import": _is_staff,
    "article.edit": _is_staff,
    "article.hide": _is_staff,
    "article.see_source": _is_staff,
    "topic.add": _is_staff,
    "collection.edit": _collects,
    "event.read": _is_staff,
    "job.read": _is_staff,
    "job.start": _is_staff,
    "export.make": _is_staff,
    "invitation.create": _is_administrator,
    "role.change": _is_administrator,
}


def allowed(viewer: Viewer, action: str) -> bool:
    """Say whether `viewer` may do `action`, a key of PERMISSIONS; raises KeyError else."""
    return PERMISSIONS[action](viewer)
