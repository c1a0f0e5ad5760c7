"""People at the same moment, in real threads on a real database file or server."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.errors import Invalid, Refused
from corpus.models import Event, Group, Membership
from corpus.services import group_invitations, groups, memberships
from corpus.services.group_details import GroupDetails
from corpus.services.group_invitations import InvitationEnded, Terms
from tests.annotations.services.threads import WRITERS, at_once

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = 3


def _people() -> list[User]:
    return [User.objects.create_user(f"reader{number}") for number in range(WRITERS)]


def test_no_more_come_in_than_a_link_has_places(alice: User) -> None:
    group = groups.create(viewer_of(alice), GroupDetails("Seminar A"))
    made, secret = group_invitations.create(viewer_of(alice), group, Terms(most_uses=PLACES))
    viewers = [viewer_of(user) for user in _people()]

    def accept(number: int) -> str:
        try:
            group_invitations.accept(viewers[number], secret)
        except InvitationEnded:
            return "late"
        return "in"

    assert sorted(at_once(accept)) == ["in"] * PLACES + ["late"] * (WRITERS - PLACES)
    made.refresh_from_db()
    assert made.use_count == PLACES
    assert group.memberships.count() == PLACES + 1
    assert Event.objects.filter(verb="member.joined").count() == PLACES


def test_one_person_in_many_tabs_uses_one_place(alice: User, bob: User) -> None:
    group = groups.create(viewer_of(alice), GroupDetails("Seminar A"))
    made, secret = group_invitations.create(viewer_of(alice), group, Terms(most_uses=PLACES))
    viewer = viewer_of(bob)
    at_once(lambda _: group_invitations.accept(viewer, secret).pk)
    made.refresh_from_db()
    assert (made.use_count, group.memberships.count()) == (1, 2)


def test_owners_who_leave_at_once_leave_one_behind(alice: User) -> None:
    group = groups.create(viewer_of(alice), GroupDetails("Seminar A"))
    people = _people()
    Membership.objects.bulk_create(
        Membership(group=group, user=user, role="owner") for user in people
    )
    memberships.leave(viewer_of(alice), group)
    viewers = [viewer_of(user) for user in people]

    def leave(number: int) -> str:
        try:
            memberships.leave(viewers[number], group)
        except Invalid:
            return "stays"
        return "left"

    assert sorted(at_once(leave)) == ["left"] * (WRITERS - 1) + ["stays"]
    assert group.memberships.filter(role="owner").count() == 1


def test_groups_of_one_name_made_at_once_have_an_address_each(alice: User) -> None:
    viewer = viewer_of(alice)
    slugs = at_once(
        lambda _: groups.create(viewer, GroupDetails("The same name", kind="open")).slug
    )
    assert len(set(slugs)) == Group.objects.count() == WRITERS


def test_who_is_removed_while_they_act_is_in_or_out_never_both(alice: User, bob: User) -> None:
    group = groups.create(viewer_of(alice), GroupDetails("Seminar A"))
    theirs = Membership.objects.create(group=group, user=bob, role="moderator")
    owner, moderator = viewer_of(alice), viewer_of(bob)

    def act(number: int) -> str:
        try:
            if number % 2:
                memberships.remove(owner, theirs)
            else:
                group_invitations.create(moderator, group, Terms())
        except Refused:
            return "refused"
        return "done"

    at_once(act)
    assert not group.memberships.filter(user=bob).exists()
    with pytest.raises(Refused):
        group_invitations.create(moderator, group, Terms())
