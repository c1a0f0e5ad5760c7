"""Choosing what one is told of, and stopping mails by their link."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from annotations.models import Notification
from annotations.queries.notification_choices import USUAL, Choice, choices_of, zone_name_of
from annotations.services import inbox
from annotations.services.mailing import gather, send_waiting
from annotations.stop_links import token_for
from corpus.access import viewer_of
from corpus.models import Event
from tests.annotations.notifications.telling import kinds_of, prove, tell_readers, told
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]
SETTINGS = "/account/notifications/"


@pytest.fixture(autouse=True)
def begun(db: None, noise: None) -> None:
    """Let the worker have begun before anything happens."""
    tell_readers()


def fields(**changed: str) -> dict[str, str]:
    """Return what the form of the settings sends, as it is at first but for what `changed`."""
    sent = {f"mail-{kind}": str(choice.rhythm) for kind, choice in USUAL.items()}
    sent |= {f"inbox-{kind}": "on" for kind in USUAL} | {"zone": ""}
    return {name: value for name, value in (sent | changed).items() if value != "off"}


def test_what_is_chosen_is_kept_and_the_same_again_leaves_no_event(
    alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    sent = fields(**{"inbox-reply": "off", "mail-reply": "weekly", "zone": "Europe/Berlin"})
    for _twice in range(2):
        assert client.post(SETTINGS, sent).status_code == 303

    assert choices_of(alice.pk) == {**USUAL, "reply": Choice(False, "weekly")}
    assert zone_name_of(alice.pk) == "Europe/Berlin"
    assert Event.objects.filter(verb="notifications.chosen").count() == 1
    page = client.get(SETTINGS).content.decode()
    assert '<option value="Europe/Berlin" selected>' in page
    assert not re.search(r'name="inbox-reply"[^>]*checked', page)


def test_what_does_not_exist_is_refused(alice: User, client_of: ClientOf) -> None:
    wrong = ({"zone": "Mars/Olympus"}, {"mail-reply": "hourly"})
    answers = [client_of(alice).post(SETTINGS, fields(**one)).status_code for one in wrong]

    assert answers == [422, 422]
    assert choices_of(alice.pk) == USUAL


def test_what_is_wanted_nowhere_is_not_kept_and_what_only_mails_is_not_in_the_inbox(
    alice: User, bob: User
) -> None:
    viewer = viewer_of(alice)
    highlight = make_highlight(alice, make_article())
    inbox.choose(viewer, {"reply": Choice(False, "none")})
    make_reply(bob, highlight)
    tell_readers()
    assert told(alice) == []

    inbox.choose(viewer, {"reply": Choice(False, "daily")})
    make_reply(bob, highlight)
    tell_readers()
    assert kinds_of(alice) == ["reply"]
    assert not told(alice)[0].is_in_inbox


def test_the_link_of_a_mail_stops_its_kinds_without_signing_in_and_twice_is_harmless(
    alice: User, bob: User
) -> None:
    prove(alice)
    highlight = make_highlight(alice, make_article(), note="Mine.")
    make_reply(bob, highlight)
    tell_readers()
    due = Notification.objects.get(reader=alice).mail_due_at
    assert due is not None
    gather(due)
    send_waiting(due)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    client = Client(enforce_csrf_checks=True)

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    shown = client.get(address).content.decode()
    assert choices_of(alice.pk) == USUAL
    assert "alice" not in shown.casefold()
    for _twice in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "alice" not in answer.content.decode().casefold()
    assert choices_of(alice.pk) == {**USUAL, "reply": Choice(True, "none")}
    assert Event.objects.filter(verb="notifications.mails_stopped").count() == 1


def test_a_forged_link_is_none_and_that_of_a_closed_account_says_the_same(
    alice: User, client_of: ClientOf
) -> None:
    client = client_of(None)
    token = token_for(alice.pk, ["reply"])

    assert client.post(f"/notifications/stop/{token}x/").status_code == 404
    other = token_for(987_654, ["reply"])
    gone, known = (client.post(f"/notifications/stop/{one}/") for one in (other, token))
    assert gone.status_code == known.status_code == 200
    mains = [
        one.content.decode().partition("<main")[2].partition("</main>") for one in (gone, known)
    ]
    assert mains[0][:2] == mains[1][:2]
    assert "No more of these mails" in mains[0][0]


def test_who_never_wrote_can_stop_mails_too(dave: User) -> None:
    inbox.stop_mails(dave.pk, ["request", "no such kind"])

    assert choices_of(dave.pk) == {**USUAL, "request": Choice(True, "none")}
