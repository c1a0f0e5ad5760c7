"""What the pages of groups show, for a viewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import Http404
from django.utils.translation import gettext as _

from corpus.access import kept_groups, visible_groups
from corpus.extensions import account_names
from corpus.group_parts import MemberSign, group_parts, member_signs
from corpus.models import Article, Group, GroupInvitation, JoinRequest, Membership
from corpus.permissions import (
    GROUP_PERMISSIONS,
    Viewer,
    can_remove_member,
    can_see_members,
    can_tend_group,
)
from corpus.queries.collections import CollectionRow, collection_rows
from corpus.queries.group_reading import MemberProgress, read_together, shows_progress

MOST_MEMBERS = 500


@dataclass(frozen=True)
class GroupRow:
    """A group in a list; `role` is the viewer's own in it, in words, "" outside."""

    group: Group
    member_count: int
    role: str = ""
    has_asked: bool = False


@dataclass(frozen=True)
class GroupList:
    """The groups of a viewer, others that they know of, and deleted ones to bring back."""

    own: Sequence[GroupRow]
    others: Sequence[GroupRow]
    deleted: Sequence[Group]


@dataclass(frozen=True)
class Member:
    """Somebody in a group as the viewer sees them."""

    membership: Membership
    name: str
    is_viewer: bool
    can_remove: bool
    sign: MemberSign

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last word of the name."""
        words = self.name.split()
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


@dataclass(frozen=True)
class Asking:
    """Somebody who asks to be let in."""

    request: JoinRequest
    name: str


@dataclass(frozen=True)
class ReadHere:
    """An article that the group reads, with the names and progress of who shows theirs."""

    article: Article
    progress: Sequence[tuple[str, MemberProgress]]


@dataclass(frozen=True)
class ShownPart:
    """A part of the page that another app adds: what its template shows."""

    template: str
    part: object


@dataclass(frozen=True)
class GroupPage:
    """Everything that the page of a group shows; `may` says what the viewer may do there.

    `members` is empty for who may not see them; `owners` are the names of its owners.
    `collections` and `parts` are for its members.
    """

    group: Group
    member_count: int
    owners: Sequence[str]
    members: Sequence[Member]
    asking: Sequence[Asking]
    has_asked: bool
    collections: Sequence[CollectionRow]
    read_here: Sequence[ReadHere]
    shows_progress: bool
    parts: Sequence[ShownPart]
    may: dict[str, bool]


def group_list(viewer: Viewer) -> GroupList:
    """Return the groups that `viewer` is in, and those that they know of, by name."""
    found = visible_groups(viewer).annotate(n=Count("memberships")).order_by("name", "slug")
    own = Membership.objects.filter(user=viewer.user_id)
    roles = {row.group_id: row.get_role_display() for row in own}
    asked = set(_waiting().filter(user=viewer.user_id).values_list("group_id", flat=True))
    rows = [GroupRow(group, group.n, roles.get(group.pk, ""), group.pk in asked) for group in found]
    gone = kept_groups(viewer).filter(deleted_at__isnull=False).order_by("-deleted_at", "slug")
    return GroupList(
        own=[row for row in rows if row.role],
        others=[row for row in rows if not row.role],
        deleted=list(gone),
    )


def group_page(viewer: Viewer, group: Group) -> GroupPage:
    """Return what the page of `group` shows to `viewer`, who knows of it."""
    memberships = list(_by_role(group)[:MOST_MEMBERS])
    asking = list(_waiting().filter(group=group)) if can_tend_group(viewer, group) else []
    together = read_together(viewer, group)
    reading = {one.user_id for article in together for one in article.progress}
    asked_by = {row.user_id for row in asking}
    names = member_names([*{row.user_id for row in memberships} | asked_by | reading])
    owners = [row for row in memberships if row.role == Membership.Role.OWNER]
    is_shown, is_member = can_see_members(viewer, group), group.pk in viewer.group_ids
    asks = _waiting().filter(group=group, user=viewer.user_id)
    return GroupPage(
        group=group,
        member_count=group.memberships.count(),
        owners=[names[row.user_id] for row in owners],
        members=_members(viewer, group, memberships, names) if is_shown else [],
        asking=[Asking(row, names[row.user_id]) for row in asking],
        has_asked=group.kind == Group.Kind.RESTRICTED and asks.exists(),
        collections=collection_rows(viewer, group) if is_member else [],
        read_here=[
            ReadHere(one.article, [(names[p.user_id], p) for p in one.progress]) for one in together
        ],
        shows_progress=is_member and shows_progress(viewer, group),
        parts=[ShownPart(one.template, one.of(viewer, group)) for one in group_parts]
        if is_member
        else [],
        may={action: may(viewer, group) for action, may in GROUP_PERMISSIONS.items()},
    )


def membership_or_404(viewer: Viewer, group: Group, membership_id: UUID) -> Membership:
    """Return a membership in `group` that `viewer` sees; raises Http404 else."""
    found = group.memberships.filter(pk=membership_id).first()
    if found is None or not can_see_members(viewer, group):
        raise Http404
    return found


def request_or_404(viewer: Viewer, group: Group, request_id: UUID) -> JoinRequest:
    """Return who asks to be let into `group`, which `viewer` tends; raises Http404 else."""
    found = group.requests.filter(pk=request_id).first()
    if found is None or not can_tend_group(viewer, group):
        raise Http404
    return found


def successors(group: Group, user_id: int | None) -> list[tuple[str, str]]:
    """Return who can own `group` in place of its last owner, the account `user_id`.

    As keys of memberships with names; empty where they are not its last owner.
    """
    everybody = list(_by_role(group))
    owners = [row.user_id for row in everybody if row.role == Membership.Role.OWNER]
    if owners != [user_id]:
        return []
    rows = [row for row in everybody if row.user_id != user_id]
    names = member_names([row.user_id for row in rows])
    return [(str(row.pk), names[row.user_id]) for row in rows]


def member_names(ids: Sequence[int]) -> dict[int, str]:
    """Return what the accounts with these keys are called among members, by key.

    The name that somebody signs in with is not among them.
    """
    found: dict[int, str] = {}
    for entry in account_names if ids else ():
        found.update(entry.of(sorted(set(ids))))
    unnamed = [pk for pk in ids if pk not in found]
    if not unnamed:
        return found
    accounts = get_user_model().objects.filter(pk__in=unnamed)
    return {**found, **{user.pk: user.get_full_name() or _("a reader") for user in accounts}}


def standing_invitations(viewer: Viewer, group: Group) -> QuerySet[GroupInvitation]:
    """Return the invitations to `group` that were not taken back, the newest first.

    None of them for who does not tend the group.
    """
    found = group.invitations.filter(revoked_at__isnull=True).order_by("-created_at")
    return found if can_tend_group(viewer, group) else found.none()


def invitation_or_404(viewer: Viewer, group: Group, invitation_id: UUID) -> GroupInvitation:
    """Return an invitation to `group`, which `viewer` tends; raises Http404 else."""
    found = group.invitations.filter(pk=invitation_id).first()
    if found is None or not can_tend_group(viewer, group):
        raise Http404
    return found


def invited_by(invitation: GroupInvitation) -> str:
    """Return what who made the invitation is called, "" for a command."""
    maker = invitation.created_by_id
    return member_names([maker])[maker] if maker is not None else ""


def _waiting() -> QuerySet[JoinRequest]:
    return JoinRequest.objects.filter(state=JoinRequest.State.PENDING)


def _by_role(group: Group) -> QuerySet[Membership]:
    """Return the memberships, owners first."""
    order = [Membership.Role.OWNER, Membership.Role.MODERATOR, Membership.Role.MEMBER]
    places = [When(role=role, then=Value(place)) for place, role in enumerate(order)]
    placed = group.memberships.annotate(place=Case(*places, output_field=IntegerField()))
    return placed.select_related("group").order_by("place", "user_id")


def _members(
    viewer: Viewer, group: Group, rows: Sequence[Membership], names: dict[int, str]
) -> list[Member]:
    signs: dict[int, MemberSign] = {}
    for entry in member_signs:
        signs.update(entry.of(viewer, group, [row.user_id for row in rows]))
    return [
        Member(
            row,
            names[row.user_id],
            is_viewer=row.user_id == viewer.user_id,
            can_remove=row.user_id != viewer.user_id and can_remove_member(viewer, group, row.role),
            sign=signs.get(row.user_id, MemberSign()),
        )
        for row in rows
    ]
