"""The reader's own account: the name that others see, the password, and the words around them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Profile
from annotations.services import profiles
from corpus.access import viewer_of
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Event
from corpus.permissions import SYSTEM, Viewer
from corpus.services import first_sign_in, invitations
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
PASSWORD = "a long enough secret"


def _name(user: User) -> str:
    return Profile.objects.get(user=user).display_name


def test_reader_changes_the_name_that_others_see(alice: User, client_of: ClientOf) -> None:
    article = make_article()
    make_highlight(alice, article)
    browser = client_of(alice)
    address = reverse("profile")
    assert 'value="Alice"' in browser.get(address).content.decode()

    answer = browser.post(address, {"display_name": "  Alice  B.\u202e Reader "}, follow=True)

    assert "Others see the new name" in answer.content.decode()
    assert _name(alice) == "Alice B. Reader"
    page = Client().get(reverse("article", args=[article.slug])).content.decode()
    assert "Alice B. Reader" in page


def test_new_name_leaves_one_event_and_the_same_name_none(alice: User) -> None:
    profiles.rename(viewer_of(alice), "Alice B.")
    profiles.rename(viewer_of(alice), " Alice  B. ")

    event = Event.objects.get(verb="profile.renamed")
    assert (event.actor, event.subject_type) == (alice, "annotations.profile")
    assert event.subject_id.int == alice.pk
    assert (event.before, event.after) == ({"display_name": "Alice"}, {"display_name": "Alice B."})


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u3164", "...", "x" * 81])
def test_name_that_shows_nothing_or_too_much_is_refused(
    alice: User, client_of: ClientOf, name: str
) -> None:
    profiles.ensure(alice.pk)

    answer = client_of(alice).post(reverse("profile"), {"display_name": name})

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert _name(alice) == "Alice"
    with pytest.raises(Invalid):
        profiles.rename(viewer_of(alice), name)


def test_nobody_has_no_name_to_change() -> None:
    with pytest.raises(SignInNeeded):
        profiles.rename(Viewer(), "Somebody")


def test_looking_at_ones_profile_writes_nothing(alice: User, client_of: ClientOf) -> None:
    before = Event.objects.count(), Profile.objects.count()

    client_of(alice).get(reverse("profile"))

    assert (Event.objects.count(), Profile.objects.count()) == before


def test_top_bar_shows_who_is_signed_in(alice: User, client_of: ClientOf) -> None:
    profiles.rename(viewer_of(alice), "Alice Reader")

    page = client_of(alice).get("/claims/").content.decode()

    assert "Menu of Alice Reader" in page
    assert ">AR</span>" in page
    assert f'href="{reverse("profile")}"' in page
    assert "Menu of" not in Client().get("/claims/").content.decode()


def test_newcomers_name_cannot_be_turned_round(client: Client) -> None:
    _, secret = invitations.create(SYSTEM)
    sent = {"display_name": "\u202eNora", "username": "nora", "password1": PASSWORD}

    client.post(reverse("invitation", args=[secret]), sent)

    assert Profile.objects.get(user__username="nora").display_name == "Nora"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("reader", "as a reader."),
        ("curator", "as a curator."),
        ("administrator", "as an administrator."),
    ],
)
def test_invitation_says_what_one_becomes(client: Client, role: str, words: str) -> None:
    _, secret = invitations.create(SYSTEM, role=role)

    assert words in client.get(reverse("invitation", args=[secret])).content.decode()


def test_first_sign_in_ends_in_the_library_with_a_password(client: Client) -> None:
    client.post(reverse("first_sign_in", args=[first_sign_in.make_token()]))
    page = client.get(reverse("account_set_password")).content.decode()
    assert "the username admin" in page

    sent = {"password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("account_set_password"), sent)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "The password is kept." in client.get("/").content.decode()
    assert client.login(username="admin", password=PASSWORD)


def test_changed_password_leads_to_the_library(alice: User, client_of: ClientOf) -> None:
    browser = client_of(alice)
    page = browser.get(reverse("account_change_password")).content.decode()
    assert "New password again" in page
    sent = {"oldpassword": "correct horse", "password1": PASSWORD, "password2": PASSWORD}

    answer = browser.post(reverse("account_change_password"), sent)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Client().login(username="alice", password=PASSWORD)


def test_signing_in_greets_by_the_name_that_others_see(alice: User, client: Client) -> None:
    profiles.rename(viewer_of(alice), "Alice Reader")

    sent = {"login": "alice", "password": "correct horse"}
    page = client.post(reverse("account_login"), sent, follow=True).content.decode()

    assert "Signed in as Alice Reader." in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_inactive", "This account is closed"),
        ("account_reset_password_done", "Look into your mail"),
        ("account_reset_password_from_key_done", "The password is changed"),
        ("account_email_verification_sent", "Look into your mail"),
    ],
)
def test_pages_of_accounts_speak_as_the_site_does(client: Client, name: str, words: str) -> None:
    assert f"<h1>{words}</h1>" in client.get(reverse(name)).content.decode()


def test_spent_reset_link_says_so(client: Client) -> None:
    address = reverse("account_reset_password_from_key", args=["1", "spent"])

    assert "<h1>This link no longer works</h1>" in client.get(address).content.decode()


def test_address_for_mail_is_added_made_first_and_removed(alice: User, client_of: ClientOf) -> None:
    browser, address = client_of(alice), reverse("account_email")
    for email in ("first@example.org", "second@example.org"):
        browser.post(address, {"action_add": "", "email": email})
        alice.emailaddress_set.filter(email=email).update(verified=True)
    page = browser.get(address).content.decode()
    assert "second@example.org" in page

    browser.post(address, {"action_primary": "", "email": "second@example.org"})
    browser.post(address, {"action_remove": "", "email": "first@example.org"})

    assert [row.email for row in alice.emailaddress_set.all()] == ["second@example.org"]
    assert alice.emailaddress_set.get().primary
