"""Making, changing, deleting and joining groups, and who is refused."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of, visible_collections
from corpus.collection_forms import CollectionForm
from corpus.errors import Invalid, NotAllowed, NotFound, SignInNeeded, Stale
from corpus.models import Event, Group, JoinRequest
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.collections import groups_to_collect_for
from corpus.services import groups, memberships
from corpus.services.group_details import MAX_PURPOSE, GroupDetails
from tests.corpus.groups.conftest import made_by, of, role_of
from tests.factories import make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def _verbs() -> list[str]:
    verbs = Event.objects.filter(subject_type="corpus.group").order_by("id")
    return list(verbs.values_list("verb", flat=True))


def test_who_makes_a_group_owns_it(alice: User) -> None:
    key = uuid4()
    details = GroupDetails("  Seminar   A ", " Why. ", "open")
    made = groups.create(viewer_of(alice), details, client_id=key)
    again = groups.create(viewer_of(alice), details, client_id=key)
    assert again == made
    assert (made.name, made.slug, made.purpose, made.kind) == (
        "Seminar A",
        "seminar-a",
        "Why.",
        "open",
    )
    assert role_of(made, alice) == "owner"
    assert _verbs() == ["group.created"]


def test_names_lead_to_addresses_of_their_own(alice: User, bob: User) -> None:
    names = ["New", "Join", "New", "…a", "読書会"]
    slugs = [made_by(alice, "open", name).slug for name in names]
    assert slugs == ["new-2", "join-2", "new-3", "a", "group"]


def test_no_address_tells_that_there_is_a_closed_group_of_this_name(alice: User, bob: User) -> None:
    hidden = made_by(alice, "closed", "Merger talks")
    assert re.fullmatch(r"merger-talks-[0-9a-f]{10}", hidden.slug)
    assert made_by(bob, "open", "Merger talks").slug == "merger-talks"
    assert re.fullmatch(r"merger-talks-[0-9a-f]{10}", made_by(bob, "closed", "Merger talks").slug)


def test_a_key_of_another_reader_is_refused(alice: User, bob: User) -> None:
    made = made_by(alice, "open")
    with pytest.raises(Invalid):
        groups.create(viewer_of(bob), GroupDetails("Mine"), client_id=made.pk)
    with pytest.raises(SignInNeeded):
        groups.create(Viewer(), GroupDetails("Nobody's"))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (GroupDetails(" "), "name"),
        (GroupDetails("…"), "name"),
        (GroupDetails("x" * 121), "name"),
        (GroupDetails("a\x00b"), "name"),
        (GroupDetails("A", "\ud800"), "purpose"),
        (GroupDetails("A", "x" * (MAX_PURPOSE + 1)), "purpose"),
        (GroupDetails("A", kind="secret"), "kind"),
    ],
)
def test_what_cannot_be_stored_is_refused(alice: User, details: GroupDetails, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        groups.create(viewer_of(alice), details)
    assert list(refused.value.fields) == [field]
    assert not _verbs()


def test_owners_change_it_and_the_stale_are_told(alice: User, bob: User, seminar: Group) -> None:
    changed = groups.edit(viewer_of(alice), seminar, GroupDetails("Seminar B"), counter=1)
    assert (changed.name, changed.slug, changed.counter) == ("Seminar B", "seminar-a", 2)
    groups.edit(viewer_of(alice), seminar, GroupDetails("Seminar B"), counter=2)
    with pytest.raises(Stale) as stale:
        groups.edit(viewer_of(alice), seminar, GroupDetails("Seminar C"), counter=1)
    assert stale.value.current["name"] == "Seminar B"
    with pytest.raises(NotAllowed):
        groups.edit(viewer_of(bob), seminar, GroupDetails("Bob's"), counter=2)
    assert _verbs() == ["group.created", "group.edited"]


def test_a_deleted_group_comes_back_as_it_was(
    alice: User, bob: User, dave: User, seminar: Group
) -> None:
    for user, refusal in ((bob, NotAllowed), (dave, NotFound)):
        with pytest.raises(refusal):
            groups.delete(viewer_of(user), seminar, counter=1)
    for _ in range(2):
        groups.delete(viewer_of(alice), seminar, counter=1)
    assert seminar.pk not in viewer_of(bob).group_ids
    with pytest.raises(NotFound):
        groups.restore(viewer_of(bob), seminar)
    for _ in range(2):
        groups.restore(viewer_of(alice), seminar)
    assert (role_of(seminar, alice), role_of(seminar, bob)) == ("owner", "member")
    assert viewer_of(bob).group_ids == {seminar.pk}
    assert _verbs() == ["group.created", "group.deleted", "group.restored"]


def test_one_joins_open_groups_alone(alice: User, dave: User) -> None:
    is_open, restricted, closed = (made_by(alice, kind) for kind in Group.Kind.values)
    for _ in range(2):
        memberships.join(viewer_of(dave), is_open)
    assert role_of(is_open, dave) == "member"
    for group, refusal in ((restricted, NotAllowed), (closed, NotFound)):
        with pytest.raises(refusal):
            memberships.join(viewer_of(dave), group)
        assert not role_of(group, dave)


def test_who_asks_is_let_in_or_not(alice: User, bob: User, dave: User) -> None:
    group = made_by(alice, "restricted")
    asked = [memberships.ask(viewer_of(user), group, "  It's  me ") for user in (bob, dave)]
    memberships.ask(viewer_of(bob), group, "It's me")
    assert asked[0].words == "It's me"
    with pytest.raises(NotFound):
        memberships.answer(viewer_of(bob), JoinRequest(pk=uuid4(), group=Group()), lets_in=True)
    with pytest.raises(NotAllowed):
        memberships.answer(viewer_of(bob), asked[0], lets_in=True)
    memberships.answer(viewer_of(alice), asked[0], lets_in=True)
    memberships.answer(viewer_of(alice), asked[1], lets_in=False)
    assert (role_of(group, bob), role_of(group, dave)) == ("member", "")
    memberships.answer(viewer_of(alice), asked[1], lets_in=True)
    assert role_of(group, dave) == ""
    memberships.ask(viewer_of(dave), group, "Please.")
    assert JoinRequest.objects.filter(state="pending").get().words == "Please."


def test_the_last_owner_names_another_before_leaving(
    alice: User, bob: User, seminar: Group
) -> None:
    with pytest.raises(Invalid):
        memberships.leave(viewer_of(alice), seminar)
    with pytest.raises(Invalid):
        memberships.set_role(viewer_of(alice), of(seminar, alice), "member")
    with pytest.raises(Invalid):
        memberships.remove(SYSTEM, of(seminar, alice))
    with pytest.raises(Invalid):
        memberships.leave(viewer_of(alice), seminar, successor=of(seminar, alice))
    memberships.leave(viewer_of(alice), seminar, successor=of(seminar, bob))
    assert (role_of(seminar, alice), role_of(seminar, bob)) == ("", "owner")
    with pytest.raises(Invalid):
        memberships.leave(viewer_of(bob), seminar)


def test_roles_are_given_by_owners_and_moderators_remove_members(
    alice: User, bob: User, dave: User, seminar: Group
) -> None:
    with pytest.raises(NotAllowed):
        memberships.set_role(viewer_of(bob), of(seminar, bob), "owner")
    memberships.set_role(viewer_of(alice), of(seminar, bob), "moderator")
    memberships.admit(SYSTEM, seminar, dave.pk)
    theirs = of(seminar, dave)
    with pytest.raises(NotAllowed):
        memberships.remove(viewer_of(bob), of(seminar, alice))
    with pytest.raises(NotAllowed):
        memberships.remove(viewer_of(bob), of(seminar, bob))
    with pytest.raises(NotAllowed):
        memberships.remove(viewer_of(dave), of(seminar, bob))
    for _ in range(2):
        memberships.remove(viewer_of(bob), theirs)
    assert not role_of(seminar, dave)
    with pytest.raises(NotFound):
        memberships.set_role(viewer_of(alice), theirs, "owner")
    with pytest.raises(Invalid):
        memberships.set_role(viewer_of(alice), of(seminar, bob), "king")
    assert _verbs().count("member.removed") == 1


def test_a_viewer_of_before_a_removal_does_nothing_any_more(
    alice: User, bob: User, seminar: Group
) -> None:
    memberships.set_role(viewer_of(alice), of(seminar, bob), "moderator")
    before = viewer_of(bob)
    memberships.remove(viewer_of(alice), of(seminar, bob))
    with pytest.raises(NotFound):
        memberships.remove(before, of(seminar, alice))


def test_a_collection_of_a_deleted_group_stays_that_groups(
    alice: User, carol: User, seminar: Group
) -> None:
    made = make_collection(title="Of the seminar", group_id=seminar.pk)
    groups.delete(viewer_of(alice), seminar, counter=1)
    curator = viewer_of(carol)
    assert not groups_to_collect_for(curator).exists()
    sent = {"title": "Renamed", "group": str(seminar.pk), "counter": "1"}
    form = CollectionForm(curator, sent, initial={"group": made.group_id})
    assert form.is_valid()
    assert form.details().group_id == seminar.pk
    assert made not in visible_collections(viewer_of(alice))
