"""What the accounts say: mails, messages and refusals in the words of the site."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_address(alice: User) -> User:
    alice.emailaddress_set.create(email="alice@example.org", verified=True, primary=True)
    return alice


def the_mail() -> tuple[str, str]:
    """Return the subject and the words of the one mail that was sent."""
    (message,) = mail.outbox
    assert not re.search(r"\n{3}|&#|\{| email|Email", str(message.body))
    return str(message.subject), str(message.body)


def ask_for_reset(client: Client, email: str) -> None:
    client.post(reverse("account_reset_password"), {"email": email})


def test_reset_mail_names_the_account_the_link_and_how_long_it_works(
    client: Client, with_address: User
) -> None:
    ask_for_reset(client, "alice@example.org")
    subject, body = the_mail()
    assert subject == "Postil: choose a new password"
    assert body.startswith("Somebody, probably you, asked for a new password for the account alice")
    link = re.search(r"^http://testserver(/account/password/reset/key/\S+)$", body, re.MULTILINE)
    assert link is not None
    assert client.get(link[1], follow=True).status_code == 200
    assert "three days" in body
    assert timedelta(seconds=site.PASSWORD_RESET_TIMEOUT).days == 3
    assert "If this was not you" in body
    assert body.rstrip().endswith("http://testserver/")


def test_mail_to_an_address_without_account_says_what_to_do(client: Client) -> None:
    ask_for_reset(client, "nobody@example.org")
    subject, body = the_mail()
    assert subject == "Postil: no account has this e-mail address"
    assert "ask the administrator" in body


def test_new_address_is_confirmed_by_the_link_in_the_mail(client: Client, alice: User) -> None:
    client.force_login(alice)
    address = reverse("account_email")
    sent = {"email": "alice@example.net", "action_add": ""}
    page = client.post(address, sent, follow=True).content.decode()
    assert "A link is on its way to alice@example.net." in page
    assert "not confirmed yet" in page
    subject, body = the_mail()
    assert subject == "Postil: confirm your e-mail address"
    link = re.search(r"^http://testserver(/account/confirm-email/\S+)$", body, re.MULTILINE)
    assert link is not None
    page = client.post(link[1], follow=True).content.decode()
    assert "alice@example.net is confirmed." in page


def test_signing_up_with_a_known_address_is_told_by_mail(
    settings: Settings, client: Client, with_address: User
) -> None:
    settings.SIGNUP = "open"
    form = {"display_name": "Nora", "username": "nora", "password1": "a long enough secret"}
    client.post(
        reverse("account_signup"), {**form, "email": with_address.emailaddress_set.get().email}
    )
    subject, body = the_mail()
    assert subject.startswith("Postil: ")
    assert "Somebody, probably you" in body


def test_refused_sign_in_says_what_does_not_fit(client: Client, alice: User) -> None:
    wrong = {"login": "alice", "password": "wrong"}
    page = client.post(reverse("account_login"), wrong).content.decode()
    assert "This username and this password do not belong together." in page
    for _ in range(5):
        page = client.post(reverse("account_login"), wrong).content.decode()
    assert "Too many tries failed." in page


def test_fields_say_their_name_once(client: Client) -> None:
    for name in ("account_login", "account_reset_password"):
        form = client.get(reverse(name)).content.decode().partition("<main")[2]
        assert "placeholder" not in form
        assert "e-mail address" in form.lower()


def test_too_many_requests_get_a_page_of_the_site(client: Client) -> None:
    for _ in range(30):
        answer = client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
