"""Coming in: invitations, the first sign-in, and what never lets anybody in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from annotations.models import Profile
from annotations.services.sample_accounts import ensure_sample_account
from annotations.starter.w3c import StarterReader
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event, Invitation
from corpus.permissions import SYSTEM
from corpus.services import first_sign_in, invitations

pytestmark = pytest.mark.django_db

FORM = {
    "display_name": "Nora Newcomer",
    "username": "nora",
    "email": "",
    "password1": "a long enough secret",
}


def _address(secret: str) -> str:
    return reverse("invitation", args=[secret])


def test_newcomer_signs_up_with_an_invitation_and_is_signed_in(client: Client) -> None:
    _, secret = invitations.create(SYSTEM)
    assert client.get(_address(secret)).status_code == 200
    answer = client.post(_address(secret), FORM)
    assert answer.status_code == 302
    nora = User.objects.get(username="nora")
    assert client.session["_auth_user_id"] == str(nora.pk)
    assert Profile.objects.get(user=nora).display_name == "Nora Newcomer"
    assert not nora.is_staff


def test_newcomer_comes_back_to_the_page_they_wanted(client: Client) -> None:
    _, secret = invitations.create(SYSTEM)
    address = f"{_address(secret)}?next=/claims/"
    page = client.get(address).content.decode()
    assert "/account/login/?next=%2Fclaims%2F" in page
    assert client.post(address, FORM | {"next": "/claims/"})["Location"] == "/claims/"


def test_reader_comes_back_to_the_page_they_wanted(client: Client, alice: User) -> None:
    page = client.get("/account/login/?next=/claims/").content.decode()
    assert "/account/signup/?next=%2Fclaims%2F" in page
    sent = {"login": "alice", "password": "correct horse", "next": "/claims/"}
    assert client.post("/account/login/", sent)["Location"] == "/claims/"


def test_nobody_is_led_away_from_the_site(client: Client, alice: User) -> None:
    sent = {"login": "alice", "password": "correct horse", "next": "https://elsewhere.example/"}
    assert client.post("/account/login/", sent)["Location"] == "/"


def test_invitation_gives_the_role_it_names(client: Client) -> None:
    _, secret = invitations.create(SYSTEM, role="curator")
    client.post(_address(secret), FORM)
    nora = User.objects.get(username="nora")
    assert (nora.is_staff, nora.is_superuser) == (True, False)


def test_opening_an_invitation_writes_nothing(client: Client) -> None:
    _, secret = invitations.create(SYSTEM)
    events = Event.objects.count()
    client.get(_address(secret))
    assert Event.objects.count() == events
    assert Invitation.objects.get().used_at is None


def test_invitation_works_once(client: Client) -> None:
    _, secret = invitations.create(SYSTEM)
    client.post(_address(secret), FORM)
    second = Client()
    answer = second.post(_address(secret), {**FORM, "username": "second"})
    assert answer.status_code == 410
    assert not User.objects.filter(username="second").exists()


def test_of_two_who_use_an_invitation_at_once_one_gets_in(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation, secret = invitations.create(SYSTEM)
    client.post(_address(secret), FORM)
    second = Client()
    # The second found it open just before the first used it.
    monkeypatch.setattr(invitations, "open_invitation", lambda _secret: invitation)
    answer = second.post(_address(secret), {**FORM, "username": "second"})
    assert answer.status_code == 410
    assert second.get("/").status_code == 200
    assert Invitation.objects.get().used_by == User.objects.get(username="nora")
    assert not User.objects.filter(username="second").exists()


@pytest.mark.parametrize("days", [0, -3, 366, 10**12])
def test_an_invitation_is_open_for_a_year_at_most(days: int) -> None:
    with pytest.raises(Invalid):
        invitations.create(SYSTEM, days=days)
    with pytest.raises(CommandError, match="1 to 365 days"):
        call_command("invite", "--days", str(days))
    assert not Invitation.objects.exists()


def test_invitation_ends(client: Client) -> None:
    invitation, secret = invitations.create(SYSTEM)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(_address(secret), FORM).status_code == 410
    assert not User.objects.filter(username="nora").exists()
    assert invitation.used_at is None


def test_secret_of_an_invitation_is_not_stored() -> None:
    _, secret = invitations.create(SYSTEM)
    assert secret not in str(Invitation.objects.values())


def test_only_administrators_invite(alice: User, carol: User) -> None:
    for user in (alice, carol):
        with pytest.raises(NotAllowed):
            invitations.create(viewer_of(user))


def test_stranger_cannot_sign_up_without_an_invitation(client: Client) -> None:
    client.post(reverse("account_signup"), FORM)
    assert not User.objects.filter(username="nora").exists()


def test_command_prints_a_link_that_works(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite", "--role", "curator")
    link = capsys.readouterr().out.strip()
    assert client.get("/" + link.split("/", 3)[3]).status_code == 200


def test_first_sign_in_needs_the_button(client: Client) -> None:
    address = reverse("first_sign_in", args=[first_sign_in.make_token()])
    assert b"<button" in client.get(address).content
    assert "_auth_user_id" not in client.session
    answer = client.post(address)
    assert answer["Location"] == reverse("account_set_password")
    assert "_auth_user_id" in client.session


def test_first_sign_in_link_works_once(client: Client) -> None:
    address = reverse("first_sign_in", args=[first_sign_in.make_token()])
    client.post(address)
    assert Client().post(address).status_code == 410


def test_first_sign_in_ends_when_a_password_is_set(client: Client) -> None:
    address = reverse("first_sign_in", args=[first_sign_in.make_token()])
    admin = User.objects.get(username="admin")
    admin.set_password("a long enough secret")
    admin.save()
    assert client.get(address).status_code == 410
    assert not first_sign_in.is_needed()


def test_wrong_first_sign_in_link_says_so(client: Client) -> None:
    first_sign_in.make_token()
    assert client.post(reverse("first_sign_in", args=["abc-123"])).status_code == 410


def test_sample_reader_cannot_sign_in(client: Client) -> None:
    ensure_sample_account(StarterReader(username="sample-zoe", name="Sample reader Zoe"))
    answer = client.post(reverse("account_login"), {"login": "sample-zoe", "password": "!"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_up_answers_alike_for_known_and_unknown_addresses(
    settings: Settings, alice: User
) -> None:
    settings.SIGNUP = "open"
    alice.emailaddress_set.create(email="alice@example.org", verified=True, primary=True)
    answers = []
    for username, email in (("nora", "alice@example.org"), ("noel", "nobody@example.org")):
        browser = Client()
        sent = {**FORM, "username": username, "email": email}
        answer = browser.post(reverse("account_signup"), sent)
        is_in = "_auth_user_id" in browser.session
        answers.append((answer.status_code, answer["Location"], is_in, len(mail.outbox)))
        mail.outbox.clear()
    assert answers[0] == answers[1] == (302, "/", True, 1)


def test_whoever_names_the_address_of_another_gets_nothing_by_it(
    settings: Settings, client: Client, alice: User
) -> None:
    settings.SIGNUP = "open"
    alice.emailaddress_set.create(email="alice@example.org", verified=True, primary=True)
    Client().post(reverse("account_signup"), {**FORM, "email": "alice@example.org"})
    sent = {"login": "alice@example.org", "password": "correct horse"}
    client.post(reverse("account_login"), sent)
    assert client.session["_auth_user_id"] == str(alice.pk)
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "alice@example.org"})
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert "alice" in str(mail.outbox[0].body)


def test_reset_answers_alike_for_known_and_unknown_addresses(client: Client, alice: User) -> None:
    alice.email = "alice@example.org"
    alice.save()
    address = reverse("account_reset_password")
    known = client.post(address, {"email": "alice@example.org"})
    unknown = client.post(address, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_sixth_failed_sign_in_is_refused_even_with_the_right_password(
    client: Client, alice: User
) -> None:
    address = reverse("account_login")
    for _ in range(5):
        client.post(address, {"login": "alice", "password": "wrong"})
    client.post(address, {"login": "alice", "password": "correct horse"})
    assert "_auth_user_id" not in client.session


def test_signing_out_clears_what_the_browser_kept(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_account_pages_are_never_stored(client: Client) -> None:
    assert client.get(reverse("account_login"))["Cache-Control"] == "no-store"


def test_reset_link_from_the_command_leads_to_a_new_password(
    client: Client, alice: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("reset_link", "alice")
    link = "/" + capsys.readouterr().out.strip().split("/", 3)[3]
    form = client.get(link, follow=True)
    assert form.status_code == 200
    client.post(
        form.request["PATH_INFO"],
        {"password1": "brand new secret", "password2": "brand new secret"},
    )
    alice.refresh_from_db()
    assert alice.check_password("brand new secret")
