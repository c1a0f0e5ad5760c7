"""The pages of groups: what they show to whom, and what their forms do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus.access import viewer_of
from corpus.models import Group, GroupInvitation, JoinRequest, Membership
from corpus.services import group_invitations, groups, memberships
from corpus.services.group_details import GroupDetails
from corpus.services.group_invitations import Terms
from tests.corpus.groups.conftest import made_by, of, role_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
SEMINAR = "/groups/seminar-a/"


def _text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def _said(client: Client, address: str, **sent: str) -> str:
    return client.post(address, sent, follow=True).content.decode()


def test_a_group_is_made_changed_deleted_and_brought_back(alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    sent = {"name": "Seminar A", "purpose": "We read.", "kind": "restricted"}
    answer = client.post("/groups/new/", sent)
    assert (answer.status_code, answer["Location"]) == (303, SEMINAR)
    page = _text(client, SEMINAR)
    assert "We read." in page
    assert "Restricted" in page
    sent = {"name": "Seminar B", "kind": "open", "counter": "1"}
    assert "Saved." in _said(client, f"{SEMINAR}edit/", **sent)
    answer = client.post(f"{SEMINAR}edit/", sent)
    assert answer.status_code == 412
    assert "Stored now:" in answer.content.decode()
    page = _text(client, f"{SEMINAR}delete/")
    assert "for its authors alone" in page
    counter = re.findall(r'name="counter" value="(\d+)"', page)[0]
    assert "is deleted" in _said(client, f"{SEMINAR}delete/", counter=counter)
    assert client.get(SEMINAR).status_code == 404
    assert "Bring back" in _text(client, "/groups/")
    assert "It is back." in _said(client, f"{SEMINAR}restore/")


def test_what_is_wrong_is_said_beside_its_field(alice: User, client_of: ClientOf) -> None:
    answer = client_of(alice).post(
        "/groups/new/", {"name": "…", "purpose": "Kept.", "kind": "open"}
    )
    assert answer.status_code == 422
    assert "among them a letter" in answer.content.decode()
    assert "Kept." in answer.content.decode()


def test_each_sees_of_a_group_what_is_theirs(
    alice: User, bob: User, carol: User, dave: User, seminar: Group, client_of: ClientOf
) -> None:
    memberships.admit(viewer_of(alice), made_by(alice, "open"), bob.pk)
    assert client_of(None).get("/groups/").status_code == 302
    for client in (client_of(None), client_of(dave)):
        assert "Seminar" not in client.get("/groups/", follow=True).content.decode()
        assert client.get(SEMINAR).status_code in (302, 404)
    inside = _text(client_of(bob), SEMINAR)
    assert "Alice" in inside
    assert "Invite" not in inside
    assert "Role of" not in inside
    assert "Role of Bob" in _text(client_of(alice), SEMINAR)
    page = _text(client_of(dave), "/groups/the-open-one/")
    assert "2 members" in page
    assert "owned by Alice" in page
    assert "Bob" not in page
    assert "Bob" not in _text(client_of(carol), SEMINAR)


def test_names_to_sign_in_with_are_not_shown(
    alice: User, seminar: Group, client_of: ClientOf
) -> None:
    quiet = User.objects.create_user("sign-in-name-of-quiet")
    memberships.admit(viewer_of(alice), seminar, quiet.pk)
    assert "sign-in-name-of-quiet" not in _text(client_of(alice), SEMINAR)


def test_one_joins_and_leaves(alice: User, dave: User, client_of: ClientOf) -> None:
    made_by(alice, "open")
    client, address = client_of(dave), "/groups/the-open-one/"
    assert "You are in the group." in _said(client, f"{address}join/")
    assert "the open one" in _text(client, "/groups/").lower()
    assert "You have left" in _said(client, f"{address}leave/")
    assert client.get(f"{address}leave/").status_code == 403


def test_the_last_owner_is_asked_who_follows(
    alice: User, bob: User, seminar: Group, client_of: ClientOf
) -> None:
    client = client_of(alice)
    assert "choose who owns it" in _text(client, f"{SEMINAR}leave/")
    assert client.post(f"{SEMINAR}leave/", {}).status_code == 422
    sent = {"successor": str(of(seminar, bob).pk)}
    assert "You have left" in _said(client, f"{SEMINAR}leave/", **sent)
    assert role_of(seminar, bob) == "owner"
    answer = client_of(bob).post(f"{SEMINAR}leave/", {})
    assert "You can delete it instead" in answer.content.decode()


def test_one_asks_and_is_let_in(alice: User, bob: User, dave: User, client_of: ClientOf) -> None:
    group = made_by(alice, "restricted")
    address = group.get_absolute_url()
    for user in (bob, dave):
        assert "You have asked" in _said(client_of(user), f"{address}ask/", words="It is me.")
    page = _text(client_of(alice), address)
    assert "It is me." in page
    assert "It is me." not in _text(client_of(dave), address)
    said = {bob: ("admit", "Let in."), dave: ("decline", "Not let in.")}
    for user, (word, sentence) in said.items():
        request = JoinRequest.objects.get(user=user)
        assert client_of(user).post(f"{address}requests/{request.pk}/").status_code == 404
        assert sentence in _said(client_of(alice), f"{address}requests/{request.pk}/", answer=word)
    assert (role_of(group, bob), role_of(group, dave)) == ("member", "")


def test_roles_are_given_and_members_removed(
    alice: User, bob: User, seminar: Group, client_of: ClientOf
) -> None:
    client = client_of(alice)
    theirs, own = (f"{SEMINAR}members/{of(seminar, user).pk}/" for user in (bob, alice))
    assert "Saved." in _said(client, f"{theirs}role/", role="moderator")
    assert role_of(seminar, bob) == "moderator"
    assert "at least one owner" in _said(client, f"{own}role/", role="member")
    assert "Choose a role" in _said(client, f"{theirs}role/", role="king")
    assert client_of(bob).post(f"{own}remove/").status_code == 403
    assert "Removed." in _said(client, f"{theirs}remove/")
    assert client_of(bob).get(SEMINAR).status_code == 404


def test_a_link_is_shown_once_and_taken_back(
    alice: User, bob: User, seminar: Group, client_of: ClientOf
) -> None:
    client, address = client_of(alice), f"{SEMINAR}invitations/"
    assert client_of(bob).get(address).status_code == 403
    page = _said(client, address, days="3", most_uses="2", note="Tuesday people")
    (link,) = re.findall(r'value="http[^"]+(/groups/join/[^"]+)"', page)
    page = _text(client, address)
    assert link not in page
    assert "Tuesday people" in page
    assert "0 of 2 came by it" in page
    made = GroupInvitation.objects.get()
    assert "Taken back" in _said(client, f"{address}{made.pk}/revoke/")
    assert "taken back" in _text(client_of(bob), link, 410)


def test_mails_are_sent_and_a_failure_is_told(
    alice: User, seminar: Group, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = client_of(alice), f"{SEMINAR}invitations/"
    sent = {"days": "3", "most_uses": "1", "addresses": "a@example.org, b@example.org"}
    assert "2 invitations are sent." in _said(client, address, **sent)
    assert [message.to for message in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    answer = client.post(address, {**sent, "addresses": "nobody"})
    assert answer.status_code == 422
    assert "is no e-mail address" in answer.content.decode()

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert "could not be sent to c@example.org" in _said(
        client, address, **{**sent, "addresses": "c@example.org"}
    )
    assert GroupInvitation.objects.get(email="c@example.org").revoked_at is not None


def test_the_page_behind_a_link_leads_in(
    alice: User, bob: User, dave: User, seminar: Group, client_of: ClientOf
) -> None:
    _made, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    link = f"/groups/join/{secret}/"
    page = _text(client_of(None), link)
    assert f"/account/login/?next=/groups/join/{secret}/" in page
    assert "Make an account" not in page
    assert "/account/login/" in client_of(None).post(link)["Location"]
    assert "in this group already" in _text(client_of(bob), link)
    assert "You are in the group." in _said(client_of(dave), link)
    assert "As many people" in _text(client_of(None), link, 410)
    assert "Seminar" not in _text(client_of(None), link, 410)


def test_a_newcomer_makes_an_account_by_a_link_of_an_administrator(
    ada: User, seminar: Group, client_of: ClientOf
) -> None:
    _made, secret = group_invitations.create(viewer_of(ada), seminar, Terms())
    link, client = f"/groups/join/{secret}/", client_of(None)
    assert f"{link}sign-up/" in _text(client, link)
    sent = {"username": "newcomer", "display_name": "New Comer", "password1": "a long secret 9"}
    answer = client.post(f"{link}sign-up/", sent)
    assert (answer.status_code, answer["Location"]) == (302, SEMINAR)
    assert Membership.objects.get(user__username="newcomer").group == seminar
    other = client_of(None)
    answer = other.post(f"{link}sign-up/", {**sent, "username": "second"})
    assert answer["Location"] == link
    assert not User.objects.filter(username="second").exists()


def test_a_link_of_a_reader_makes_no_account(
    alice: User, seminar: Group, client_of: ClientOf
) -> None:
    _made, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    answer = client_of(None).get(f"/groups/join/{secret}/sign-up/")
    assert (answer.status_code, answer["Location"]) == (302, f"/groups/join/{secret}/")


def test_a_page_asks_the_database_no_more_for_more_of_them(
    alice: User, seminar: Group, client_of: ClientOf
) -> None:
    client = client_of(alice)

    def add(start: int) -> tuple[int, int]:
        for number in range(start, start + 10):
            user = User.objects.create_user(f"member{number}", first_name=f"Member {number}")
            memberships.admit(viewer_of(alice), seminar, user.pk)
            groups.create(viewer_of(alice), GroupDetails(f"Group {number}"))
        return _queries(client, SEMINAR), _queries(client, "/groups/")

    assert add(0) == add(10)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_words_of_who_asks_that_are_too_long_stay_in_the_field(
    alice: User, dave: User, seminar: Group, client_of: ClientOf
) -> None:
    Group.objects.filter(pk=seminar.pk).update(kind=Group.Kind.RESTRICTED)
    words = "I read with you. " * 40
    answer = client_of(dave).post(f"{SEMINAR}ask/", {"words": words})
    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()
    assert "at most" in answer.content.decode()
    assert not JoinRequest.objects.exists()


def test_the_only_owner_is_offered_no_other_role(
    alice: User, dave: User, seminar: Group, client_of: ClientOf
) -> None:
    memberships.admit(viewer_of(alice), seminar, dave.pk)
    page = _text(client_of(alice), SEMINAR)
    assert "the only owner" in page
    assert page.count('class="member-role"') == seminar.memberships.count() - 1


def test_a_group_deleted_while_somebody_comes_in_is_said_to_be(
    alice: User, dave: User, seminar: Group, monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    invitation, secret = group_invitations.create(viewer_of(alice), seminar, Terms())
    # As it is found before the group is deleted, whose row is locked by then.
    monkeypatch.setattr(group_invitations, "invitation_behind", lambda _secret: invitation)
    Group.objects.filter(pk=seminar.pk).update(deleted_at=timezone.now())
    answer = client_of(dave).post(f"/groups/join/{secret}/")
    assert answer.status_code == 410
    assert "The group of this invitation was deleted." in answer.content.decode()
