"""Links into a group: they end, are counted and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound, SignInNeeded
from corpus.models import Event, Group, GroupInvitation
from corpus.permissions import Viewer
from corpus.services import group_invitations, groups
from corpus.services.group_invitations import InvitationEnded, Terms
from tests.corpus.groups.conftest import role_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def test_a_link_lets_in_so_many(alice: User, bob: User, dave: User, seminar: Group) -> None:
    made, secret = group_invitations.create(viewer_of(alice), seminar, Terms(note=" For Dave "))
    assert made.note == "For Dave"
    assert secret not in str(made.__dict__)
    group_invitations.accept(viewer_of(bob), secret)
    group_invitations.accept(viewer_of(dave), secret)
    made.refresh_from_db()
    assert (made.use_count, role_of(seminar, dave)) == (1, "member")
    with pytest.raises(InvitationEnded):
        group_invitations.accept(viewer_of(User.objects.create_user("late")), secret)
    with pytest.raises(SignInNeeded):
        group_invitations.accept(Viewer(), secret)
    assert Event.objects.filter(verb="member.joined").count() == 1


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ({"revoked_at": timezone.now()}, "taken back"),
        ({"expires_at": timezone.now() - timedelta(hours=1)}, "time of this invitation"),
        ({"use_count": 1}, "As many people"),
        ({"secret_sha256": "another"}, "not the link"),
    ],
)
def test_a_link_that_ended_says_why(
    alice: User, dave: User, seminar: Group, now: dict[str, Any], why: str
) -> None:
    made, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    GroupInvitation.objects.filter(pk=made.pk).update(**now)
    with pytest.raises(InvitationEnded, match=why):
        group_invitations.accept(viewer_of(dave), secret)
    assert not role_of(seminar, dave)


def test_a_deleted_group_lets_nobody_in(alice: User, dave: User, seminar: Group) -> None:
    _made, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    groups.delete(viewer_of(alice), seminar, counter=1)
    with pytest.raises(InvitationEnded):
        group_invitations.accept(viewer_of(dave), secret)


def test_who_tends_the_group_invites_and_takes_back(
    alice: User, bob: User, dave: User, seminar: Group
) -> None:
    made, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    for user, refusal in ((bob, NotAllowed), (dave, NotFound)):
        with pytest.raises(refusal):
            group_invitations.create(viewer_of(user), seminar, Terms())
        with pytest.raises(refusal):
            group_invitations.revoke(viewer_of(user), made)
    for _ in range(2):
        group_invitations.revoke(viewer_of(alice), made)
    with pytest.raises(InvitationEnded):
        group_invitations.accept(viewer_of(dave), secret)
    assert Event.objects.filter(verb="group_invitation.revoked").count() == 1


@pytest.mark.parametrize(
    "terms", [Terms(days=0), Terms(days=366), Terms(most_uses=0), Terms(most_uses=501)]
)
def test_terms_have_bounds(alice: User, seminar: Group, terms: Terms) -> None:
    with pytest.raises(Invalid):
        group_invitations.create(viewer_of(alice), seminar, terms)
    assert not GroupInvitation.objects.exists()


def test_each_address_gets_a_link_that_works_once(alice: User, seminar: Group) -> None:
    addresses = ["a@example.org", " b@example.org ", "a@example.org", ""]
    made = group_invitations.create_for(viewer_of(alice), seminar, addresses, Terms(most_uses=9))
    told = [(invitation.email, invitation.most_uses) for invitation, _ in made]
    assert told == [("a@example.org", 1), ("b@example.org", 1)]
    invitation, secret = made[0]
    group_invitations.send(invitation, link=f"http://here/{secret}/", inviter="Alice")
    (sent,) = mail.outbox
    assert sent.to == ["a@example.org"]
    assert sent.subject == "Postil: Alice invites you to Seminar A"
    assert secret in str(sent.body)


def test_wrong_addresses_and_too_many_are_refused(alice: User, seminar: Group) -> None:
    with pytest.raises(Invalid, match="no e-mail address"):
        group_invitations.create_for(viewer_of(alice), seminar, ["a@b.org", "nobody"], Terms())
    many = [f"a{number}@example.org" for number in range(group_invitations.MOST_MAILS + 1)]
    with pytest.raises(Invalid, match="a day"):
        group_invitations.create_for(viewer_of(alice), seminar, many, Terms())
    assert not GroupInvitation.objects.exists()


@pytest.mark.parametrize(
    ("signup", "by_ada", "by_alice"),
    [("open", True, True), ("invited", True, False), ("closed", False, False)],
)
def test_links_of_administrators_make_accounts_where_one_is_invited(
    alice: User, ada: User, seminar: Group, settings: Any, signup: str, by_ada: bool, by_alice: bool
) -> None:
    settings.SIGNUP = signup
    made = [group_invitations.create(viewer_of(user), seminar, Terms())[0] for user in (ada, alice)]
    assert [group_invitations.opens_accounts(one) for one in made] == [by_ada, by_alice]


@pytest.mark.parametrize(
    "address", ["bob@example.org\nBcc: dave@example.org", f"{'b' * 250}@a.org"]
)
def test_an_address_that_cannot_be_kept_is_refused(
    alice: User, seminar: Group, address: str
) -> None:
    with pytest.raises(Invalid, match="is no e-mail address"):
        group_invitations.create_for(viewer_of(alice), seminar, [address], Terms())
    assert not seminar.invitations.exists()
