"""Who may do what with a group: the predicates and the querysets say the same, row by row."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from corpus.access import kept_groups, viewer_of, visible_groups
from corpus.models import Group, Membership
from corpus.permissions import (
    GROUP_PERMISSIONS,
    SYSTEM,
    Viewer,
    can_keep_group,
    can_remove_member,
    can_see_group,
)

pytestmark = pytest.mark.django_db

KINDS = ("open", "restricted", "closed")


@pytest.fixture
def groups(alice: User, bob: User, noise: None) -> dict[str, Group]:
    """Return a group of each kind, there and deleted: alice owns them, bob is in them."""
    made = {}
    for kind in KINDS:
        for gone in (False, True):
            name = f"{'gone ' if gone else ''}{kind}"
            deleted_at = timezone.now() if gone else None
            group = Group.objects.create(
                name=name, slug=name.replace(" ", "-"), kind=kind, deleted_at=deleted_at
            )
            Membership.objects.create(group=group, user=alice, role="owner")
            Membership.objects.create(group=group, user=bob)
            made[name] = group
    return made


@pytest.fixture
def everyone(
    groups: dict[str, Group], alice: User, bob: User, carol: User, dave: User, ada: User
) -> dict[str, Viewer]:
    """Return the cast as viewers, and mona, who moderates every group."""
    mona = User.objects.create_user("mona")
    for group in groups.values():
        Membership.objects.create(group=group, user=mona, role="moderator")
    cast = {user.username: viewer_of(user) for user in (alice, bob, carol, dave, ada, mona)}
    return {"nobody": Viewer(), "system": SYSTEM, **cast}


def test_predicates_and_querysets_agree(
    groups: dict[str, Group], everyone: dict[str, Viewer]
) -> None:
    for viewer in everyone.values():
        seen, kept = set(visible_groups(viewer)), set(kept_groups(viewer))
        for group in groups.values():
            assert (group in seen) == can_see_group(viewer, group)
            assert (group in kept) == can_keep_group(viewer, group)


@pytest.mark.parametrize(
    ("action", "kind", "who"),
    [
        ("see", "open", {"alice", "bob", "carol", "dave", "ada", "mona", "system"}),
        ("see", "restricted", {"alice", "bob", "carol", "dave", "ada", "mona", "system"}),
        ("see", "closed", {"alice", "bob", "carol", "ada", "mona", "system"}),
        ("see_members", "open", {"alice", "bob", "mona", "ada", "system"}),
        ("join", "open", {"carol", "dave", "ada"}),
        ("join", "restricted", set()),
        ("join", "closed", set()),
        ("ask", "open", set()),
        ("ask", "restricted", {"carol", "dave", "ada"}),
        ("ask", "closed", set()),
        ("leave", "closed", {"alice", "bob", "mona"}),
        ("tend", "open", {"alice", "mona", "ada", "system"}),
        ("own", "open", {"alice", "ada", "system"}),
        ("see", "gone open", set()),
        ("leave", "gone open", set()),
        ("tend", "gone open", set()),
        ("own", "gone open", set()),
        ("restore", "gone open", {"alice", "ada", "system"}),
        ("restore", "open", set()),
    ],
)
def test_the_table_of_rights(
    groups: dict[str, Group], everyone: dict[str, Viewer], action: str, kind: str, who: set[str]
) -> None:
    may = GROUP_PERMISSIONS[action]
    assert {name for name, viewer in everyone.items() if may(viewer, groups[kind])} == who


def test_moderators_remove_members_and_owners_anybody(
    groups: dict[str, Group], everyone: dict[str, Viewer]
) -> None:
    def removers(role: str) -> set[str]:
        group = groups["open"]
        return {who for who, viewer in everyone.items() if can_remove_member(viewer, group, role)}

    assert removers("member") == {"alice", "mona", "ada", "system"}
    assert removers("moderator") == removers("owner") == {"alice", "ada", "system"}


def test_nobody_is_in_a_deleted_group(groups: dict[str, Group], bob: User) -> None:
    there = {groups[kind].pk for kind in KINDS}
    assert viewer_of(bob).group_ids == there
